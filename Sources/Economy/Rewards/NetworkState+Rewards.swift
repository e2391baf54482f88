import Kernel

/// Rewards: from a stream's budget of an epoch to the accounts of those who earned them.
extension NetworkState {
  /// Shares a budget out; a part that nobody earned stays where it is.
  ///
  /// - Returns: base units that were minted, and those that went by work.
  mutating func share(
    out budget: Int64, of stream: EmissionStream, _ index: Int
  ) -> (minted: Int64, toWork: Int64) {
    guard let rewards = stream.rewards else { return (0, 0) }
    let source = stream.source
    let parts = Split.largestRemainder(
      of: budget, by: rewards.parts + [rewards.treasury] + rewards.otherParts)
    let others = parts.suffix(RewardReceiver.all.count)
    var room = rewards.limits.mostOfAll(
      spent: operators.owed.reduce(0, +), price: token.oraclePrice, scale: tokenScale)
    var given = [Int64](repeating: 0, count: rewards.limits.areNone ? 0 : operators.count)
    var (paid, toWork, excess) = (Int64(0), Int64(0), Int64(0))
    for (weight, part) in zip(RewardWeight.all, parts) where part > 0 {
      let weights = weights(weight, rewards.eligibility)
      guard weights.contains(where: { $0 > 0 }) else { continue }
      let allowed = min(part, room)
      room -= allowed
      var shares = [Int64](repeating: 0, count: operators.count)
      Split.largestRemainder(of: allowed, by: weights, into: &shares)
      let cut = hold(&shares, to: rewards.limits, &given)
      let issued = allowed - cut
      excess += part - issued
      count(issued, of: stream, index)
      pay(shares, of: stream, index, weight)
      paid += issued
      if weight.key == RewardWeight.work.key { toWork += issued }
    }
    for (receiver, part) in zip(RewardReceiver.all, others) where part > 0 {
      let issued = receiver.pay(&self, part, source)
      count(issued, of: stream, index)
      paid += issued
    }
    let ofTreasury =
      parts[RewardWeight.all.count] + (rewards.limits.excess == .treasury ? excess : 0)
    count(ofTreasury, of: stream, index)
    payReward(ofTreasury, to: .treasury, from: source)
    paid += ofTreasury
    emission.streams[index].paid += paid
    interval.emission.unissued += Double(budget - paid) / tokenScale
    return (stream.pool == nil ? paid : 0, toWork)
  }

  /// Weights of the operators that may share, `[operators]`.
  private func weights(_ weight: RewardWeight, _ eligibility: RewardEligibility) -> [Int64] {
    var weights = weight.weigh(self)
    if eligibility.asksNothing { return weights }
    let online = eligibility.leastUptime > 0 ? rewardedTime : []
    let shares = settings.operators.types.map { eligibility.pays($0.name) }
    for slot in weights.indices where weights[slot] > 0 {
      if !shares[Int(operators.type[slot])] { weights[slot] = 0 }
      let nodes = registeredNodes(of: slot)
      let asked = eligibility.leastUptime * Double(nodes) * Double(settings.epoch.microseconds)
      if asked > 0, Double(online[slot]) < asked {
        weights[slot] = 0
      } else if isOnProbation(slot, eligibility.probation) {
        weights[slot] = 0
      }
    }
    if let penalty = eligibility.walletPenalty, weight.isByNodes { apply(penalty, to: &weights) }
    return weights
  }

  /// Counts the nodes of large wallets for less, on a scale fine enough for a few nodes.
  private func apply(_ penalty: RewardEligibility.WalletPenalty, to weights: inout [Int64]) {
    let scale = 1e12 / Double(max(1, weights.max() ?? 1))
    for slot in weights.indices where weights[slot] > 0 {
      let factor = penalty.factor(nodes: registeredNodes(of: slot))
      weights[slot] = Int64((Double(weights[slot]) * scale * factor).rounded())
    }
  }

  private func isOnProbation(_ slot: Int, _ probation: SimDuration) -> Bool {
    guard probation > .zero, emission.joinedAt[slot] > .zero else { return false }
    return lastSettlement - emission.joinedAt[slot] < probation
  }

  /// Notes when the nodes of an operator came; those of day 0 were there before.
  mutating func noteJoining(of slot: Int, _ now: SimTime) {
    if operators.state[slot] == .arriving {
      emission.joinedAt[slot] = max(now, SimTime(microseconds: 1))
    }
  }

  /// Cuts what each operator gets to what it may still get in this epoch.
  ///
  /// - Returns: what was cut.
  private func hold(
    _ shares: inout [Int64], to limits: RewardLimits, _ given: inout [Int64]
  ) -> Int64 {
    if limits.areNone { return 0 }
    var cut: Int64 = 0
    for slot in shares.indices where shares[slot] > 0 {
      let most = min(limits.most(nodes: registeredNodes(of: slot)) * tokenScale, 4.6e18)
      let over = max(0, shares[slot] - max(0, Int64(most.rounded(.down)) - given[slot]))
      shares[slot] -= over
      given[slot] += shares[slot]
      cut += over
    }
    return cut
  }

  /// Counts what a stream pays, apart from the postings that pay it.
  private mutating func count(_ amount: Int64, of stream: EmissionStream, _ index: Int) {
    if stream.pool == nil {
      token.issued += amount
    } else {
      emission.streams[index].pool -= amount
      interval.emission.fromPools += Double(amount) / tokenScale
    }
  }

  /// Pays operators, at once or into locks.
  private mutating func pay(
    _ shares: [Int64], of stream: EmissionStream, _ index: Int, _ weight: RewardWeight
  ) {
    var free = shares
    if let vesting = stream.rewards?.vesting, vesting.locks {
      let locked = lock(&free, index, vesting)
      payReward(locked, to: .rewardLocks, from: stream.source)
      interval.emission.locked += Double(locked) / tokenScale
    }
    payReward(toOperators: free, from: stream.source)
    for slot in shares.indices where shares[slot] > 0 {
      if free[slot] > 0 { receiveReward(slot, tokens: free[slot]) }
      if trust.isOn { noteFakeReward(slot, tokens: shares[slot], by: weight) }
    }
  }

  /// Notes tokens that came beside the pay for jobs.
  mutating func receiveReward(_ slot: Int, tokens: Int64) {
    receive(slot, tokens: tokens)
    interval.emissionToOperators += Double(tokens) / tokenScale * token.oraclePrice
  }
}

/// Rewards that are locked.
extension NetworkState {
  /// Takes what is not free at once out of shares and locks it.
  ///
  /// - Returns: the sum of what was locked.
  private mutating func lock(
    _ shares: inout [Int64], _ index: Int, _ vesting: RewardVesting
  ) -> Int64 {
    var sum: Int64 = 0
    for slot in shares.indices where shares[slot] > 0 {
      let free = Int64((Double(shares[slot]) * vesting.immediate).rounded(.down))
      emission.streams[index].locks?.lock(shares[slot] - free, of: slot, days: vesting.days)
      sum += shares[slot] - free
      shares[slot] = free
    }
    return sum
  }

  /// Pays out what has become free since the last settlement; it counts as income now, at the price
  /// of now.
  mutating func releaseRewards(_ now: SimTime) {
    let day = Int(now.microseconds / SimDuration.days(1).microseconds)
    for index in emission.streams.indices {
      guard let freed = emission.streams[index].locks?.release(through: day) else { continue }
      ledger.settle(.token, freed, from: .rewardLocks, toOperators: .rewardRelease)
      for slot in freed.indices where freed[slot] > 0 {
        receiveReward(slot, tokens: freed[slot])
        interval.emission.released += Double(freed[slot]) / tokenScale
      }
    }
  }

  /// What an operator loses of its locked rewards by leaving.
  mutating func forfeitOnExit(_ slot: Int) { forfeit(slot) { $0.lostOnExit } }

  /// What it loses by a proven fault.
  mutating func forfeitForFault(_ slot: Int) { forfeit(slot) { $0.lostOnFault } }

  private mutating func forfeit(_ slot: Int, _ share: (RewardVesting) -> Double) {
    guard let terms = settings.token else { return }
    for (index, stream) in terms.streams.enumerated() {
      guard let vesting = stream.rewards?.vesting else { continue }
      let lost = emission.streams[index].locks?.forfeit(share(vesting), of: slot) ?? 0
      if lost == 0 { continue }
      interval.emission.forfeited += Double(lost) / tokenScale
      switch vesting.lostTo {
      case .treasury:
        ledger.settle(.token, lost, from: .rewardLocks, to: .treasury, .rewardForfeit)
      case .burn:
        ledger.burn(.token, lost, from: .rewardLocks)
        emission.forfeitBurned += lost
        interval.burned += Double(lost) / tokenScale
        epochBurned += Double(lost) / tokenScale
      }
    }
  }

  /// Where the accounts of pools and locks and the rules' own count disagree, in a sentence.
  func unruledRewards() -> String? {
    let pools = emission.streams.reduce(0) { $0 + $1.pool }
    let held = ledger.balance(.token, of: .rewardPools)
    if held != pools {
      return "reward pools hold \(ledger.text(held, .token)), the streams have left "
        + ledger.text(pools, .token)
    }
    let due = emission.streams.reduce(0) { $0 + ($1.locks?.locked.reduce(0, +) ?? 0) }
    let locked = ledger.balance(.token, of: .rewardLocks)
    return locked == due
      ? nil
      : "reward locks hold \(ledger.text(locked, .token)), operators have locked "
        + ledger.text(due, .token)
  }

  /// Puts what is locked and left at the end of an interval into its totals.
  mutating func closeEmission() {
    guard settings.token != nil else { return }
    interval.emission.lockedTokens =
      Double(ledger.balance(.token, of: .rewardLocks)) / tokenScale
    interval.emission.poolTokens = Double(ledger.balance(.token, of: .rewardPools)) / tokenScale
    let issued = -ledger.balance(.token, of: .world) - ledger.balance(.token, of: .burned)
    interval.emission.supply = Double(issued) / tokenScale
  }
}
