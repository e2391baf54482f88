import Kernel

/// What matching remembers beside idle nodes and waiting jobs; all of it empty where no stage of the
/// scenario asks for it.
struct Matchmaker: Sendable {
  /// Parameter: whether any stage asks for more than a random idle node for jobs of one GPU.
  let isGeneral: Bool
  /// Parameter: whether jobs wait at nodes. No amendment changes it.
  let hasNodeQueues: Bool
  /// State: nodes that are on their way out and take no work; empty but while an operator leaves.
  var leaving = 0..<0
  /// State: the next node of the same gang, -1 for the last, `[nodes]` where there are gangs.
  var nextOfGang: [Int32] = []
  /// State: jobs that wait at each node, `[nodes]` where they do.
  var queues: [NodeQueue] = []
  /// State: nodes that are online, where jobs wait at nodes.
  var online = NodeLists()
  /// Parameter: by how much a node's bids differ from its costs' [1], `[nodes]` of an auction.
  var bidFactors: [Double] = []
  /// Counter: time of jobs that were done or lost [µs], `[nodes]` where work is compared.
  var worked: [Int64] = []
  /// State: loads or work as they were at `lookedAt`, `[nodes]` where choices rest on old looks.
  var seen: [Int64] = []
  var lookedAt: SimTime?
  /// Counter: work of finished jobs by class and hardware, `[classes x hardware]` [GPU-h], and time
  /// from arrival to first start by class [s].
  var served: [Double] = []
  var waits: [Tally] = []
  /// A place to gather candidates in.
  var scratch: [Candidate] = []

  init(stages: [EconomySettings], nodes: [UInt64], _ luck: Luck) {
    let classes = stages.flatMap(\.demand.classes)
    isGeneral =
      stages.contains { $0.matching.isMore } || classes.contains { !$0.needs.isPlain }
    hasNodeQueues = stages.first?.matching.hasNodeQueues ?? false
    if isGeneral, let first = stages.first {
      let kinds = first.demand.classes.count
      served = Array(repeating: 0, count: kinds * first.hardware.count)
      waits = Array(repeating: Tally(), count: kinds)
    }
    if classes.contains(where: { $0.needs.gpus > 1 }) {
      nextOfGang = Array(repeating: -1, count: nodes.count)
    }
    if hasNodeQueues {
      queues = Array(repeating: NodeQueue(), count: nodes.count)
      online = NodeLists(placesFor: nodes.count, hardware: EconomySettings.mostKinds)
    }
    for stage in stages {
      switch stage.matching {
      case .cheapestBid(let rule) where bidFactors.isEmpty:
        bidFactors = nodes.map { node in
          var stream = luck.stream(.bid, entity: node)
          return Elementary.exp(rule.noise * Elementary.normalQuantile(stream.uniform()))
        }
      case .leastWorked: worked = Array(repeating: 0, count: nodes.count)
      case .randomIdle, .postedPrice, .cheapestBid, .nearest, .leastLoaded, .weighted: break
      }
    }
  }

  /// Whether an array of loads or of work is old enough to be looked at again.
  mutating func look(_ now: SimTime, every staleness: SimDuration) -> Bool {
    if staleness == .zero {
      if !seen.isEmpty { seen = [] }
      return false
    }
    if let lookedAt, now - lookedAt < staleness { return false }
    lookedAt = now
    return true
  }
}

extension MatchingRule {
  fileprivate var isMore: Bool {
    if case .randomIdle = self { false } else { true }
  }
}

/// The line of one node.
struct NodeQueue: Sendable {
  var line = WaitingLine()
  var count: UInt32 = 0
}

/// A node that a job might get.
struct Candidate: BitwiseCopyable, Sendable {
  let node: UInt32
  /// 0 for idle nodes, 1 for those that would be taken from another job, which come last.
  let tier: UInt8
  /// Nodes that may work together share hardware and group; lower comes first.
  let group: UInt64
  /// The lower, the better; then the lower lot.
  let rank: Double
  let lot: UInt64

  func precedes(_ other: Candidate) -> Bool {
    if tier != other.tier { return tier < other.tier }
    return rank != other.rank
      ? rank < other.rank : lot != other.lot ? lot < other.lot : node < other.node
  }
}
