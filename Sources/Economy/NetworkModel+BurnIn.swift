import Kernel

extension NetworkModel {
  /// Lets jobs come and nodes serve for some time before time 0, so that it finds queues as they
  /// would be; then time 0 begins.
  ///
  /// Prices, memories and who takes part stay as they are, since nothing is settled and nobody
  /// decides. Potential arrivals have numbers of their own, so that those from time 0 on are the
  /// same with and without it. What was paid to jobs that finished is forgotten with everything
  /// else that was counted; what runs at time 0 has its dollars in escrow.
  ///
  /// - Parameter look: called every so many events; what it throws ends the burn-in.
  mutating func burnIn<Stop: Error>(
    for span: SimDuration, _ queue: inout Queue, look: () throws(Stop) -> Void
  ) throws(Stop) {
    let (users, ledger, interval) = (state.users, state.ledger, state.interval)
    let (staked, unbonding) = (state.trust.staked, state.trust.unbonding)
    let (token, delegation, vaults) = (state.token, state.delegation, state.vaults)
    let (emission, burned) = (state.emission, state.epochBurned)
    state.burnIn = span
    for index in state.users.indices {
      state.users[index].nextArrival = Self.firstArrival
      state.scheduleArrival(class: index, after: .zero, &queue)
    }
    var handled = 0
    while let event = queue.next(until: .zero + span) {
      handle(event, &queue)
      handled += 1
      if handled.isMultiple(of: Self.eventsBetweenLooks) { try look() }
    }
    state.restore(users)
    (state.trust.staked, state.trust.unbonding) = (staked, unbonding)
    state.trust.stakeBurned = 0
    (state.token, state.delegation, state.vaults) = (token, delegation, vaults)
    (state.emission, state.epochBurned) = (emission, burned)
    state.ledger = ledger
    state.interval = interval
    state.beginAnew(after: span)
    queue = Self.shifted(&queue, by: span, reserving: 2 * state.nodes.count)
  }

  /// Handled in some hundredths of a second.
  private static let eventsBetweenLooks = 1 << 16

  /// Number of the first potential arrival before time 0, above every later one's.
  private static let firstArrival: UInt64 = 1 << 47

  /// What is pending, `span` earlier; arrivals are scheduled anew.
  private static func shifted(
    _ queue: inout Queue, by span: SimDuration, reserving room: Int
  ) -> Queue {
    var shifted = Queue(reserving: room)
    while let event = queue.next(until: .farFuture) {
      if event.kind == .jobArrived { continue }
      let time = SimTime(microseconds: queue.now.microseconds - span.microseconds)
      shifted.schedule(event, at: time, phase: queue.phase)
    }
    return shifted
  }
}

extension NetworkState {
  /// Puts what users remember back, but for the jobs that run under their contracts.
  fileprivate mutating func restore(_ before: [UserMemory]) {
    let running = users.map(\.running)
    users = before
    for index in users.indices { users[index].running = running[index] }
    contracts.credits = users.reduce(0) { $0 + $1.credits }
    contracts.washPaid = 0
  }

  /// Counts time from the end of the burn-in, and puts the dollars of what runs in escrow.
  fileprivate mutating func beginAnew(after span: SimDuration) {
    burnIn = .zero
    work = Array(repeating: NodeWork(), count: nodes.count)
    for slot in 0..<operators.count { operators.owed[slot] = 0 }
    emission.closeEpoch()
    gauges.restart(after: span)
    jobs.shift(by: span)
    for node in wear.indices {
      let start = wear[node].sessionStart.microseconds - span.microseconds
      wear[node].sessionStart = SimTime(microseconds: start)
    }
    for index in contracts.uptimes.indices { contracts.uptimes[index].restart() }
    for group in trust.groups.indices {
      let arrival = trust.groups[group].arrival.microseconds - span.microseconds
      trust.groups[group].arrival = SimTime(microseconds: arrival)
      let since = trust.groups[group].since.microseconds - span.microseconds
      trust.groups[group].since = max(.zero, SimTime(microseconds: since))
    }
    trust.fake.restart()
    trust.unverified.restart()
    openEscrow()
    readAhead = ReadAhead()
  }
}
