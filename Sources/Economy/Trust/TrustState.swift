import Kernel

/// What is remembered of nodes, operators and jobs where work is checked; empty unless some stage
/// asks for it.
struct TrustState: Sendable {
  /// Cache: whether any stage checks anything, and whether any has copies.
  var isOn = false
  var hasCopies = false
  /// State: `[nodes]`.
  var nodes: [NodeTrust] = []
  /// Counter: nodes of an operator that have been ejected, and fakes of it that are registered,
  /// `[operators]`.
  var ejected: [UInt32] = []
  var fakes: [UInt32] = []
  /// State: nodes take no work because their operator's stake is too low, `[operators]`.
  var isSuspended: [Bool] = []
  /// State: slots of registered fakes, and rounds of proofs so far.
  var fakeNodes: [UInt32] = []
  var rounds: UInt32 = 0
  var fake = Gauge()
  var unverified = Gauge()
  /// State: multiplier of the share of operators that cheat.
  var fraudFactor = 1.0

  /// State: copies, by job slot and by group; unused groups lead to each other.
  var copies: [CopyPlace] = []
  var groups: [CopyGroup] = []
  var unusedGroup: Int32 = -1
  /// State: dollars of copies that have finished and wait for the others [micro-dollars].
  var held: Int64 = 0

  /// Parameter: what is bonded. State: base units of it, `[operators]`, and those on their way back.
  var stakeAsset = Asset.dollars
  var staked: [Int64] = []
  var unbonding: [Unbonding] = []
  /// State: what operators agreed to when they posted, `[operators]`.
  var posts: [Post] = []
  /// Counter: tokens issued to operators since the last settlement; state: their mean for a node of
  /// multiplier 1 [tokens/node-day], and days behind it.
  var mined = 0.0
  var minedPerNodeDay = 0.0
  var minedDays = 0.0
  /// Counter: base units of the token that slashes burned.
  var stakeBurned: Int64 = 0

  /// What an operator agreed to on the day it posted.
  struct Post: Sendable {
    /// For each node [dollars or tokens]; NaN: nothing yet.
    var perNode = Double.nan
    var at = SimTime.zero
    /// Burned for each node [tokens/day].
    var fee = 0.0
    /// Whether nobody knew yet what a node earns.
    var isProvisional = false
  }

  struct Unbonding: Sendable {
    let slot: Int
    let amount: Int64
    let due: SimTime
  }
}

/// What is known of a node.
struct NodeTrust: BitwiseCopyable, Sendable {
  var reputation: Reputation
  /// Parameter: claimed, and not there.
  var isFake = false
  /// State: refused or thrown out for good.
  var isEjected = false
  /// State: a fake that is registered, and has not passed for verified.
  var isUnverified = false
  /// State: kept from work while it would be online.
  var isHeld = false
  /// State: in the list of fakes that proofs go through.
  var isListed = false
}

/// What audits, copies, stakes and fakes came to in one stretch of time.
struct TrustTotals: BitwiseCopyable, Sendable {
  var lostUSD = 0.0
  var checkpointHours = 0.0
  var audits = 0.0
  var wrongResults = 0.0
  var wrongAccepted = 0.0
  var faultsCaught = 0.0
  var disputes = 0.0
  var verificationUSD = 0.0
  var redundantHours = 0.0
  var slashedUSD = 0.0
  var ejected = 0.0
  var cheatingGain = 0.0
  var spoofedAttempts = 0.0
  var fakeRewards = 0.0
  /// Time with enough copies at work, and of all jobs with copies [h].
  var quorumUp = 0.0
  var quorumTime = 0.0
  /// Integrals over time [nodes x µs].
  var unverifiedNodes: Int128 = 0
  var fakeNodes: Int128 = 0
  /// States at the end.
  var stakedTokens = 0.0
  var stakedUSD = 0.0

  mutating func append(_ next: TrustTotals) {
    lostUSD += next.lostUSD
    checkpointHours += next.checkpointHours
    audits += next.audits
    wrongResults += next.wrongResults
    wrongAccepted += next.wrongAccepted
    faultsCaught += next.faultsCaught
    disputes += next.disputes
    verificationUSD += next.verificationUSD
    redundantHours += next.redundantHours
    slashedUSD += next.slashedUSD
    ejected += next.ejected
    cheatingGain += next.cheatingGain
    spoofedAttempts += next.spoofedAttempts
    fakeRewards += next.fakeRewards
    quorumUp += next.quorumUp
    quorumTime += next.quorumTime
    unverifiedNodes += next.unverifiedNodes
    fakeNodes += next.fakeNodes
    stakedTokens = next.stakedTokens
    stakedUSD = next.stakedUSD
  }
}
