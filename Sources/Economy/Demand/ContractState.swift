/// What contracts need to know of nodes; nothing where every class pays on demand.
struct ContractState: Sendable {
  /// Cache: whether some class is spot, or reserved.
  let hasSpot: Bool
  let hasReserved: Bool
  /// State: nodes that serve a spot job; no lists without spot classes.
  var spotNodes = NodeLists()
  /// State: whether a node serves a job that a term covers, `[nodes]`; empty without reserved
  /// classes.
  var isCovered: [Bool] = []
  /// State: what jobs saw of their nodes, `[classes]`; empty where nobody is promised an uptime.
  var uptimes: [ClassUptime] = []
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
    if hasSpot { spotNodes = NodeLists(placesFor: nodes, hardware: hardware) }
    if hasReserved { isCovered = Array(repeating: false, count: nodes) }
  }
}
