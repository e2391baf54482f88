import Economy
import Kernel
import Scenarios

extension Experiment {
  /// Pilots of a variant, and the number of the first: they have luck of their own.
  ///
  /// A truncation that is chosen by the series it cuts takes the high stretches of a queue away and
  /// leaves a mean that is too low (by 7 % in a short M/M/1 at load 0.5).
  private static let pilotCount = 10
  private static let firstPilot = 1_000_001

  /// Simulated days of all pilots.
  var daysOfPilots: Double {
    guard case .steadyState = plan.analysis else { return 0 }
    return plan.horizonDays * Double(Self.pilotCount * plan.variants.count)
  }

  /// Where the warm-up of all variants ends: the latest end among the variants and the measures
  /// that must settle, so that all are measured over the same days.
  ///
  /// Looked for in the mean of pilots. Nil where the question is about the dates of the run.
  func warmUp(of plan: Plan, watch: Watch) async throws(ExperimentError) -> SimTime? {
    guard case .steadyState(let names) = plan.analysis else { return nil }
    var end = SimTime.zero
    for variant in plan.variants {
      let (times, series) = try await meanSeries(of: names, variant, in: plan, watch: watch)
      for (name, values) in zip(names, series) where !values.allSatisfy(\.isNaN) {
        let warmUp = WarmUp(of: values)
        if let unsteadiness = Unsteadiness(warmUp, of: name, variant: variant.name) {
          throw .unsteady(unsteadiness)
        }
        if case .rows(let left) = warmUp, left > 0 { end = max(end, times[left - 1]) }
      }
    }
    return end
  }

  /// Times of the rows, and the mean of each measure over the pilots, `[measures][rows]`.
  private func meanSeries(
    of names: [String], _ variant: Variant, in plan: Plan, watch: Watch
  ) async throws(ExperimentError) -> (times: [SimTime], series: [[Double]]) {
    let columns = names.compactMap(Measure.index)
    let pilots = try await Workers.map(
      Self.pilotCount, threads: threads, onFailure: watch.stop
    ) { index throws(ExperimentError) in
      try profiler.time(.calibration) { () throws(ExperimentError) in
        try rows(
          of: variant, pilot: Self.firstPilot + index, columns: columns, in: plan, watch: watch)
      }
    }
    let times = pilots[0].map(\.time)
    let series = columns.indices.map { place in
      times.indices.map { row in
        pilots.reduce(0.0) { sum, rows in sum + rows[row].values[place] } / Double(pilots.count)
      }
    }
    return (times, series)
  }

  /// The series of a pilot without its opening row, and of its measures only some.
  private func rows(
    of variant: Variant, pilot: Int, columns: [Int], in plan: Plan, watch: Watch
  ) throws(ExperimentError) -> [(time: SimTime, values: [Double])] {
    let unit = WorkUnit(variant: 0, replicate: pilot)
    var run = try open(variant, pilot, plan.horizon, watch: watch)
    var rows: [(time: SimTime, values: [Double])] = []
    try advance(&run, until: plan.horizon, of: unit, in: plan, watch: watch) { run in
      _ = run.takeFlows()
      for row in run.takeSeries() where row.time > .zero {
        rows.append((row.time, columns.map { row.values[$0] }))
      }
    }
    return rows
  }
}
