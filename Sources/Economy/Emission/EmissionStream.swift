import Configuration
import Kernel

/// One source of rewards: how many tokens come each epoch, where from, and who gets them.
struct EmissionStream: Sendable {
  /// Where the tokens of a pool stand before day 0.
  enum PoolOrigin: String, CaseIterable, Sendable {
    /// They exist beside the treasury's and all others.
    case genesis
    /// They are set aside out of the treasury's.
    case treasury
  }

  let name: String
  let policy: (any EmissionPolicy)?
  let scale: Double
  let rewards: RewardAllocation?
  /// Tokens that exist at day 0 and are paid out until none are left; nil: tokens are minted.
  let pool: Double?
  let poolFrom: PoolOrigin
  /// Most tokens that the stream may ever pay out.
  let cap: Double?

  /// A stream of other stages, which pays nothing in this one.
  init(closed name: String) {
    self.init(nil, scale: 1, nil, name: name)
  }

  /// The stream that stands in the token's own keys.
  init(
    _ policy: (any EmissionPolicy)?, scale: Double, _ rewards: RewardAllocation?,
    name: String = "emission"
  ) {
    self.name = name
    self.policy = policy
    self.scale = scale
    self.rewards = rewards
    pool = nil
    poolFrom = .genesis
    cap = nil
  }

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    policy = fields.rule(
      "emission", "tokens that it pays out per epoch", from: EmissionPolicies.all)
    scale = fields.number(
      "scale", "a factor on them", in: 0...1000, default: 1, source: "assumption: as the rule says")
    rewards = fields.object("rewards", "who gets them") { RewardAllocation(reading: &$0) }
    pool = fields.optionalNumber(
      "poolTokens",
      "tokens that exist at day 0 and are paid out until none are left; none: tokens are minted",
      unit: "tokens", in: 0...1e12, example: 1_000_000)
    poolFrom = fields.choice(
      "poolFrom", "whether those exist beside the treasury's tokens or are some of them",
      default: PoolOrigin.genesis, source: "assumption: beside them")
    cap = fields.optionalNumber(
      "cap", "most tokens that it may ever pay out; none: no limit of its own", unit: "tokens",
      in: 0...1e13, example: 1_000_000)
    if policy != nil, rewards == nil {
      fields.refuse(
        "emission", expected: "rewards beside it", found: "no rewards",
        help: "write \"rewards\": {work: 1}, or other parts that add to 1")
    }
    if poolFrom == .treasury, pool == nil, !fields.isRecording {
      fields.refuse(
        "poolFrom", expected: "poolTokens beside it", found: "none",
        help: "say how many tokens are set aside")
    }
    if let pool, let cap, cap > pool {
      fields.refuse(
        "cap", expected: "at most poolTokens (\(numberText(pool)))",
        help: "a pool ends by itself: leave cap out, or lower it")
    }
  }

  /// Whether it pays anything out.
  var isOpen: Bool { policy != nil && rewards != nil }

  var source: RewardSource { pool == nil ? .issue : .pool }

  /// What exists at day 0 beside all other tokens.
  var genesisTokens: Double { poolFrom == .genesis ? pool ?? 0 : 0 }
  /// What is set aside out of the treasury's tokens.
  var treasuryTokens: Double { poolFrom == .treasury ? pool ?? 0 : 0 }
}

/// What streams are at, by stream.
struct EmissionState: Sendable {
  var streams: [StreamState] = []
  /// State: streams of the epoch under way, where an amendment has made the next ones longer or
  /// shorter; nil: those of the settings.
  var ofEpoch: [EmissionStream]?
  /// Cache: whether rewards are locked, at some stage.
  var hasLocks = false
  /// Counter: checks that nodes of an operator passed since the last settlement, `[operators]` where
  /// some stage rewards them, else empty.
  var checksPassed: [Int64] = []
  /// State: when the nodes of an operator came, `[operators]` where some stage has a probation, else
  /// empty; those of day 0 have been there before.
  var joinedAt: [SimTime] = []
  /// Counters: base units of locked rewards that were lost, to be burned and for the treasury.
  var forfeitBurned: Int64 = 0

  struct StreamState: Sendable {
    /// Counter: epochs since its policy, or one that it continues, came into force.
    var epoch = 0
    /// Counter: base units that it paid out.
    var paid: Int64 = 0
    var memory = EmissionMemory()
    /// State: the policy that the memory is of.
    var policy: (any EmissionPolicy)?
    /// State: base units left in its pool.
    var pool: Int64 = 0
    /// State: rewards that become free later; nil where none do at any stage.
    var locks: RewardLocks?
  }
}

/// What streams came to in one stretch of time [tokens].
struct EmissionTotals: BitwiseCopyable, Sendable {
  var fromPools = 0.0
  var unissued = 0.0
  var locked = 0.0
  var released = 0.0
  var forfeited = 0.0
  /// States at the end.
  var lockedTokens = 0.0
  var poolTokens = 0.0
  /// All tokens that exist.
  var supply = Double.nan

  mutating func append(_ next: EmissionTotals) {
    fromPools += next.fromPools
    unissued += next.unissued
    locked += next.locked
    released += next.released
    forfeited += next.forfeited
    lockedTokens = next.lockedTokens
    poolTokens = next.poolTokens
    supply = next.supply
  }
}
