public import Configuration
import Kernel

/// What is bonded and locked must be there, and come back in time: arithmetic before the run.
extension EconomySettings {
  /// A time to wait for what is unbonded, by the path of its key.
  public struct UnbondingTime: Sendable {
    public let steps: [FieldPath.Step]
    public let days: Double
  }

  /// How long what is unbonded takes to come back, where anything is bonded.
  public var unbondingTimes: [UnbondingTime] {
    var times: [UnbondingTime] = []
    func add(_ names: [String], _ time: SimDuration?) {
      guard let time else { return }
      times.append(UnbondingTime(steps: names.map(FieldPath.Step.key), days: time.inDays))
    }
    add(["staking", "collateral", "unbondingDays"], collateral?.unbonding)
    add(["token", "staking", "unbondingDays"], token?.staking?.unbonding)
    return times
  }

  /// Refuses more bonded tokens at day 0 than holders have, and doubts slashes above the stake.
  func checkLocks(_ fields: inout FieldReader) {
    if let collateral { checkSlash(collateral, &fields) }
    guard let token else { return }
    var claims: [(tokens: Double, words: String)] = []
    if let delegated = token.staking.map({ $0.openingShare * token.genesis }), delegated > 0 {
      claims.append((delegated, "\(numberText(delegated)) of delegators"))
    }
    if let pools = subnets?.openingTokens, pools > 0 {
      claims.append((pools, "\(numberText(pools)) in subnets"))
    }
    let bonds = collateral.map { $0.asset == .token } ?? false
    if bonds, let collateral { claims.append(leastBonded(collateral, token)) }
    let sum = claims.reduce(0) { $0 + $1.tokens }
    // Delegators and subnets alone are looked at where they are read.
    guard bonds || claims.count > 1, sum > token.heldAtStart else { return }
    let held = numberText(token.heldAtStart)
    fields.refuse(
      "staking", expected: "at most \(held) tokens bonded at day 0, which holders have",
      found: claims.map(\.words).joined(separator: " + ") + " = \(numberText(sum))",
      help: "raise token.circulating, or lower what is bonded")
  }

  /// The collateral of day 0 with one node for each operator, or as many as all of them have.
  private func leastBonded(
    _ collateral: Collateral, _ token: TokenSettings
  ) -> (tokens: Double, words: String) {
    var tokens = 0.0
    var words: [String] = []
    var capacity = 0.0
    let fleets = operators.types.map { type in
      if case .fixed(let law) = type.nodesPerOperator {
        return Double(type.roster.activeAtStart) * max(law.mean.rounded(), 1)
      }
      return Double(type.roster.activeAtStart)
    }
    for (type, fleet) in zip(operators.types, fleets) {
      capacity += fleet * collateral.multiplier(of: type.hardware)
    }
    for (type, fleet) in zip(operators.types, fleets) where fleet > 0 {
      let multiplier = collateral.multiplier(of: type.hardware)
      let node: Double
      switch collateral.form {
      case .dollars: node = 0
      case .tokens(let amount): node = amount * multiplier
      case .worth(let dollars): node = dollars * multiplier / token.market.openingPrice
      case .pledge(let pledge):
        node = pledge.tokens(
          reward: 0, circulating: token.circulating, scale: 1, multiplier: multiplier,
          network: capacity, day: 0)
      }
      tokens += fleet * node
      words.append("\(numberText(fleet)) nodes of \(type.name) x \(numberText(node))")
    }
    return (tokens, words.joined(separator: " + "))
  }

  /// A slash takes all of a stake at most: more is not what was meant.
  private func checkSlash(_ collateral: Collateral, _ fields: inout FieldReader) {
    guard collateral.timesPrice > 0 else { return }
    let price = demand.classes.compactMap { jobs in
      jobs.hardware.map { hardware[$0].hourlyPrice * jobs.size.mean }.min()
    }.min()
    let stake = operators.types.compactMap { type in
      collateral.perNode(of: type.hardware, tokenPrice: token?.market.openingPrice ?? 0)
    }.min()
    guard let price, let worth = stake else { return }
    let slash = collateral.timesPrice * price + collateral.shareOfStake * worth
    if slash <= worth || worth == 0 { return }
    fields.warn(
      "staking", expected: "a slash within the stake of a node, \(numberText(worth)) USD",
      found: "\(numberText(collateral.timesPrice)) prices of the mean job x \(numberText(price)) + "
        + "\(numberText(collateral.shareOfStake)) x \(numberText(worth)) = \(numberText(slash)) USD",
      help: "all of the stake is lost and no more: raise the stake, or lower slashTimesPrice")
  }
}

extension Collateral {
  /// What a node has to have at day 0; nil where that depends on the network [USD].
  fileprivate func perNode(of hardware: Int, tokenPrice: Double) -> Double? {
    switch form {
    case .dollars(let amount), .worth(let amount): amount * multiplier(of: hardware)
    case .tokens(let amount): amount * multiplier(of: hardware) * tokenPrice
    case .pledge: nil
    }
  }
}

extension TokenSettings {
  /// All tokens that exist at day 0 [tokens].
  var genesis: Double { circulating + treasury + vesting.reduce(0) { $0 + $1.tokens } }

  /// What is left for holders when the pool and those who trade have theirs [tokens].
  var heldAtStart: Double { max(0, circulating * (1 - market.tradersShare)) }

  /// Refuses a share bonded at day 0 above what holders have.
  func checkOpeningStake(_ fields: inout FieldReader) {
    guard let staking else { return }
    let wanted = staking.openingShare * genesis
    if wanted <= heldAtStart { return }
    let traders = circulating - heldAtStart
    fields.refuse(
      "staking",
      expected: "at most \(numberText(heldAtStart)) tokens bonded at day 0: circulating "
        + "\(numberText(circulating)) - \(numberText(traders)) of the pool and of traders",
      found: "\(numberText(staking.openingShare)) x \(numberText(genesis)) = \(numberText(wanted))",
      help:
        "lower openingShare to \(numberText((heldAtStart / genesis * 1000).rounded(.down) / 1000))")
  }
}

extension MarketSettings {
  /// Tokens of the pool and of those who trade at the start ÷ circulating tokens, at most 1.
  var tradersShare: Double { min(1, endowments.reduce(0) { $0 + $1.tokenShare }) }
}
