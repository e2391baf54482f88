import Kernel

/// What operators agree to when they post collateral, and what they owe for it later.
extension NetworkState {
  /// What a node of a type has to have by the rule and the price of today [dollars or tokens].
  func bond(of type: Int, _ now: SimTime) -> Double {
    bond(of: type, now, network: capacity, circulating: circulatingOrNone)
  }

  private func bond(
    of type: Int, _ now: SimTime, network: Double,
    circulating: Double
  ) -> Double {
    guard let terms = settings.collateral else { return 0 }
    let multiplier = terms.multiplier(of: settings.operators.types[type].hardware)
    switch terms.form {
    case .dollars(let amount), .tokens(let amount): return amount * multiplier
    case .worth(let dollars):
      let price = token.oraclePrice
      return price > 0 ? min(dollars * multiplier / price, 1e13) : 1e13
    case .pledge(let pledge):
      return pledge.tokens(
        reward: trust.minedPerNodeDay * multiplier, circulating: circulating,
        scale: tokenScale, multiplier: multiplier, network: network, day: now.inDays)
    }
  }

  /// What a node of an operator has to have: as agreed where that is fixed [dollars or tokens].
  func bondAgreed(_ slot: Int) -> Double {
    guard let terms = settings.collateral else { return 0 }
    let post = trust.posts[slot]
    if terms.isFixedWhenPosted, !post.perNode.isNaN { return post.perNode }
    return bond(of: Int(operators.type[slot]), .zero)
  }

  /// Fixes what an operator posts, and burns day by day.
  mutating func agree(_ slot: Int, _ now: SimTime) {
    agree(slot, now, network: capacity, circulating: circulatingOrNone)
  }

  /// Fixes what all operators of day 0 post: all find the network of day 0, whatever their order.
  mutating func agreeAtOpening() {
    guard let terms = settings.collateral else { return }
    var network = 0.0
    for slot in 0..<operators.count where operators.state[slot] == .active {
      network += Double(registeredNodes(of: slot)) * multiplier(of: slot, terms)
    }
    let circulating = circulatingOrNone
    for slot in 0..<operators.count where operators.state[slot] == .active {
      agree(slot, .zero, network: network, circulating: circulating)
    }
  }

  private mutating func agree(
    _ slot: Int, _ now: SimTime, network: Double,
    circulating: Double
  ) {
    guard let terms = settings.collateral else { return }
    let type = Int(operators.type[slot])
    trust.posts[slot] = TrustState.Post(
      perNode: bond(of: type, now, network: network, circulating: circulating), at: now,
      fee: terms.dailyFee.map { fee(of: slot, $0, terms, circulating: circulating) } ?? 0,
      isProvisional: trust.minedDays == 0)
  }

  private func fee(
    of slot: Int, _ fee: DailyFee, _ terms: Collateral, circulating: Double
  ) -> Double {
    let multiplier = multiplier(of: slot, terms)
    return fee.tokens(
      circulating: circulating, multiplier: multiplier,
      reward: trust.minedPerNodeDay * multiplier)
  }

  /// At a settlement: learns what nodes earn, and brings up to date what may still change.
  mutating func settlePosts(_ now: SimTime) {
    guard let terms = settings.collateral else { return }
    learnReward()
    let slots = (0..<operators.count).filter {
      operators.state[$0] == .active || operators.state[$0] == .arriving
    }
    for slot in slots {
      let post = trust.posts[slot]
      if post.perNode.isNaN {
        agree(slot, now)
      } else if terms.isRevalued {
        agree(slot, now)
        trust.posts[slot].at = post.at
        releaseExcess(slot, terms, now)
      } else if post.isProvisional {
        complete(slot, terms)
      }
      // An amendment may ask for less.
      if !terms.isFixedWhenPosted { releaseExcess(slot, terms, now) }
    }
    guard terms.dailyFee != nil else { return }
    for slot in slots where trust.posts[slot].fee > 0 { burnFee(slot) }
  }

  /// Adds what nobody knew when it was posted: days of the reward that a node turned out to earn.
  private mutating func complete(_ slot: Int, _ terms: Collateral) {
    let multiplier = multiplier(of: slot, terms)
    if case .pledge(let pledge) = terms.form {
      let reward = pledge.rewardDays * trust.minedPerNodeDay * multiplier
      trust.posts[slot].perNode = min(
        trust.posts[slot].perNode + reward, (pledge.most ?? .infinity) * multiplier)
    }
    if let rule = terms.dailyFee {
      trust.posts[slot].fee = fee(of: slot, rule, terms, circulating: circulatingTokens)
    }
    trust.posts[slot].isProvisional = trust.minedDays == 0
  }

  private func multiplier(of slot: Int, _ terms: Collateral) -> Double {
    terms.multiplier(of: settings.operators.types[Int(operators.type[slot])].hardware)
  }

  /// What an operator loses that leaves before its term.
  mutating func payForLeaving(_ slot: Int, _ now: SimTime) {
    guard let terms = settings.collateral, let rule = terms.termination, trust.staked[slot] > 0
    else { return }
    let age = now - trust.posts[slot].at
    if age.inDays >= rule.termDays { return }
    let nodes = Double(registeredNodes(of: slot))
    let tokens = rule.faultDays * trust.minedPerNodeDay * multiplier(of: slot, terms) * nodes
    // A fee in tokens, or what they are worth where the collateral is in dollars.
    let worth = trust.stakeAsset == .token ? 1 : token.oraclePrice
    let faultFee = Int64(min(tokens * worth * stakeUnits, 4e18))
    let due = rule.fee(
      pledge: trust.staked[slot], ageMinutes: age.microseconds / 60_000_000, faultFee: faultFee)
    let amount = min(due, trust.staked[slot])
    takeStake(slot, amount, to: terms.destination == .user ? .treasury : terms.destination)
    interval.trust.slashedUSD += Double(amount) / stakeUnits * stakePrice
  }

  /// Takes stake away from an operator, to be burned or for the treasury or the users.
  mutating func takeStake(_ slot: Int, _ amount: Int64, to destination: Collateral.Destination) {
    trust.staked[slot] -= amount
    switch destination {
    case .burn: burnForStake(amount, from: .stakers)
    case .treasury: ledger.settle(trust.stakeAsset, amount, from: .stakers, to: .treasury, .slash)
    case .user: ledger.settle(trust.stakeAsset, amount, from: .stakers, to: .users, .slash)
    }
  }
}

extension NetworkState {
  /// Tokens in free hands; 0 where there is no token.
  private var circulatingOrNone: Double { settings.token == nil ? 0 : circulatingTokens }

  /// Capacity of all nodes in the network [nodes of multiplier 1].
  private var capacity: Double {
    guard let terms = settings.collateral else { return 0 }
    var sum = 0.0
    for (type, rules) in settings.operators.types.enumerated() {
      sum += Double(supply.activeNodes[type]) * terms.multiplier(of: rules.hardware)
    }
    return sum
  }

  private mutating func learnReward() {
    let days = settings.epoch.inDays
    let capacity = capacity
    if capacity > 0 {
      let weight = Expectation.average(days: Span.daysPerMonth).weight(
        days: days, seen: trust.minedDays)
      trust.minedPerNodeDay += weight * (trust.mined / (capacity * days) - trust.minedPerNodeDay)
      trust.minedDays += days
    }
    trust.mined = 0
  }

  /// Sends what is bonded above what is asked on its way back.
  private mutating func releaseExcess(_ slot: Int, _ terms: Collateral, _ now: SimTime) {
    let excess = trust.staked[slot] - stakeDue(slot)
    if excess <= 0 { return }
    trust.staked[slot] -= excess
    trust.unbonding.append(
      TrustState.Unbonding(slot: slot, amount: excess, due: now + terms.unbonding))
  }

  /// Burns the fee of an epoch, out of the tokens at hand and then out of the stake.
  private mutating func burnFee(_ slot: Int) {
    let days = settings.epoch.inDays
    let tokens = trust.posts[slot].fee * Double(registeredNodes(of: slot)) * days
    let due = Int64(min((tokens * tokenScale).rounded(.down), 4e18))
    let held = max(0, ledger.balance(.token, of: account(of: slot)))
    let paid = min(due, held)
    burnForStake(paid, from: account(of: slot))
    let owed = min(due - paid, trust.staked[slot])
    trust.staked[slot] -= owed
    burnForStake(owed, from: .stakers)
    let dollars = Double(paid + owed) / tokenScale * token.oraclePrice
    noteCost(slot, dollars)
    // What is paid in tokens is no running cost: operators expect that much less.
    supply.perceivedGap[Int(operators.type[slot])] -= dollars
  }

  private mutating func burnForStake(_ amount: Int64, from account: Account) {
    if amount == 0 { return }
    ledger.burn(.token, amount, from: account)
    trust.stakeBurned += amount
    interval.burned += Double(amount) / tokenScale
    epochBurned += Double(amount) / tokenScale
  }
}
