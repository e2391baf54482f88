import Kernel

/// How much of the time from their first start on the jobs of a class had a node; kept where a class
/// is promised an uptime at some stage.
struct ClassUptime: Sendable {
  /// State: jobs that run, and jobs that have lost their node and not got another one.
  var up = Gauge()
  var down = Gauge()
  /// Counter: the same of jobs in copies, which are up while enough copies are at work [h].
  var copiesUp = 0.0
  var copiesDown = 0.0

  /// Share of the time since it was last asked [1]; nil where no job had started.
  mutating func take(until now: SimTime) -> Double? {
    let up = Totals.hours(up.take(until: now)) + copiesUp
    let down = Totals.hours(down.take(until: now)) + copiesDown
    (copiesUp, copiesDown) = (0, 0)
    return up + down > 0 ? up / (up + down) : nil
  }

  /// Keeps the levels and forgets the past, as of time 0.
  mutating func restart() {
    up.restart()
    down.restart()
    (copiesUp, copiesDown) = (0, 0)
  }
}

extension NetworkState {
  /// A job is about to start, the first time or once more.
  mutating func noteUp(_ job: Int, _ now: SimTime) {
    if trust.hasCopies, isCopy(job) { return }
    let kind = Int(jobs[job].kind)
    if jobs[job].attempts > 0 { contracts.uptimes[kind].down.change(by: -1, at: now) }
    contracts.uptimes[kind].up.change(by: 1, at: now)
  }

  /// A job has lost its node.
  mutating func noteDown(_ job: Int, _ now: SimTime) {
    if trust.hasCopies, isCopy(job) { return }
    let kind = Int(jobs[job].kind)
    contracts.uptimes[kind].up.change(by: -1, at: now)
    contracts.uptimes[kind].down.change(by: 1, at: now)
  }

  /// What the jobs of each class saw since the last settlement, `[classes]`; nil where none had
  /// started.
  mutating func takeUptimes(_ now: SimTime) -> [Double?] {
    if contracts.uptimes.isEmpty { return [] }
    if trust.hasCopies {
      for group in trust.groups.indices { count(group, by: 0, now) }
    }
    return contracts.uptimes.indices.map { contracts.uptimes[$0].take(until: now) }
  }
}
