import Economy
public import Experiments

/// The small economy that engines are compared on, as an ordinary scenario: ledger and keyed luck
/// included.
public struct ChurnQueueBenchmark: Benchmark {
  let nodes: Int
  let days: Double
  let project: ProjectFolder

  public init(nodes: Int, days: Double, project: ProjectFolder) {
    self.nodes = nodes
    self.days = days
    self.project = project
  }

  public var sizes: [Figure] { [Figure("nodes", nodes), Figure("days", days)] }

  public func run(_ interrupt: Interrupt) throws(BenchmarkError) -> Reading {
    let host = "operators.types.host"
    let scenario = try project.scenario(
      "Checks/churn-queue",
      setting: ["\(host).candidates=\(nodes)", "\(host).activeAtStart=\(nodes)"])
    let plan = Plan(scenario, options: RunOptions(onlyReplicate: 1, horizonDays: days))
    var timed = try TimedRun(plan, replicate: 1, interrupt)
    try timed.finish(slice: plan.measureEvery, interrupt)
    let counts = timed.run.events
    let finished = timed.value("jobs_completed")
    return Reading(
      events: Self.events(counts), seconds: timed.seconds,
      figures: [
        Figure("events_all", counts.total),
        Figure("jobs_finished", Int(finished)),
        Figure("restarts", Int(timed.value("restarts"))),
        Figure("mean_wait_h", timed.value("start_delay_total_s") / 3600 / finished),
        Figure("price", timed.value("token_price_usd")),
      ])
  }

  /// Events that every engine has; a finish whose node was lost is none, and nothing else of these
  /// can be stale here.
  private static func events(_ counts: EventCounts) -> Int {
    let kinds = ["nodeOnline", "nodeOffline", "jobArrived", "jobFinished", "settlement"]
    return counts.byKind.filter { kinds.contains($0.name) }.reduce(0) { $0 + $1.count }
      - counts.stale
  }
}
