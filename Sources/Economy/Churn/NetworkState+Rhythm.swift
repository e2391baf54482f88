import Kernel

/// Nodes that have to wait: for the hour, for a table, for the end of an outage.
extension NetworkState {
  /// Makes room for what the settings of any stage ask for.
  mutating func prepareChurn() {
    let churns = stages.flatMap { $0.operators.types.compactMap(\.churn) }
    if churns.contains(where: { $0.failure?.ageing != nil }) {
      ages = Array(repeating: .zero, count: nodes.count)
    }
    if churns.contains(where: { $0.drain != nil }) {
      drains.isDraining = Array(repeating: false, count: nodes.count)
      drains.isLeaving = Array(repeating: false, count: operators.count)
    }
    let hasOutages =
      !settings.operators.outages.isEmpty || settings.shocks.contains { $0.target == .outage }
    if hasOutages {
      outages = OutageState(settings, nodes: nodes.count)
    }
    startsAreWatched = hasOutages || churns.contains { $0.rhythm != nil }
  }

  private func rhythm(of node: Int) -> (rule: SessionRule, luck: SessionLuck)? {
    guard let rule = settings.operators.types[Int(nodes[node].type)].churn?.rhythm else {
      return nil
    }
    let owner = Int(nodeOwners[node])
    let luck = SessionLuck(
      luck: luck, node: nodeIdentities[node], owner: operators.identity(owner),
      region: Int(operators.region[owner]), session: nodes[node].sessions)
    return (rule, luck)
  }

  /// Time since the start of what the clock shows, below 0 in a burn-in.
  private func date(of time: SimTime) -> SimTime {
    SimTime(microseconds: time.microseconds - burnIn.microseconds)
  }

  /// What the clock shows at a time since the start.
  private func clockTime(of date: SimTime) -> SimTime {
    date < .farFuture ? date + burnIn : .farFuture
  }

  /// Whether a node that could come online now has to wait instead; it then does.
  mutating func mustWait(
    _ node: Int, _ input: NodeInput, _ queue: inout EventQueue<NetworkEvent>
  ) -> Bool {
    let now = queue.now
    if let (rule, luck) = rhythm(of: node) {
      let opening = clockTime(of: rule.opening(of: luck, at: date(of: now)))
      if opening > now {
        nodes[node].step(input)
        nodes[node].step(.takenAway)
        comeBack(node, at: opening, &queue)
        return true
      }
    }
    guard outages.areUsed, outages.holds[node] > 0 else { return false }
    nodes[node].step(input)
    nodes[node].step(.cutOff)
    gauges.cutOffNodes.change(by: 1, at: now)
    if !wear.isEmpty { wear[node].sessionStart = now }
    scheduleEnd(of: node, &queue)
    return true
  }

  /// Length of a session that begins now, nil where it has no end or no rule says so.
  mutating func sessionByRule(of node: Int, at now: SimTime) -> SimDuration? {
    guard let (rule, luck) = rhythm(of: node) else { return nil }
    nodes[node].sessions += 1
    let end = clockTime(of: rule.end(of: luck, at: date(of: now)))
    return end < .farFuture ? end - now : nil
  }

  /// Takes a node away until its rule brings it back; it stays where no rule says otherwise, because
  /// an amendment has changed it.
  mutating func endSessionByRule(
    of node: Int, early: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard let (rule, luck) = rhythm(of: node) else { return scheduleEnd(of: node, &queue) }
    let back = clockTime(of: rule.comeback(of: luck, at: date(of: queue.now), early: early))
    guard back > queue.now else { return scheduleEnd(of: node, &queue) }
    interval.sessionsEnded += 1
    goOffline(node, .takenAway, &queue)
    comeBack(node, at: back, &queue)
  }

  private func comeBack(
    _ node: Int, at time: SimTime, _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard time <= horizon + burnIn else { return }
    queue.schedule(
      NetworkEvent(.nodeOnline, slot: node, generation: nodes[node].generation),
      at: time, phase: Phases.work)
  }
}
