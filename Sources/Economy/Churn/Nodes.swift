import Kernel

/// Nodes in columns; a slot is the place of a potential node for the whole run.
struct Nodes: Sendable {
  /// Parameter: owner, hardware class and the identity that keys luck, `[nodes]`.
  private(set) var owner: [UInt32] = []
  private(set) var hardware: [UInt8] = []
  private(set) var identity: [UInt64] = []
  /// State.
  private(set) var state: [NodeState] = []
  /// Raised whenever the node leaves: events scheduled before are stale.
  var generation: [UInt32] = []
  /// Sessions begun and failures suffered: indices of the draws.
  var sessions: [UInt32] = []
  var failures: [UInt32] = []
  /// Operating time left until the next failure; zero where it is not drawn yet or nothing fails.
  var untilFailure: [SimDuration] = []
  /// Since when online and busy time is not yet accounted for.
  var onlineMark: [SimTime] = []
  var busyMark: [SimTime] = []
  /// Start of the session that runs.
  var sessionStart: [SimTime] = []
  /// Job that runs on it, or -1.
  var job: [Int32] = []
  /// Place in the idle set of its hardware, or -1.
  var place: [Int32] = []

  var count: Int { state.count }

  mutating func append(owner: Int, hardware: Int, identity: UInt64) {
    self.owner.append(UInt32(owner))
    self.hardware.append(UInt8(hardware))
    self.identity.append(identity)
    state.append(.absent)
    generation.append(0)
    sessions.append(0)
    failures.append(0)
    untilFailure.append(.zero)
    onlineMark.append(.zero)
    busyMark.append(.zero)
    sessionStart.append(.zero)
    job.append(-1)
    place.append(-1)
  }

  /// Takes one step of a node's life; our mistake where there is no such step.
  mutating func step(_ node: Int, _ input: NodeInput) {
    guard let next = state[node].after(input) else {
      preconditionFailure("node \(node) is \(state[node]) and cannot be \(input)")
    }
    state[node] = next
  }
}

/// Idle nodes of one hardware class, any of which can be taken in constant time.
struct IdleSet: Sendable {
  private(set) var nodes: [UInt32] = []

  var count: Int { nodes.count }
  var isEmpty: Bool { nodes.isEmpty }

  mutating func insert(_ node: Int, _ place: inout [Int32]) {
    place[node] = Int32(nodes.count)
    nodes.append(UInt32(node))
  }

  mutating func remove(_ node: Int, _ place: inout [Int32]) {
    let hole = Int(place[node])
    let last = nodes.removeLast()
    if Int(last) != node {
      nodes[hole] = last
      place[Int(last)] = Int32(hole)
    }
    place[node] = -1
  }
}
