import Kernel

/// Streams of rewards at a settlement: how much each pays, and where that comes from.
extension NetworkState {
  /// Makes room for what streams remember at some stage.
  mutating func openEmission() {
    guard let count = settings.token?.streams.count else { return }
    emission.streams = Array(repeating: EmissionState.StreamState(), count: count)
    let allocations = (0..<count).map { stream in
      stages.compactMap { $0.token?.streams[stream].rewards }
    }
    for stream in 0..<count {
      let longest = allocations[stream].filter(\.vesting.locks).map(\.vesting.days).max() ?? 0
      guard longest > 0 else { continue }
      emission.streams[stream].locks = RewardLocks(operators: operators.count, longest: longest)
      emission.hasLocks = true
    }
    let all = allocations.joined()
    if all.contains(where: { $0.part(.checks) > 0 }) {
      emission.checksPassed = Array(repeating: 0, count: operators.count)
    }
    if all.contains(where: { $0.eligibility.probation > .zero }) {
      emission.joinedAt = Array(repeating: .zero, count: operators.count)
    }
  }

  /// Frees rewards that were locked, then pays the epoch's, stream by stream.
  mutating func issue(_ now: SimTime) {
    guard let terms = settings.token else { return }
    if emission.hasLocks { releaseRewards(now) }
    let streams = emission.ofEpoch ?? terms.streams
    guard streams.contains(where: \.isOpen) else { return }
    var snapshot = snapshot(now)
    var minted: Int64 = 0
    var toWork: Int64 = 0
    for (index, stream) in streams.enumerated() where stream.isOpen {
      emission.streams[index].enter(stream.policy)
      snapshot.epoch = emission.streams[index].epoch
      emission.streams[index].epoch += 1
      let budget = budget(of: stream, index, snapshot, terms)
      let paid = share(out: budget, of: stream, index)
      minted += paid.minted
      toWork += paid.toWork
    }
    contracts.workReward = Double(toWork) / tokenScale * token.oraclePrice
    interval.minted += Double(minted) / tokenScale
    vaults.mintedBeside += Double(minted) / tokenScale
  }

  /// Tells the market what the epoch burned and minted.
  mutating func weighSupply() {
    if let market = settings.token?.market {
      let rule = marketRule(market)
      venue?.balance(rule, burned: epochBurned, minted: vaults.mintedBeside)
    }
    epochBurned = 0
    vaults.mintedBeside = 0
  }

  /// What policies see at this settlement; the epoch's work has been gathered and paid.
  private func snapshot(_ now: SimTime) -> NetworkSnapshot {
    let issued = Double(-ledger.balance(.token, of: .world)) / tokenScale
    let online = operators.online.reduce(0.0) { $0 + Double($1) }
    return NetworkSnapshot(
      day: now.inDays, epochDays: settings.epoch.inDays, activeNodes: activeNodes,
      onlineHours: online / 3.6e9, price: token.oraclePrice, issued: issued,
      supply: issued - Double(ledger.balance(.token, of: .burned)) / tokenScale,
      circulating: circulatingTokens, burned: epochBurned,
      spentUSD: Double(operators.owed.reduce(0, +)) / 1e6,
      staked: bondedTokens)
  }

  /// What the streams of some settings would bring operators, in an epoch to come, for the network as
  /// it is or for so many nodes [tokens].
  ///
  /// - Parameter part: what of a stream's rewards is asked about; all that operators get by default.
  func foreseenEmission(
    _ settings: EconomySettings, nodes: Double? = nil, epochsAhead: Int = 0, at now: SimTime,
    part: (RewardAllocation) -> Double = \.operatorsPart
  ) -> Double {
    guard let terms = settings.token else { return 0 }
    var network = snapshot(now)
    if let nodes {
      network.activeNodes = Int(nodes)
      network.onlineHours = nodes * settings.epoch.inHours
    }
    network.day += Double(epochsAhead) * settings.epoch.inDays
    var room = roomToMint(terms)
    var sum = 0.0
    for (index, stream) in terms.streams.enumerated() where stream.isOpen {
      var state = emission.streams[index]
      network.epoch = state.enter(stream.policy) ? 0 : state.epoch + epochsAhead
      var units = max(0, wanted(of: stream, &state, network))
      if stream.pool == nil {
        units = min(units, room)
        room -= units
      }
      sum += units / tokenScale * (stream.rewards.map(part) ?? 0)
    }
    return sum
  }

  /// What a stream may pay in this epoch [base units].
  private mutating func budget(
    of stream: EmissionStream, _ index: Int, _ snapshot: NetworkSnapshot, _ terms: TokenSettings
  ) -> Int64 {
    let wanted = wanted(of: stream, &emission.streams[index], snapshot)
    if stream.pool == nil { return issuable(wanted, terms) }
    return Int64(max(0, min(wanted, 4.6e18)).rounded())
  }

  /// What a stream's policy asks for, within the stream's own cap and pool [base units].
  private func wanted(
    of stream: EmissionStream, _ state: inout EmissionState.StreamState,
    _ network: NetworkSnapshot
  ) -> Double {
    guard let policy = stream.policy else { return 0 }
    var network = network
    network.scale = stream.scale
    var units = policy.emission(network, &state.memory) * stream.scale * tokenScale
    if let cap = stream.cap { units = min(units, cap * tokenScale - Double(state.paid)) }
    if stream.pool != nil { units = min(units, Double(state.pool)) }
    return units
  }

  /// What may be minted: nothing above the cap, nor above what the ledger can hold.
  mutating func issuable(_ wanted: Double, _ terms: TokenSettings) -> Int64 {
    let issued = Double(-ledger.balance(.token, of: .world))
    if wanted > 4.6e18 - issued, ceiling(terms) > 4.6e18 { overflowed = true }
    return Int64(max(0, min(wanted, roomToMint(terms))).rounded())
  }

  /// Most that may ever have been minted by the cap [base units].
  private func ceiling(_ terms: TokenSettings) -> Double {
    let cap = (terms.cap ?? .infinity) * tokenScale
    return terms.capCounts == .supply ? cap + Double(ledger.balance(.token, of: .burned)) : cap
  }

  /// What the cap and the ledger leave to mint [base units].
  private func roomToMint(_ terms: TokenSettings) -> Double {
    max(0, min(ceiling(terms), 4.6e18) + Double(ledger.balance(.token, of: .world)))
  }
}

extension EmissionState {
  /// An epoch goes by in which nothing is paid out.
  mutating func passOverEpoch() {
    for index in streams.indices { streams[index].epoch += 1 }
  }

  mutating func closeEpoch() {
    for slot in checksPassed.indices { checksPassed[slot] = 0 }
  }
}

extension EmissionState.StreamState {
  /// Begins anew where a policy has come into force that does not continue the one before.
  /// - Returns: whether it did.
  @discardableResult
  mutating func enter(_ policy: (any EmissionPolicy)?) -> Bool {
    guard let policy else { return false }
    let before = self.policy
    self.policy = policy
    if let before, before.kinds == policy.kinds, policy.continues(before) { return false }
    memory = EmissionMemory()
    epoch = 0
    return true
  }

  /// Fills the pool at day 0.
  mutating func fill(_ units: Int64) -> Int64 {
    pool = units
    return units
  }
}
