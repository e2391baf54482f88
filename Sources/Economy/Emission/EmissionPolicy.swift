import Configuration

/// How many tokens an epoch brings, decided once an epoch from what the network shows.
protocol EmissionPolicy: Sendable {
  /// Tokens to issue for the epoch that ends [tokens].
  ///
  /// - Parameter memory: what this policy left there after the epoch before.
  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double

  /// Its kind and the kinds of the policies inside it, all of which share one memory.
  var kinds: [ObjectIdentifier] { get }

  /// What it goes by, without which it never moves.
  var need: EmissionNeed? { get }

  /// Key of what it begins with, which says nothing to one that is under way.
  var openingKey: String? { get }

  /// Whether it can go on from another of its kind with what that left in memory.
  func continues(_ before: any EmissionPolicy) -> Bool

  /// Whether the amounts are known before the run: they depend on the epoch and its day alone.
  var isSchedule: Bool { get }
}

/// What a policy goes by, beside time.
enum EmissionNeed: Sendable {
  case burns, stake
}

extension EmissionPolicy {
  var kinds: [ObjectIdentifier] { [ObjectIdentifier(Self.self)] }
  var need: EmissionNeed? { nil }
  var openingKey: String? { nil }
  func continues(_ before: any EmissionPolicy) -> Bool { true }
  var isSchedule: Bool { false }
}

enum EmissionPolicies {
  static let all: [Choice<any EmissionPolicy>] = [
    FixedEmission.choice, TableEmission.choice, ExponentialEmission.choice, HalvingEmission.choice,
    LinearEmission.choice, TaperEmission.choice, IssuanceHalvingEmission.choice,
    BondedRatioEmission.choice, StakeFeedbackEmission.choice, CapacityCappedEmission.choice,
    TargetUSDEmission.choice, BurnLinkedEmission.choice, NetEmission.choice,
    MinimumEmission.choice, TailEmission.choice,
  ]
}
