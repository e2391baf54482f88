import Kernel

/// Nodes that come and go while their operator stays.
extension NetworkState {
  private func churn(of node: Int) -> ChurnSettings? {
    settings.operators.types[Int(nodes[node].type)].churn
  }

  /// Brings a node online and schedules the end of its session.
  mutating func startSession(
    of node: Int, _ input: NodeInput, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    nodes[node].step(input)
    work[node].online -= now.microseconds
    idle.insert(node, &nodes)
    if !wear.isEmpty { wear[node].sessionStart = now }
    gauges.onlineNodes.change(by: 1, at: now)
    scheduleEnd(of: node, &queue)
    offer(node: node, &queue)
  }

  private mutating func scheduleEnd(of node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let type = Int(nodes[node].type)
    var session: SimDuration?
    if let law = settings.operators.types[type].churn?.session {
      var stream = luck.stream(
        .session, entity: nodeIdentities[node], index: nodes[node].sessions)
      session = .hours(law.sample(using: &stream))
      nodes[node].sessions += 1
    }
    if let perYear = settings.operators.types[type].churn?.failure?.perYear, perYear > 0 {
      let untilFailure = timeUntilFailure(of: node, perYear: perYear)
      if untilFailure <= session ?? .forever {
        return end(of: node, .nodeFailed, after: untilFailure, &queue)
      }
    }
    if let session { end(of: node, .nodeOffline, after: session, &queue) }
  }

  /// Operating time left until a node's next failure, drawn where none has been yet.
  private mutating func timeUntilFailure(of node: Int, perYear: Double) -> SimDuration {
    if wear[node].untilFailure == .zero {
      var stream = luck.stream(
        .failure, entity: nodeIdentities[node], index: wear[node].failures)
      let years = -Elementary.log(stream.uniform()) / perYear
      wear[node].untilFailure = .days(years * Span.daysPerYear)
    }
    return wear[node].untilFailure
  }

  private mutating func end(
    of node: Int, _ kind: NetworkEvent.Kind, after duration: SimDuration,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    queue.schedule(
      NetworkEvent(kind, slot: node, generation: nodes[node].generation),
      at: queue.now + duration, phase: Phases.work)
  }

  /// Takes a node away between two sessions, its job with it, and schedules its return.
  ///
  /// Where an amendment has taken this way of leaving away meanwhile, the node stays.
  mutating func endSession(of node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let type = Int(nodes[node].type)
    guard settings.operators.types[type].churn?.session != nil,
      let offline = settings.operators.types[type].churn?.offline
    else { return scheduleEnd(of: node, &queue) }
    goOffline(node, .takenAway, &queue)
    var stream = luck.stream(
      .offline, entity: nodeIdentities[node], index: nodes[node].sessions)
    end(of: node, .nodeOnline, after: .hours(offline.sample(using: &stream)), &queue)
  }

  /// Breaks a node, and starts its repair now or when a crew is free.
  ///
  /// Where an amendment has taken failures away meanwhile, the node stays.
  mutating func fail(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard let failure = churn(of: node)?.failure else { return scheduleEnd(of: node, &queue) }
    goOffline(node, .broke, &queue)
    wear[node].failures += 1
    wear[node].untilFailure = .zero
    beginRepair(of: node, failure, &queue)
  }

  /// What every way of leaving shares: lost job, time accounted for, out of the idle set.
  mutating func goOffline(
    _ node: Int, _ input: NodeInput, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    let before = nodes[node].state
    let job = Int(nodes[node].link)
    if before.isOnline {
      work[node].online += now.microseconds
      gauges.onlineNodes.change(by: -1, at: now)
      useUp(node, until: now)
    }
    if before == .idle { idle.remove(node, &nodes) }
    if before == .serving {
      let start = jobs[job].start
      interval.lostHours += (now - start).inHours
      interval.lostInside += (now - max(start, health.lastMeasurement)).inHours
      work[node].busy += (now - max(start, lastSettlement)).microseconds
      gauges.busyNodes.change(by: -1, at: now)
    }
    nodes[node].generation &+= 1
    nodes[node].step(input)
    if before == .serving { lose(job: job, &queue) }
  }

  /// Takes a session's time off the operating time that is left until the next failure.
  private mutating func useUp(_ node: Int, until now: SimTime) {
    if wear.isEmpty { return }
    let used = now - wear[node].sessionStart
    if wear[node].untilFailure > used { wear[node].untilFailure -= used }
  }

  /// Starts a repair now, or when a crew is free.
  private mutating func beginRepair(
    of node: Int, _ failure: ChurnSettings.Failure, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if settings.operators.repairCrew != nil {
      if freeCrews == 0 {
        broken.append(BrokenNode(slot: UInt32(node), generation: nodes[node].generation))
        return
      }
      freeCrews -= 1
    }
    repair(node, failure, &queue)
  }

  private mutating func repair(
    _ node: Int, _ failure: ChurnSettings.Failure, _ queue: inout EventQueue<NetworkEvent>
  ) {
    var stream = luck.stream(.repair, entity: nodeIdentities[node], index: wear[node].failures)
    end(of: node, .nodeRepaired, after: .hours(failure.repair.sample(using: &stream)), &queue)
  }

  /// Frees the crew even where the machine's operator has left meanwhile.
  mutating func finishRepair(
    of node: Int, isStale event: NetworkEvent, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if settings.operators.repairCrew != nil { freeCrew(&queue) }
    if isStale(node: node, event) { return }
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
      if let failure = churn(of: node)?.failure { return repair(node, failure, &queue) }
      startSession(of: node, .repaired, &queue)
    }
    freeCrews += 1
  }

  /// Moves what nodes did since the last settlement to their operators' counters, the part of a
  /// stretch that still runs included.
  mutating func gatherWork(until now: SimTime) {
    for node in nodes.indices {
      let (row, owner) = (nodes[node], Int(nodeOwners[node]))
      let session = row.state.isOnline ? now.microseconds : 0
      operators.online[owner] += work[node].online + session
      operators.busy[owner] += work[node].busy
      operators.owed[owner] += work[node].owed
      work[node] = NodeWork(online: -session)
      if row.state == .serving {
        let start = max(jobs[Int(row.link)].start, lastSettlement)
        operators.busy[owner] += (now - start).microseconds
      }
    }
    lastSettlement = now
  }
}

/// A machine that waits for a repair crew; it has left the line where its generation has passed.
struct BrokenNode: Sendable {
  let slot: UInt32
  let generation: UInt32
}
