import Kernel

/// Nodes that break and are repaired.
extension NetworkState {
  /// Operating time left until a node's next failure, drawn where none has been yet.
  mutating func timeUntilFailure(of node: Int) -> SimDuration {
    let type = Int(nodes[node].type)
    if wear[node].untilFailure == .zero, let failure = settings.operators.types[type].churn?.failure
    {
      let years = failure.yearsUntilNext(
        of: nodeIdentities[node], number: wear[node].failures, age: yearsInUse(node), luck)
      wear[node].untilFailure = .days(years * Span.daysPerYear)
    }
    return wear[node].untilFailure
  }

  /// Operating age of a node [years]; 0 where nothing asks for it.
  func yearsInUse(_ node: Int) -> Double {
    ages.isEmpty ? 0 : ages[node].inDays / Span.daysPerYear
  }

  /// Takes a session's time off the operating time that is left until the next failure, and adds it
  /// to the age.
  mutating func useUp(_ node: Int, until now: SimTime) {
    let used = now - wear[node].sessionStart
    if wear[node].untilFailure > used { wear[node].untilFailure -= used }
    if !ages.isEmpty { ages[node] += used }
  }

  /// Machines come with an operator: as old as he says, and with a failure of their own ahead.
  mutating func setAges(ofMachinesOf slot: Int) {
    for node in operators.nodeRange(slot) {
      ages[node] = .days(operators.age[slot] * Span.daysPerYear)
      // What was drawn for a machine that is gone says nothing of this one.
      if wear[node].untilFailure != .zero { wear[node].failures += 1 }
      wear[node].untilFailure = .zero
    }
  }

  /// Breaks a node, and starts its repair now or when a crew is free.
  ///
  /// Where an amendment has taken failures away meanwhile, the node stays.
  mutating func fail(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard let failure = churn(of: node)?.failure else { return scheduleEnd(of: node, &queue) }
    if drains.areUsed, retireIfLeaving(node, &queue) { return }
    goOffline(node, .broke, &queue)
    gauges.brokenNodes.change(by: 1, at: queue.now)
    wear[node].failures += 1
    wear[node].untilFailure = .zero
    let kind = failure.repair(
      of: nodeIdentities[node], number: wear[node].failures, age: yearsInUse(node), luck)
    interval.failures += 1
    if failure.isTransient(kind) { interval.transientErrors += 1 }
    if !ages.isEmpty, failure[kind].renews { ages[node] = .zero }
    beginRepair(of: node, failure, kind, &queue)
  }

  /// Starts a repair now, or when a crew is free.
  private mutating func beginRepair(
    of node: Int, _ failure: FailureSettings, _ kind: UInt8,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard failure[kind].takesCrew else {
      return repair(node, failure[kind], until: .nodeRestarted, &queue)
    }
    if settings.operators.repairCrew != nil {
      if freeCrews == 0 {
        broken.append(
          BrokenNode(slot: UInt32(node), generation: nodes[node].generation, repair: kind))
        return
      }
      freeCrews -= 1
    }
    repair(node, failure[kind], until: .nodeRepaired, &queue)
  }

  private mutating func repair(
    _ node: Int, _ repair: Repair, until end: NetworkEvent.Kind,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    var stream = luck.stream(.repair, entity: nodeIdentities[node], index: wear[node].failures)
    self.end(of: node, end, after: .hours(repair.hours.sample(using: &stream)), &queue)
  }

  /// Ends a repair by a crew; it is free even where the machine's operator has left meanwhile.
  mutating func finishRepair(
    of node: Int, isStale event: NetworkEvent, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if settings.operators.repairCrew != nil { freeCrew(&queue) }
    if isStale(node: node, event) { return }
    endRepair(of: node, &queue)
  }

  /// Brings a node back from its repair.
  mutating func endRepair(of node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    gauges.brokenNodes.change(by: -1, at: queue.now)
    startSession(of: node, .repaired, &queue)
  }

  private mutating func freeCrew(_ queue: inout EventQueue<NetworkEvent>) {
    while brokenHead < broken.count {
      let next = broken[brokenHead]
      let node = Int(next.slot)
      brokenHead += 1
      if brokenHead > 1024, brokenHead * 2 > broken.count {
        broken.removeFirst(brokenHead)
        brokenHead = 0
      }
      if nodes[node].generation != next.generation { continue }
      if let failure = churn(of: node)?.failure {
        return repair(node, failure[next.repair], until: .nodeRepaired, &queue)
      }
      endRepair(of: node, &queue)
    }
    freeCrews += 1
  }
}

/// A machine that waits for a repair crew; it has left the line where its generation has passed.
struct BrokenNode: Sendable {
  let slot: UInt32
  let generation: UInt32
  /// Number of the repair that it needs.
  let repair: UInt8
}
