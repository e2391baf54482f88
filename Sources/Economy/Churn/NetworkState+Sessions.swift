import Kernel

/// Nodes that come and go while their operator stays.
extension NetworkState {
  private func churn(of node: Int) -> ChurnSettings? {
    settings.operators.types[Int(operators.type[Int(nodes.owner[node])])].churn
  }

  /// Brings a node online and schedules the end of its session.
  mutating func startSession(
    of node: Int, _ input: NodeInput, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    nodes.step(node, input)
    nodes.onlineMark[node] = now
    nodes.sessionStart[node] = now
    gauges.onlineNodes.change(by: 1, at: now)
    idle[Int(nodes.hardware[node])].insert(node, &nodes.place)
    if let churn = churn(of: node) {
      scheduleEnd(of: node, churn, &queue)
    }
    offer(node: node, &queue)
  }

  private mutating func scheduleEnd(
    of node: Int, _ churn: ChurnSettings, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let identity = nodes.identity[node]
    var session = SimDuration.zero
    if let law = churn.session {
      var stream = luck.stream(.session, entity: identity, index: nodes.sessions[node])
      session = .hours(law.sample(using: &stream))
      nodes.sessions[node] += 1
    }
    if let failure = churn.failure, failure.perYear > 0 {
      if nodes.untilFailure[node] == .zero {
        var stream = luck.stream(.failure, entity: identity, index: nodes.failures[node])
        let years = -Elementary.log(stream.uniform()) / failure.perYear
        nodes.untilFailure[node] = .days(years * Span.daysPerYear)
      }
      if churn.session == nil || nodes.untilFailure[node] <= session {
        return end(of: node, .nodeFailed, after: nodes.untilFailure[node], &queue)
      }
    }
    if churn.session != nil { end(of: node, .nodeOffline, after: session, &queue) }
  }

  private mutating func end(
    of node: Int, _ kind: NetworkEvent.Kind, after duration: SimDuration,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    queue.schedule(
      NetworkEvent(kind, slot: node, generation: nodes.generation[node]),
      at: queue.now + duration, phase: Phases.work)
  }

  /// Takes a node offline, its job with it, and schedules its return.
  ///
  /// Where an amendment has taken this way of leaving away meanwhile, the node stays.
  mutating func endSession(
    of node: Int, _ input: NodeInput, _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard let churn = churn(of: node) else { return }
    if input == .broke {
      guard let failure = churn.failure else { return scheduleEnd(of: node, churn, &queue) }
      goOffline(node, input, &queue)
      nodes.failures[node] += 1
      nodes.untilFailure[node] = .zero
      beginRepair(of: node, failure, &queue)
    } else {
      guard churn.session != nil else { return scheduleEnd(of: node, churn, &queue) }
      goOffline(node, input, &queue)
      var stream = luck.stream(
        .offline, entity: nodes.identity[node], index: nodes.sessions[node])
      end(of: node, .nodeOnline, after: .hours(churn.offline.sample(using: &stream)), &queue)
    }
  }

  /// What every way of leaving shares: lost job, time accounted for, out of the idle set.
  mutating func goOffline(
    _ node: Int, _ input: NodeInput, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    let lost = nodes.state[node] == .serving
    let column = Int(nodes.hardware[node])
    if nodes.state[node].isOnline {
      operators.online[Int(nodes.owner[node])] += (now - nodes.onlineMark[node]).microseconds
      gauges.onlineNodes.change(by: -1, at: now)
      let used = now - nodes.sessionStart[node]
      if nodes.untilFailure[node] > used {
        nodes.untilFailure[node] = nodes.untilFailure[node] - used
      }
    }
    if nodes.state[node] == .idle { idle[column].remove(node, &nodes.place) }
    let job = nodes.job[node]
    if lost {
      let start = jobs.start[Int(job)]
      interval.lostHours += (now - start).inHours
      interval.lostInside += (now - max(start, health.lastMeasurement)).inHours
      operators.busy[Int(nodes.owner[node])] += (now - nodes.busyMark[node]).microseconds
      gauges.busyNodes.change(by: -1, at: now)
    }
    nodes.job[node] = -1
    nodes.generation[node] &+= 1
    nodes.step(node, input)
    if lost { lose(job: Int(job), &queue) }
  }

  /// Starts a repair now, or when a crew is free.
  private mutating func beginRepair(
    of node: Int, _ failure: ChurnSettings.Failure, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if settings.operators.repairCrew != nil {
      if freeCrews == 0 {
        broken.append(BrokenNode(slot: UInt32(node), generation: nodes.generation[node]))
        return
      }
      freeCrews -= 1
    }
    repair(node, failure, &queue)
  }

  private mutating func repair(
    _ node: Int, _ failure: ChurnSettings.Failure, _ queue: inout EventQueue<NetworkEvent>
  ) {
    var stream = luck.stream(
      .repair, entity: nodes.identity[node], index: nodes.failures[node])
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
      if nodes.generation[node] != next.generation { continue }
      if let failure = churn(of: node)?.failure { return repair(node, failure, &queue) }
      startSession(of: node, .repaired, &queue)
    }
    freeCrews += 1
  }

  /// Adds up the time since the last settlement of the nodes that are online.
  mutating func accountForTime(_ now: SimTime) {
    for node in 0..<nodes.count where nodes.state[node].isOnline {
      let owner = Int(nodes.owner[node])
      operators.online[owner] += (now - nodes.onlineMark[node]).microseconds
      nodes.onlineMark[node] = now
      if nodes.state[node] == .serving {
        operators.busy[owner] += (now - nodes.busyMark[node]).microseconds
        nodes.busyMark[node] = now
      }
    }
  }
}

/// A machine that waits for a repair crew; it has left the line where its generation has passed.
struct BrokenNode: Sendable {
  let slot: UInt32
  let generation: UInt32
}
