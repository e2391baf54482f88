import Kernel

/// Levels that are integrated over time, exactly.
struct Gauges: Sendable {
  var activeNodes = Gauge()
  var onlineNodes = Gauge()
  var busyNodes = Gauge()
  var queuedJobs = Gauge()
  var jobsInSystem = Gauge()
  /// Sum of the arrival times of the jobs that are there [µs].
  var arrivalsPresent: Int128 = 0

  /// Puts the integrals since the last call into the totals of the interval.
  mutating func close(_ totals: inout Totals, at now: SimTime) {
    totals.activeNodes = activeNodes.take(until: now)
    totals.onlineNodes = onlineNodes.take(until: now)
    totals.busyNodes = busyNodes.take(until: now)
    totals.queuedJobs = queuedJobs.take(until: now)
    totals.jobsInSystem = jobsInSystem.take(until: now)
  }

  /// Little's law on the sample path: what the integral of jobs in the system must be, from the
  /// times of the jobs that left and of those that are there [µs].
  func timeInSystem(left: Int128, at now: SimTime) -> Int128 {
    left + Int128(jobsInSystem.level) * Int128(now.microseconds) - arrivalsPresent
  }
}

/// A whole number that changes in steps, and its integral over time since it was last taken.
struct Gauge: Sendable {
  private(set) var level = 0
  private var integral: Int128 = 0
  private var since = SimTime.zero

  mutating func change(by difference: Int, at now: SimTime) {
    advance(to: now)
    level += difference
  }

  mutating func take(until now: SimTime) -> Int128 {
    advance(to: now)
    defer { integral = 0 }
    return integral
  }

  /// The integral since it was last taken.
  func integral(until now: SimTime) -> Int128 {
    integral + Int128(level) * Int128((now - since).microseconds)
  }

  private mutating func advance(to now: SimTime) {
    integral += Int128(level) * Int128((now - since).microseconds)
    since = now
  }
}
