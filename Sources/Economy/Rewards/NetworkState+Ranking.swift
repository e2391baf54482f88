import Kernel

/// Rewards by rank consensus.
extension NetworkState {
  /// Ranks operators by what they did since the last settlement.
  ///
  /// - Parameters:
  ///   - members: slots of the operators that are ranked, the same and in the same order each time.
  ///   - purpose: what keys the luck of scores; an operator is in one ranking of a purpose.
  /// - Returns: shares of the operators, `[members]`, that add to 1, or to 0 where nobody served.
  func rank(
    _ members: [Int], by terms: Ranking, _ purpose: Purpose, _ state: inout RankState
  ) -> [Double] {
    let stakes = terms.stakes
    let places = stakes.count * members.count
    // An amendment may have changed who validates: bonds begin anew.
    if state.bonds.count != places { state.bonds = Array(repeating: 0, count: places) }
    let services = members.map { slot in
      switch terms.service {
      case .work: Double(operators.owed[slot])
      case .online: Double(operators.online[slot])
      }
    }
    var weights = [Double](repeating: 0, count: places)
    for validator in 0..<terms.validators {
      let index = UInt32(truncatingIfNeeded: settlements) &* 256 &+ UInt32(validator)
      for (place, slot) in members.enumerated() where services[place] > 0 {
        var seen = services[place]
        if terms.noise > 0 {
          var stream = luck.stream(purpose, entity: operators.identity(slot), index: index)
          seen *= Elementary.exp(terms.noise * Elementary.normalQuantile(stream.uniform()))
        }
        weights[validator * members.count + place] = seen
      }
    }
    if terms.cabalStake > 0 {
      let types = settings.operators.types
      for (place, slot) in members.enumerated() where operators.state[slot] == .active {
        let isFriend = types[Int(operators.type[slot])].name == terms.cabalFavours
        weights[terms.validators * members.count + place] = isFriend ? 1 : 0
      }
    }
    for (place, slot) in members.enumerated() where operators.state[slot] != .active {
      // Who comes back is a new miner to everybody.
      for validator in stakes.indices { state.bonds[validator * members.count + place] = 0 }
    }
    let outcome = terms.yuma.rank(stake: stakes, weights: weights, bonds: &state.bonds)
    state.note(outcome.dividends)
    return outcome.incentive
  }

  /// Pays a part of the emission to operators by their rank.
  /// - Returns: base units paid; none where nobody has a rank.
  mutating func rewardByRank(_ part: Int64, from source: RewardSource) -> Int64 {
    var state = ranks
    let shares = rank(Array(0..<operators.count), by: settings.ranking, .score, &state)
    ranks = state
    let weights = shares.map { Int64(($0 * 1e12).rounded()) }
    var units = [Int64](repeating: 0, count: operators.count)
    let minted = Split.largestRemainder(of: part, by: weights, into: &units)
    payReward(toOperators: units, from: source)
    for slot in units.indices where units[slot] > 0 { receiveReward(slot, tokens: units[slot]) }
    return minted
  }
}
