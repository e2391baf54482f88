import Economy
public import Experiments

/// The queue M/M/4 as an ordinary network, all replicates in turn on one core.
public struct QueueBenchmark: Benchmark {
  let days: Double?
  let replicates: Int?
  let project: ProjectFolder

  /// - Parameters:
  ///   - days: length of a run instead of the scenario's.
  ///   - replicates: runs instead of the scenario's.
  public init(days: Double? = nil, replicates: Int? = nil, project: ProjectFolder) {
    self.days = days
    self.replicates = replicates
    self.project = project
  }

  public var sizes: [Figure] {
    [days.map { Figure("days", $0) }, replicates.map { Figure("replicates", $0) }].compactMap(
      \.self)
  }

  public func run(_ interrupt: Interrupt) throws(BenchmarkError) -> Reading {
    let scenario = try project.scenario("Checks/theory-mmc")
    let plan = Plan(scenario, options: RunOptions(replicates: replicates, horizonDays: days))
    var (events, seconds, wait) = (0, 0.0, 0.0)
    for replicate in plan.replicates {
      var timed = try TimedRun(plan, replicate: replicate, interrupt)
      try timed.finish(slice: plan.measureEvery, interrupt)
      events += timed.run.events.total
      seconds += timed.seconds
      wait += timed.value("wait_mean_s") / 3600 / Double(plan.replicates.count)
    }
    return Reading(
      events: events, seconds: seconds,
      figures: [
        Figure("mean_wait_h", wait), Figure("erlang_c_wait_h", Self.wait(servers: 4, load: 3)),
      ])
  }

  /// Mean wait of M/M/c by Erlang's C [mean service times].
  ///
  /// C = c B ÷ (c − a (1 − B)) with Erlang's B by its recursion, wait = C ÷ (c − a), for a load of
  /// a < c (Kleinrock 1975, sections 3.5 and 3.6). The scenario has a = 3 and c = 4.
  static func wait(servers: Int, load: Double) -> Double {
    var blocked = 1.0
    for count in 1...servers { blocked = load * blocked / (Double(count) + load * blocked) }
    let waits = Double(servers) * blocked / (Double(servers) - load * (1 - blocked))
    return waits / (Double(servers) - load)
  }
}
