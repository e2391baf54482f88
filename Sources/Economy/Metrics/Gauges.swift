import Kernel

/// Levels that are integrated over time, exactly.
struct Gauges: Sendable {
  var activeNodes = Gauge()
  var pendingNodes = Gauge()
  var onlineNodes = Gauge()
  var busyNodes = Gauge()
  var queuedJobs = Gauge()
  var jobsInSystem = Gauge()
  /// Nodes in a session that an outage keeps out of reach, and nodes under repair or in its line.
  var cutOffNodes = Gauge()
  var brokenNodes = Gauge()
  /// Sum of the arrival times of the jobs that are there [µs].
  var arrivalsPresent: Int128 = 0
  /// Parameter: time that the jobs of the opening had spent in the system before [µs].
  private(set) var timeBefore: Int128 = 0

  /// Puts the integrals since the last call into the totals of the interval.
  mutating func close(_ totals: inout Totals, at now: SimTime) {
    totals.activeNodes = activeNodes.take(until: now)
    totals.pendingNodes = pendingNodes.take(until: now)
    totals.onlineNodes = onlineNodes.take(until: now)
    totals.busyNodes = busyNodes.take(until: now)
    totals.queuedJobs = queuedJobs.take(until: now)
    totals.jobsInSystem = jobsInSystem.take(until: now)
    totals.cutOffNodes = cutOffNodes.take(until: now)
    totals.brokenNodes = brokenNodes.take(until: now)
  }

  /// Little's law on the sample path: what the integral of jobs in the system must be, from the
  /// times of the jobs that left and of those that are there [µs].
  func timeInSystem(left: Int128, at now: SimTime) -> Int128 {
    left + Int128(jobsInSystem.level) * Int128(now.microseconds) - arrivalsPresent - timeBefore
  }

  /// Keeps the levels and forgets the past: what was `span` is 0.
  mutating func restart(after span: SimDuration) {
    activeNodes = Gauge(level: activeNodes.level)
    onlineNodes = Gauge(level: onlineNodes.level)
    pendingNodes = Gauge(level: pendingNodes.level)
    busyNodes = Gauge(level: busyNodes.level)
    queuedJobs = Gauge(level: queuedJobs.level)
    jobsInSystem = Gauge(level: jobsInSystem.level)
    cutOffNodes = Gauge(level: cutOffNodes.level)
    brokenNodes = Gauge(level: brokenNodes.level)
    arrivalsPresent -= Int128(jobsInSystem.level) * Int128(span.microseconds)
    timeBefore = -arrivalsPresent
  }
}

/// A whole number that changes in steps, and its integral over time since it was last taken.
///
/// A step of d at time s adds d (t - s) to the integral until t: levels are summed as d and d s, and
/// no step needs to know the one before.
struct Gauge: Sendable {
  private(set) var level = 0
  /// Sum of d s over all steps [µs].
  private var moment: Int128 = 0
  /// Integral from the start to where it was last taken [µs].
  private var taken: Int128 = 0

  /// A level that has been there since time 0.
  init(level: Int = 0) {
    self.level = level
  }

  /// Keeps the level and forgets the past, as of time 0.
  mutating func restart() { self = Gauge(level: level) }

  @inline(__always)
  mutating func change(by difference: Int, at now: SimTime) {
    level += difference
    moment += Int128(difference) * Int128(now.microseconds)
  }

  mutating func take(until now: SimTime) -> Int128 {
    let integral = integral(until: now)
    taken += integral
    return integral
  }

  /// The integral since it was last taken.
  func integral(until now: SimTime) -> Int128 {
    Int128(level) * Int128(now.microseconds) - moment - taken
  }
}
