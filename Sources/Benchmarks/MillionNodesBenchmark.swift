import Economy
public import Experiments
import Kernel

/// A million nodes of a quarter of a million operators, for the memory of a large network.
public struct MillionNodesBenchmark: Benchmark {
  let nodes: Int
  let days: Double?
  let project: ProjectFolder

  /// - Parameters:
  ///   - nodes: nodes at the start; another number than a million keeps the shares of operators.
  ///   - days: length of the run instead of the scenario's.
  public init(nodes: Int, days: Double? = nil, project: ProjectFolder) {
    self.nodes = nodes
    self.days = days
    self.project = project
  }

  public var sizes: [Figure] { days.map { [Figure("days", $0)] } ?? [] }

  public func run(_ interrupt: Interrupt) throws(BenchmarkError) -> Reading {
    let scenario = try project.scenario("Benchmarks/million-nodes", setting: settings)
    let plan = Plan(scenario, options: RunOptions(onlyReplicate: 1, horizonDays: days))
    var timed = try TimedRun(plan, replicate: 1, interrupt)
    let opening = timed.run.size
    var jobsInService = 0
    try timed.finish(slice: .hours(1), interrupt) { run in
      jobsInService = max(jobsInService, run.size.jobsInService)
    }
    let peak = Watch.peakResidentBytes()
    return Reading(
      events: timed.run.events.total, seconds: timed.seconds,
      figures: [
        Figure("nodes", opening.nodes),
        Figure("operators", opening.operators),
        Figure("jobs_in_service_max", jobsInService),
        Figure("postings", timed.run.size.postings),
        Figure("peak_bytes", Int(peak)),
        Figure("bytes_per_node", peak / Double(opening.nodes)),
        Figure("opening_seconds", timed.openingSeconds),
      ])
  }

  /// The scenario's operators at the start, and a twentieth more who may enter.
  static let operators = [("home", 200_000), ("studio", 60_000), ("datacentre", 5_000)]

  private var settings: [String] {
    guard nodes != 1_000_000 else { return [] }
    return Self.operators.flatMap { type, count in
      let scaled = max(1, Int((Double(count) * Double(nodes) / 1e6).rounded()))
      return [
        "operators.types.\(type).candidates=\(scaled + scaled / 20)",
        "operators.types.\(type).activeAtStart=\(scaled)",
      ]
    }
  }
}
