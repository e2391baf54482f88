import Economy
public import Experiments

/// The main comparison as `compare` runs it, calibration included, with nothing written.
public struct ComparisonBenchmark: Benchmark {
  let days: Double?
  let replicates: Int?
  let threads: Int
  let project: ProjectFolder

  /// - Parameters:
  ///   - days: length of a run instead of the scenario's.
  ///   - replicates: replicates of each variant instead of the scenario's.
  public init(
    days: Double? = nil, replicates: Int? = nil, threads: Int, project: ProjectFolder
  ) {
    self.days = days
    self.replicates = replicates
    self.threads = threads
    self.project = project
  }

  public var sizes: [Figure] {
    [
      days.map { Figure("days", $0) }, replicates.map { Figure("replicates", $0) },
      Figure("threads", threads),
    ].compactMap(\.self)
  }

  public func run(_ interrupt: Interrupt) async throws(BenchmarkError) -> Reading {
    let scenario = try project.scenario("bme-vs-fixed")
    let plan = Plan(scenario, options: RunOptions(replicates: replicates, horizonDays: days))
    let watch = Watch(interrupt: interrupt)
    do throws(ExperimentError) {
      _ = try await Experiment(plan, of: scenario, threads: threads)
        .run(into: NowhereSink(), watch: watch)
    } catch .interrupted {
      throw .interrupted
    } catch {
      throw .experiment(error)
    }
    return Reading(
      events: watch.events, seconds: watch.elapsedSeconds,
      figures: [Figure("runs", plan.units.count)])
  }
}

/// Keeps nothing.
private struct NowhereSink: ResultSink {
  func stored(_ unit: WorkUnit, of plan: Plan) -> ReplicateOutcome? { nil }
  func open(_ unit: WorkUnit, of plan: Plan) -> any ReplicateSink { NoRows() }
  var bytesWritten: Int { 0 }
}

private struct NoRows: ReplicateSink {
  func write(_ rows: [SeriesRow]) {}
  func write(_ rows: [FlowRow]) {}
  func finish(
    _ outcome: ReplicateOutcome, breakdown: [BreakdownRow], survival: [SurvivalRow]
  ) {}
  func discard() {}
}
