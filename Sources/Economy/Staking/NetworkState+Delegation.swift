import Kernel

/// Holders bond tokens, earn on them, lose some, and take them back.
extension NetworkState {
  /// Tokens that exist, unvested ones among them [base units].
  var supplyUnits: Int64 {
    -ledger.balance(.token, of: .world) - ledger.balance(.token, of: .burned)
  }

  /// Tokens bonded by delegators and by operators as collateral; not those on their way back
  /// [tokens].
  var bondedTokens: Double {
    var units = delegation.bonded
    if trust.stakeAsset == .token { units += trust.staked.reduce(0, +) }
    return Double(units) / tokenScale
  }

  /// The share of the supply that is bonded [1].
  var bondedShare: Double {
    let supply = supplyUnits
    return supply > 0 ? bondedTokens * tokenScale / Double(supply) : 0
  }

  /// What is bonded when staking begins, as far as holders have it.
  mutating func openDelegation() {
    guard delegation.isOn else { return }
    if let terms = settings.token?.staking {
      bondByHolders(Int64((Double(supplyUnits) * terms.openingShare).rounded(.down)))
    }
    startDelegationEpoch()
  }

  /// At a settlement: returns what is due, learns the yield, and moves what is bonded.
  mutating func settleDelegation(_ now: SimTime) {
    let days = settings.epoch.inDays
    closeDelegationEpoch(days)
    returnUnbonded(now)
    if let terms = settings.token?.staking {
      learnYield(terms, days)
      let supply = Double(supplyUnits)
      let gap =
        terms.target(realYield: delegation.expectedYield) * supply - Double(delegation.bonded)
      let move = Int64((-Elementary.expm1(-terms.speed * days) * gap).rounded(.towardZero))
      if move > 0 { bondByHolders(move) } else { unbondDelegated(-move, terms.unbonding, now) }
    } else {
      // An amendment took it away: everybody gets back what is bonded.
      unbondDelegated(delegation.bonded, .zero, now)
      returnUnbonded(now)
    }
    startDelegationEpoch()
  }

  /// Hands out what those who stake have earned: the tax, the commission, and the rest to delegators.
  ///
  /// - Parameters:
  ///   - source: `world` for tokens that are issued.
  ///   - dollars: what bought the tokens; nil for tokens that are issued.
  mutating func rewardStakers(
    _ asset: Asset, _ amount: Int64, from source: Account, _ reason: Reason,
    boughtFor dollars: Double? = nil
  ) {
    if amount == 0 { return }
    guard let terms = settings.token?.staking, delegation.bonded > 0 else {
      let tokens = asset == .token ? Double(amount) / tokenScale : tokensWorth(amount)
      offerToNobody(tokens)
      return ledger.pass(asset, amount, from: source, to: .treasury, reason)
    }
    let rest = 1 - terms.tax
    let net = rest * (1 - terms.commission)
    let compounded = asset == .token ? terms.compounded : 0
    let parts = Split.largestRemainder(
      of: amount,
      by: [
        terms.tax, rest * terms.commission, net * compounded, net * (1 - compounded),
      ])
    ledger.pass(asset, parts[0], from: source, to: .treasury, reason)
    payCommission(asset, parts[1], terms, from: source, reason, boughtFor: dollars)
    ledger.pass(asset, parts[2], from: source, to: .delegators, reason)
    ledger.pass(asset, parts[3], from: source, to: .holders, reason)
    if asset == .token {
      delegation.bonded += parts[2]
      sellOfHolders(Int64((Double(parts[3]) * terms.rewardsSold).rounded(.down)))
      noteReward(Double(parts[2] + parts[3]) / tokenScale)
    } else {
      noteReward(tokensWorth(parts[3]))
    }
  }

  /// Notes what delegators would have received, were there any: those to come see it.
  mutating func offerToNobody(_ tokens: Double) {
    guard let terms = settings.token?.staking else { return }
    delegation.rewards += tokens * (1 - terms.tax) * (1 - terms.commission)
  }

  /// What delegators behind an operator lose beside a slash of its own stake.
  ///
  /// Delegations stand behind all registered nodes alike.
  mutating func slashDelegators(
    behind slot: Int, share: Double, to destination: Collateral.Destination, kind: Int?
  ) {
    guard let terms = settings.token?.staking, delegation.bonded > 0, activeNodes > 0 else {
      return
    }
    let behind =
      Double(delegation.bonded) * Double(registeredNodes(of: slot)) / Double(activeNodes)
    let lost = Int64((behind * min(share, 1) * terms.slashedBeside).rounded(.down))
    let amount = min(lost, delegation.bonded)
    if amount == 0 { return }
    let dollars = Double(amount) / tokenScale * token.oraclePrice
    delegation.bonded -= amount
    switch destination {
    case .burn:
      ledger.burn(.token, amount, from: .delegators)
      delegation.burned += amount
      interval.burned += Double(amount) / tokenScale
      epochBurned += Double(amount) / tokenScale
    case .treasury:
      ledger.settle(.token, amount, from: .delegators, to: .treasury, .slash)
    case .user:
      ledger.settle(.token, amount, from: .delegators, to: .users, .slash)
      if let kind {
        users[kind].totals.usefulCost -= dollars
        if !isCut(.capacityToCost) { users[kind].paid -= dollars }
      }
    }
    delegation.rewards -= Double(amount) / tokenScale
    interval.delegation.slashed += Double(amount) / tokenScale
    interval.delegation.slashedUSD += dollars
  }

  /// Bonds tokens of holders; under a given price the exchange has what holders would have.
  mutating func bondByHolders(_ wanted: Int64) {
    var left = wanted
    for holder in [Account.holders, .exchange] {
      let amount = min(left, ledger.balance(.token, of: holder))
      if amount <= 0 { continue }
      ledger.settle(.token, amount, from: holder, to: .delegators, .stake)
      delegation.bonded += amount
      left -= amount
    }
  }

  /// Sends bonded tokens on their way back.
  mutating func unbondDelegated(_ wanted: Int64, _ time: SimDuration, _ now: SimTime) {
    let amount = min(wanted, delegation.bonded)
    if amount <= 0 { return }
    delegation.bonded -= amount
    delegation.unbonding.append(DelegationState.Unbonding(amount: amount, due: now + time))
  }

  /// Gives back what is due; some of it is sold.
  mutating func returnUnbonded(_ now: SimTime) {
    var amount: Int64 = 0
    for entry in delegation.unbonding where entry.due <= now { amount += entry.amount }
    if amount == 0 { return }
    delegation.unbonding.removeAll { $0.due <= now }
    ledger.settle(.token, amount, from: .delegators, to: .holders, .unstake)
    let sold = settings.token?.staking?.unbondedSold ?? 0
    sellOfHolders(Int64((Double(amount) * sold).rounded(.down)))
  }

  /// Puts states at the end into the totals of the interval.
  mutating func closeDelegation() {
    interval.delegation.bonded = Double(delegation.bonded) / tokenScale
    let unbonding = delegation.unbonding.reduce(0) { $0 + $1.amount }
    interval.delegation.unbonding = Double(unbonding) / tokenScale
    interval.delegation.supply = Double(supplyUnits) / tokenScale
  }

  /// Where the account of delegators and what happened to it disagree, in a sentence.
  func unruledDelegation() -> String? {
    guard delegation.isOn, settings.token != nil else { return nil }
    let held = ledger.balance(.token, of: .delegators)
    let due = delegation.unbonding.reduce(delegation.bonded) { $0 + $1.amount }
    return held == due
      ? nil
      : "delegators hold \(ledger.text(held, .token)), what they bonded and is due to them is "
        + ledger.text(due, .token)
  }
}

extension NetworkState {
  /// The commission, to the treasury or to operators by their nodes.
  private mutating func payCommission(
    _ asset: Asset, _ amount: Int64, _ terms: StakingTerms, from source: Account, _ reason: Reason,
    boughtFor dollars: Double?
  ) {
    if amount == 0 { return }
    let weights = RewardWeight.registered.weigh(self)
    guard terms.commissionTo == .operators, weights.contains(where: { $0 > 0 }) else {
      return ledger.pass(asset, amount, from: source, to: .treasury, reason)
    }
    var shares = [Int64](repeating: 0, count: operators.count)
    Split.largestRemainder(of: amount, by: weights, into: &shares)
    ledger.pass(asset, shares, from: source, toOperators: reason)
    for slot in shares.indices where shares[slot] > 0 {
      if asset == .dollars {
        credit(slot, dollars: Double(shares[slot]) / 1e6)
        interval.providerRealised += Double(shares[slot]) / 1e6
        continue
      }
      let spent = dollars.map { $0 * Double(shares[slot]) / Double(amount) }
      receive(slot, tokens: shares[slot], boughtFor: spent)
      if dollars == nil {
        interval.emissionToOperators += Double(shares[slot]) / tokenScale * token.oraclePrice
      }
    }
  }

  /// What micro-dollars come to at the oracle [tokens].
  private func tokensWorth(_ dollars: Int64) -> Double {
    token.oraclePrice > 0 ? Double(dollars) / 1e6 / token.oraclePrice : 0
  }

  private mutating func noteReward(_ tokens: Double) {
    delegation.rewards += tokens
    interval.delegation.rewards += tokens
    interval.delegation.rewardsUSD += tokens * token.oraclePrice
  }

  private mutating func startDelegationEpoch() {
    delegation.rewards = 0
    delegation.bondedBefore = delegation.bonded
    delegation.supplyBefore = supplyUnits
  }

  /// Adds the epoch to what yields are measured over.
  private mutating func closeDelegationEpoch(_ days: Double) {
    interval.delegation.bondedDays += Double(delegation.bondedBefore) / tokenScale * days
    interval.delegation.supplyDays += Double(delegation.supplyBefore) / tokenScale * days
    interval.delegation.netIssued += Double(supplyUnits - delegation.supplyBefore) / tokenScale
  }

  /// Takes the epoch's yield and issue into the means that are expected.
  private mutating func learnYield(_ terms: StakingTerms, _ days: Double) {
    let weight = Expectation.average(days: terms.memoryDays).weight(
      days: days, seen: delegation.seenDays)
    let perYear = Span.daysPerYear / days
    let before = Double(delegation.supplyBefore)
    let issue = before > 0 ? (Double(supplyUnits) - before) / before * perYear : 0
    delegation.netIssue += weight * (issue - delegation.netIssue)
    // With next to nothing bonded: what a thousandth of the supply would earn.
    let bonded = max(Double(delegation.bondedBefore), before / 1000) / tokenScale
    let yield = bonded > 0 ? delegation.rewards / bonded * perYear : 0
    delegation.nominalYield += weight * (yield - delegation.nominalYield)
    delegation.seenDays += days
  }
}
