import Economy
import Kernel
public import Scenarios

/// Runs every replicate of every variant of a plan.
///
/// Replicates are independent tasks and results are kept by index, so the number of threads does
/// not change a byte of them.
public struct Experiment: Sendable {
  public let plan: Plan
  let threads: Int
  let trajectory: TrajectorySource
  let calibrator: Calibrator?
  let profiler: Profiler?

  /// - Parameters:
  ///   - plan: a scenario and the options of the command.
  ///   - scenario: where calibration takes variants with a changed key from.
  ///   - threads: tasks at once, at least one.
  ///   - profiler: told where time goes, where that is asked for.
  public init(_ plan: Plan, of scenario: Scenario, threads: Int, profiler: Profiler? = nil) {
    self.init(plan, threads: threads, calibrator: Calibrator(scenario), profiler: profiler) {
      variant, replicate, horizon, look throws(ExperimentError) in
      try plan.networkRun(variant, replicate: replicate, horizon: horizon, look: look)
    }
  }

  init(
    _ plan: Plan, threads: Int, calibrator: Calibrator? = nil, profiler: Profiler? = nil,
    trajectory: @escaping TrajectorySource
  ) {
    self.plan = plan
    self.threads = threads
    self.calibrator = calibrator
    self.profiler = profiler
    self.trajectory = trajectory
  }

  /// Fits, calibrates, runs what the sink does not hold yet, and returns the outcomes of all units.
  public func run(
    into sink: some ResultSink, watch: Watch
  ) async throws(ExperimentError) -> ExperimentResult {
    var plan = plan
    // All that is known is announced at once, so that progress does not fall back after the pilots.
    watch.expect(days: plan.horizonDays * Double(plan.units.count) + daysOfPilots)
    let fits = try await fit(&plan, watch: watch)
    let calibrations = try await calibrate(&plan, watch: watch)
    plan.warmUp = try await warmUp(of: plan, watch: watch)
    let outcomes = try await outcomes(of: plan, into: sink, watch: watch)
    return ExperimentResult(
      plan: plan, outcomes: outcomes, calibrations: calibrations, fits: fits)
  }
}

extension Experiment {
  private func outcomes(
    of plan: Plan, into sink: some ResultSink, watch: Watch
  ) async throws(ExperimentError) -> [ReplicateOutcome] {
    let units = plan.units
    return try await Workers.map(units.count, threads: threads, onFailure: watch.stop) {
      index throws(ExperimentError) in
      try outcome(of: units[index], in: plan, into: sink, watch: watch)
    }
  }

  private func outcome(
    of unit: WorkUnit, in plan: Plan, into sink: some ResultSink, watch: Watch
  ) throws(ExperimentError) -> ReplicateOutcome {
    try watch.checkInterrupt()
    if let stored = try storing({ () throws(SinkError) in try sink.stored(unit, of: plan) }) {
      try watch.advance(days: plan.horizonDays, events: 0, bytesWritten: sink.bytesWritten)
      return stored
    }
    var rows = try storing { () throws(SinkError) in try sink.open(unit, of: plan) }
    do throws(ExperimentError) {
      return try run(unit, in: plan, into: &rows, watch: watch) { sink.bytesWritten }
    } catch {
      rows.discard()
      throw error
    }
  }

  private func run(
    _ unit: WorkUnit, in plan: Plan, into rows: inout any ReplicateSink, watch: Watch,
    bytesWritten: () -> Int
  ) throws(ExperimentError) -> ReplicateOutcome {
    var run = try profiler.time(.opening) { () throws(ExperimentError) in
      try open(plan.variants[unit.variant], unit.replicate, plan.horizon, watch: watch)
    }
    if let warmUp = plan.warmUp { run.leaveOut(until: warmUp) }
    run.profile = profiler?.begin()
    var recorder = HistoryRecorder(plan, variant: unit.variant)
    try advance(
      &run, until: plan.horizon, of: unit, in: plan, watch: watch, bytesWritten: bytesWritten
    ) { run throws(SinkError) in
      let series = run.takeSeries()
      recorder.note(series)
      try profiler.time(.writing) { () throws(SinkError) in
        try rows.write(series)
        try rows.write(run.takeFlows())
      }
    }
    if let profile = run.profile { profiler?.add(profile) }
    let outcome = ReplicateOutcome(
      summary: run.summary(), events: EventTally(run.events), warnings: run.warnings,
      observations: recorder.values)
    do throws(SinkError) {
      try profiler.time(.writing) { () throws(SinkError) in
        try rows.finish(outcome, breakdown: run.breakdown(), survival: run.survival())
      }
    } catch {
      throw .sink(error)
    }
    return outcome
  }

  /// The trajectory of a replicate, where the networks that are open at once have room.
  func open(
    _ variant: Variant, _ replicate: Int, _ end: SimTime, watch: Watch
  ) throws(ExperimentError) -> any Trajectory {
    if let stage = variant.stages.first {
      try watch.checkRoom(
        for: stage.settings, seed: plan.seed, replicate: replicate,
        atOnce: min(threads, plan.replicates.count))
    }
    return try trajectory(variant, replicate, end) { () throws(ExperimentError) in
      try watch.look()
    }
  }

  /// Runs to `end` in slices of one measuring interval and of so many events at most, so that a
  /// signal or a limit is noticed.
  func advance(
    _ run: inout any Trajectory, until end: SimTime, of unit: WorkUnit, in plan: Plan,
    watch: Watch, bytesWritten: () -> Int = { 0 },
    afterSlice: (inout any Trajectory) throws(SinkError) -> Void
  ) throws(ExperimentError) {
    var now = SimTime.zero
    var events = 0
    repeat {
      let next = min(now + plan.measureEvery, end)
      let isThere: Bool
      do throws(InvariantFailure) {
        isThere = try run.run(until: next, atMost: Self.eventsOfSlice)
      } catch {
        throw .invariant(unit, error)
      }
      if isThere {
        do throws(SinkError) {
          try afterSlice(&run)
        } catch {
          throw .sink(error)
        }
      }
      let total = run.events.total
      try watch.advance(
        days: isThere ? (next - now).inDays : 0, events: total - events,
        bytesWritten: bytesWritten())
      events = total
      if isThere { now = next }
    } while now < end
  }

  /// Handled in about a tenth of a second.
  private static let eventsOfSlice = 1_000_000

  private func storing<Value>(
    _ body: () throws(SinkError) -> Value
  ) throws(ExperimentError) -> Value {
    do throws(SinkError) {
      return try body()
    } catch {
      throw .sink(error)
    }
  }
}

extension EventTally {
  init(_ counts: EventCounts) {
    self.init(
      total: counts.total, stale: counts.stale,
      kinds: counts.byKind.map { Kind(name: $0.name, count: $0.count) })
  }
}
