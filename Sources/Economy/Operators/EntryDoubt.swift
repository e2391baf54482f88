import Kernel

/// A type of operator whose candidates cannot be brought in by what the scenario pays, as far as
/// arithmetic before the run can tell.
public struct EntryDoubt: Sendable {
  public let type: String
  /// Running cost of a node at full use, and capital cost, of the cheapest candidate
  /// [USD/node-day].
  public let running: Double
  public let capital: Double
  /// What expected pay must be, in multiples of the two [1].
  public let multiple: Double
  /// Highest asked price [USD/GPU-h], and the share of it that operators receive, in dollars or in
  /// tokens issued for it [1].
  public let price: Double
  public let share: Double
  /// Largest emission of an epoch at the opening price, for a node among those of day 0, all of them
  /// as busy [USD/node-day].
  public let emission: Double
  /// Pay that is promised to a node that is online all day [USD/node-day].
  public let promised: Double

  /// Pay at which a candidate enters [USD/node-day].
  public var asked: Double { multiple * (running + capital) }
  /// Pay of a node that is busy all day [USD/node-day].
  public var paid: Double { Span.hoursPerDay * price * share + emission + promised }
}

extension EconomySettings {
  /// The types whose candidates ask for more than full use and emission can bring.
  ///
  /// Tariffs count with their mean, costs three deviations below it, machines that are owned already
  /// with their lowest resale value, the token with its opening price, and nodes as they are on day 0.
  public var entryDoubts: [EntryDoubt] {
    guard !cut.contains(.payToEntry) else { return [] }
    let emission = openingEmission
    return operators.types.enumerated().compactMap { index, type in
      guard let rule = type.decisions, type.roster.candidates > type.roster.activeAtStart else {
        return nil
      }
      // What a subnet's own token brings is not known before the run.
      if let subnets, subnets.subnetOfType[index] != nil { return nil }
      let hardware = hardware[type.hardware]
      let energy = hardware.busyWatts * Span.hoursPerDay / 1000
      let cheapest = Elementary.exp(-3 * type.costs.spread)
      let worth = type.costs.ownedShare > 0 ? hardware.residuals.min() ?? 1 : 1
      let yearly = rule.hurdle + rule.depreciation
      let doubt = EntryDoubt(
        type: type.name,
        running: (energy * type.meanTariff(regions) + type.costs.operating) * cheapest,
        capital: hardware.price * worth * yearly / Span.daysPerYear, multiple: rule.entryMultiple,
        price: hardware.hourlyPrice * pricing.highest,
        share: payment.provider + payment.rewardShare,
        emission: emission.perNode + emission.perPrice * hardware.hourlyPrice,
        promised: (payment.demandDriven?.targets[type.hardware] ?? 0) * Span.hoursPerDay)
      return doubt.asked > doubt.paid ? doubt : nil
    }
  }

  /// The largest emission of the first thousand epochs, at the opening price: what any node of day 0
  /// gets of it [USD/node-day], and what it gets for each dollar of its hourly price, since what is
  /// shared out by work follows the price [GPU-h/node-day].
  private var openingEmission: (perNode: Double, perPrice: Double) {
    guard let token else { return (0, 0) }
    var nodes = 0.0
    var prices = 0.0
    for type in operators.types {
      let fleet = min(max(type.nodesPerOperator.mean, 1), Double(type.roster.largestFleet))
      let there = Double(type.roster.activeAtStart) * fleet
      nodes += there
      prices += there * hardware[type.hardware].hourlyPrice
    }
    var (alike, byWork) = (0.0, 0.0)
    for stream in token.streams {
      guard let rewards = stream.rewards else { continue }
      let tokens = largestEmission(of: stream, token, nodes: nodes)
      let dollars = tokens * stream.scale * token.market.openingPrice / epoch.inDays
      let work = rewards.part(.work)
      // What rank and subnets bring a node nobody knows before: at most all of it.
      let others = rewards.operatorsPart - work
      alike += dollars * (others + (prices > 0 ? 0 : work))
      byWork += prices > 0 ? dollars * work / prices : 0
    }
    return (alike / max(nodes, 1), byWork)
  }

  /// Tokens of the largest of a stream's first thousand epochs, in the network of day 0.
  private func largestEmission(
    of stream: EmissionStream, _ token: TokenSettings, nodes: Double
  ) -> Double {
    guard let policy = stream.policy else { return 0 }
    let count = Int(min(nodes, 1e15))
    var memory = EmissionMemory()
    var snapshot = NetworkSnapshot(
      epochDays: epoch.inDays, activeNodes: count,
      onlineHours: Double(count) * epoch.inHours, price: token.market.openingPrice,
      issued: token.circulating, supply: token.circulating, circulating: token.circulating)
    return
      (0..<1000).map { number in
        snapshot.epoch = number
        snapshot.day = Double(number + 1) * epoch.inDays
        return policy.emission(snapshot, &memory)
      }.max() ?? 0
  }
}
