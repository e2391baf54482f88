import Kernel

/// Nodes and operators that leave with notice; empty where nobody gives one.
struct DrainState: Sendable {
  /// State: whether a node that serves takes no job after this one, `[nodes]`.
  var isDraining: [Bool] = []
  /// State: whether an operator has told that it leaves, `[operators]`.
  var isLeaving: [Bool] = []

  @inline(__always)
  var areUsed: Bool { !isDraining.isEmpty }
}

/// Leaving that is told ahead.
extension NetworkState {
  /// Schedules the notice of a session's end, for those ends that are told ahead.
  mutating func planDrain(
    of node: Int, session: SimDuration, _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard let drain = settings.operators.types[Int(nodes[node].type)].churn?.drain,
      session > drain.notice
    else { return }
    var stream = luck.stream(
      .plannedEnd, entity: nodeIdentities[node], index: nodes[node].sessions)
    guard stream.uniform() < drain.plannedShare else { return }
    end(of: node, .nodeDrains, after: session - drain.notice, &queue)
  }

  /// A node takes no more jobs: it leaves now, or when the one that it has is done.
  mutating func drain(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if nodes[node].state == .serving {
      drains.isDraining[node] = true
    } else {
      endSession(of: node, early: true, &queue)
    }
  }

  /// Takes away an idle node that was only to finish its job; false where it was not.
  mutating func leaveIfDrained(_ node: Int, _ queue: inout EventQueue<NetworkEvent>) -> Bool {
    guard drains.isDraining[node], nodes[node].state == .idle else { return false }
    interval.drained += 1
    drains.isDraining[node] = false
    endSession(of: node, early: true, &queue)
    // An amendment may have let it stay.
    return nodes[node].state != .idle
  }

  /// Retires a node whose operator leaves; false where it does not.
  mutating func retireIfLeaving(_ node: Int, _ queue: inout EventQueue<NetworkEvent>) -> Bool {
    guard drains.isLeaving[Int(nodeOwners[node])] else { return false }
    goOffline(node, .retired, &queue)
    return true
  }

  func isLeaving(operator slot: Int) -> Bool { drains.areUsed && drains.isLeaving[slot] }

  /// An operator tells that it leaves: nodes without a job are gone, the others finish theirs. False
  /// where its type gives no notice.
  mutating func giveNotice(
    operator slot: Int, _ queue: inout EventQueue<NetworkEvent>
  ) -> Bool {
    let drain = settings.operators.types[Int(operators.type[slot])].churn?.drain
    guard let drain, !isCut(.entryToCapacity) else { return false }
    drains.isLeaving[slot] = true
    if trust.isOn { retireFakes(of: slot, queue.now) }
    match.leaving = operators.nodeRange(slot)
    for node in operators.nodeRange(slot) {
      switch nodes[node].state {
      case .serving: drains.isDraining[node] = true
      case .idle, .offline, .failed, .cutOff, .pending: goOffline(node, .retired, &queue)
      case .absent: break
      }
    }
    match.leaving = 0..<0
    schedule(.operatorLeaves, slot: slot, after: drain.notice, Phases.decisions, &queue)
    return true
  }

  /// An operator leaves at the end of its notice, with whatever its nodes still do, unless it has left
  /// in another way.
  mutating func leave(operator slot: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard isLeaving(operator: slot) else { return }
    let rule = settings.operators.types[Int(operators.type[slot])].decisions
    exit(slot, mayReturn: rule?.reentry ?? false, &queue)
  }
}
