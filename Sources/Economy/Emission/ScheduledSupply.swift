import Kernel

/// What tokens a network would have at a day if every schedule that is known before the run were
/// paid in full.
public struct ScheduledSupply: Sendable {
  /// Most tokens that may ever be issued, where that is all that ever were; nil: no limit.
  public let cap: Double?
  /// Digits behind the point, and most tokens that a ledger can hold with them [tokens].
  public let decimals: Int
  public let most: Double
  /// Tokens of day 0.
  public let genesis: Double
  /// Whether there is but one stream, which the cap may be meant to end.
  public let isOfOneStream: Bool
  /// Tokens that each stream would mint, up to its own cap [tokens].
  public let streams: [(name: String, tokens: Double)]

  public var total: Double { streams.reduce(genesis) { $0 + $1.tokens } }
}

extension EconomySettings {
  /// The supply that streams would have brought by the horizon, or nil where there is no token and where
  /// epochs are too many to look at each.
  public static func scheduledSupply(
    of stages: [(day: Double, settings: EconomySettings)], horizonDays: Double
  ) -> ScheduledSupply? {
    let all = aligned(stages.map(\.settings))
    guard let first = all.first, let token = first.token,
      horizonDays / (all.map(\.epoch.inDays).min() ?? 1) < 200_000
    else { return nil }
    var minted: [(name: String, tokens: Double)] = []
    for stream in token.streams.indices {
      let tokens = scheduled(stream, of: all, from: stages.map(\.day), until: horizonDays)
      if tokens > 0 { minted.append((token.streams[stream].name, tokens)) }
    }
    let genesis = token.circulating + token.treasury + token.vesting.reduce(0) { $0 + $1.tokens }
    let pools = token.streams.reduce(0) { $0 + $1.genesisTokens }
    return ScheduledSupply(
      cap: token.capCounts == .issued ? token.cap : nil, decimals: token.decimals,
      most: 4.6e18 / Elementary.pow(10, Double(token.decimals)), genesis: genesis + pools,
      isOfOneStream: token.streams.count == 1, streams: minted)
  }

  /// Tokens that a stream mints by schedule, and those that an amendment mints for its pool; an
  /// amendment holds for the epoch that ends with its day.
  private static func scheduled(
    _ stream: Int, of stages: [EconomySettings], from days: [Double], until horizonDays: Double
  ) -> Double {
    var (total, epoch, stage) = (0.0, 0, 0)
    var memory = EmissionMemory()
    var day = stages[0].epoch.inDays
    while day <= horizonDays * (1 + 1e-12) {
      let (before, epochDays) = (stage, stages[stage].epoch.inDays)
      while stage + 1 < stages.count, days[stage + 1] <= day { stage += 1 }
      // An epoch whose length is not that of the next ones brings what it would have brought.
      let inForce = stages[before].epoch == stages[stage].epoch ? stage : before
      let terms = stages[inForce].token?.streams[stream]
      if let terms, terms.isOpen, terms.pool == nil, let policy = terms.policy, policy.isSchedule {
        let tokens = policy.emission(
          NetworkSnapshot(epoch: epoch, day: day, epochDays: epochDays), &memory)
        total = max(total, min(total + tokens * terms.scale, terms.cap ?? .infinity))
        epoch += 1
      }
      day += stages[stage].epoch.inDays
    }
    let pools = stages.compactMap { $0.token?.streams[stream].genesisTokens }
    return zip(pools, pools.dropFirst()).reduce(total) { $0 + max(0, $1.1 - $1.0) }
  }
}
