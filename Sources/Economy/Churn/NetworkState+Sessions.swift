import Kernel

/// Nodes that come and go while their operator stays.
extension NetworkState {
  func churn(of node: Int) -> ChurnSettings? {
    settings.operators.types[Int(nodes[node].type)].churn
  }

  /// Brings a node online and schedules the end of its session, unless it has to wait.
  mutating func startSession(
    of node: Int, _ input: NodeInput, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if trust.isOn, isHeldBack(node) { return holdBack(node, input) }
    if startsAreWatched, mustWait(node, input, &queue) { return }
    let now = queue.now
    nodes[node].step(input)
    beReady(node, at: now)
    if !wear.isEmpty { wear[node].sessionStart = now }
    scheduleEnd(of: node, &queue)
    offer(node: node, &queue)
  }

  /// Counts an idle node as online, and as one that can take work.
  @inline(__always)
  mutating func beReady(_ node: Int, at now: SimTime) {
    work[node].online -= now.microseconds
    idle.insert(node, &nodes)
    if match.hasNodeQueues { match.online.insert(node, of: Int(nodes[node].hardware)) }
    gauges.onlineNodes.change(by: 1, at: now)
  }

  /// Schedules how the session of a node ends: as its length says, or by a failure before.
  mutating func scheduleEnd(of node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let type = Int(nodes[node].type)
    var session: SimDuration?
    if let law = settings.operators.types[type].churn?.session {
      var stream = luck.stream(
        .session, entity: nodeIdentities[node], index: nodes[node].sessions)
      session = .hours(law.sample(using: &stream))
      nodes[node].sessions += 1
    } else if startsAreWatched {
      session = sessionByRule(of: node, at: queue.now)
    }
    if !wear.isEmpty, settings.operators.types[type].churn?.failure?.happens == true {
      let untilFailure = timeUntilFailure(of: node)
      if untilFailure <= session ?? .forever {
        return end(of: node, .nodeFailed, after: untilFailure, &queue)
      }
    }
    guard let session else { return }
    if drains.areUsed { planDrain(of: node, session: session, &queue) }
    end(of: node, .nodeOffline, after: session, &queue)
  }

  mutating func end(
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
  ///
  /// - Parameter early: whether the session would have gone on for a while.
  mutating func endSession(
    of node: Int, early: Bool = false, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if drains.areUsed, retireIfLeaving(node, &queue) { return }
    let type = Int(nodes[node].type)
    guard settings.operators.types[type].churn?.session != nil,
      let offline = settings.operators.types[type].churn?.offline
    else { return endSessionByRule(of: node, early: early, &queue) }
    interval.sessionsEnded += 1
    goOffline(node, .takenAway, &queue)
    var stream = luck.stream(
      .offline, entity: nodeIdentities[node], index: nodes[node].sessions)
    end(of: node, .nodeOnline, after: .hours(offline.sample(using: &stream)), &queue)
  }

  /// What every way of leaving shares: lost job, time accounted for, out of the idle set. A node that
  /// is cut off stays in its session.
  mutating func goOffline(
    _ node: Int, _ input: NodeInput, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    let before = nodes[node].state
    let job = Int(nodes[node].link)
    if before.isOnline {
      work[node].online += now.microseconds
      gauges.onlineNodes.change(by: -1, at: now)
    }
    if before == .cutOff { gauges.cutOffNodes.change(by: -1, at: now) }
    if before == .pending { gauges.pendingNodes.change(by: -1, at: now) }
    if before == .failed { gauges.brokenNodes.change(by: -1, at: now) }
    if input != .cutOff { endStretch(of: node, before, at: now) }
    if before == .idle { idle.remove(node, &nodes) }
    var lost = 0.0
    if before == .serving {
      let start = jobs[job].start
      lost = hoursLost(of: job, on: node, elapsed: (now - start).inHours)
      noteLost(lost, class: Int(jobs[job].kind), on: node, since: start, now)
      work[node].busy += (now - max(start, lastSettlement)).microseconds
      gauges.busyNodes.change(by: -1, at: now)
      if trust.isOn, input != .retired { slashInterruption(of: job, on: node) }
    }
    nodes[node].step(input)
    if match.isGeneral { return leave(node: node, was: before, job: job, lost: lost, &queue) }
    if before == .serving { lose(job: job, &queue) }
  }

  /// Ends what a session held: events that were scheduled for it, its operating time, its notice.
  private mutating func endStretch(of node: Int, _ before: NodeState, at now: SimTime) {
    nodes[node].generation &+= 1
    if before.isInSession, !wear.isEmpty { useUp(node, until: now) }
    if drains.areUsed { drains.isDraining[node] = false }
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
