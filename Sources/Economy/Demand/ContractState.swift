/// What contracts need to know of nodes; nothing where every class pays on demand.
struct ContractState: Sendable {
  /// Cache: whether some class is spot, or reserved.
  let hasSpot: Bool
  let hasReserved: Bool
  /// State: nodes that serve a spot job, by hardware class, and the place of each `[nodes]`; empty
  /// without spot classes.
  private(set) var spotNodes: [[UInt32]] = []
  private var places: [Int32] = []
  /// State: whether a node serves a job that a term covers, `[nodes]`; empty without reserved
  /// classes.
  var isCovered: [Bool] = []
  /// Counter: credits of all classes, which escrow holds [micro-dollars].
  var credits: Int64 = 0
  /// Counter: what finished jobs of self-dealing paid since the last settlement [micro-dollars], and
  /// the value of the last emission that was shared out by work [USD].
  var washPaid: Int64 = 0
  var workReward = 0.0
  /// State: gain on a dollar of own work by the last settlement [USD/USD]; NaN where unknown.
  var washGain = Double.nan

  init() {
    (hasSpot, hasReserved) = (false, false)
  }

  init(of classes: [DemandClass], hardware: Int, nodes: Int) {
    hasSpot = classes.contains { $0.contract.isSpot }
    hasReserved = classes.contains { $0.contract.reserved != nil }
    if hasSpot {
      spotNodes = Array(repeating: [], count: hardware)
      places = Array(repeating: -1, count: nodes)
    }
    if hasReserved { isCovered = Array(repeating: false, count: nodes) }
  }

  /// A node of a hardware class serves a spot job.
  mutating func insert(_ node: Int, of hardware: Int) {
    places[node] = Int32(spotNodes[hardware].count)
    spotNodes[hardware].append(UInt32(node))
  }

  mutating func remove(_ node: Int, of hardware: Int) {
    // The last one moves into the hole.
    let hole = Int(places[node])
    let last = spotNodes[hardware].removeLast()
    if Int(last) != node {
      spotNodes[hardware][hole] = last
      places[Int(last)] = Int32(hole)
    }
    places[node] = -1
  }
}
