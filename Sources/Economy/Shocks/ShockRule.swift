import Kernel

/// What a shock on a target is told, and what it does.
struct ShockRule: Sendable {
  /// What the size of a shock is, which its intensity scales.
  enum Size: Sendable {
    case factor
    /// A share of something.
    case share(of: String)
    /// It has none: intensity scales how long it lasts.
    case duration
  }

  /// Where it can be told to strike.
  enum Place: Sendable, Equatable {
    case everywhere
    /// A region, or everywhere where none is named.
    case region
    /// A region that has to be named.
    case oneRegion
    /// A class of unvested tokens, or all of them.
    case vestingClass
    /// A class of hardware, or all of them.
    case hardwareClass
  }

  /// A shock that begins or ends.
  struct Turn {
    let shock: Shock
    /// Its place in the scenario's list.
    let index: Int
    let begins: Bool
    /// Product of the factors of all shocks on the target that are on now.
    let factor: Double
    let now: SimTime
  }

  let size: Size
  var place = Place.everywhere
  /// Whether nothing of it stays, unless it is given an end.
  var isOverAtOnce = false
  let act: @Sendable (inout NetworkState, Turn, inout EventQueue<NetworkEvent>) -> Void
}

extension Shock.Target {
  /// What a shock on it is told, and what it does.
  var rule: ShockRule {
    switch self {
    case .demand: .demand
    case .electricity: .electricity
    case .cloudPrice: .cloudPrice
    case .cloudShortage: .cloudShortage
    case .price: .price
    case .sale: .sale
    case .liquidity: .liquidity
    case .outage: .outage
    case .fraud: .fraud
    case .unlock: .unlock
    case .insiderExit: .insiderExit
    case .closedToProviders: .closedToProviders
    case .closedToUsers: .closedToUsers
    case .oracleOutage: .oracleOutage
    case .rivalPay: .rivalPay
    case .hardwareGeneration: .hardwareGeneration
    }
  }
}
