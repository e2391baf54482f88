import Kernel
import Scenarios

extension Experiment {
  /// Replaces every variant that asks for it by one that is fitted to observations.
  ///
  /// Simulated minimum distance: all trials run the same replicates under the same luck, up to the
  /// last observation that may be used, so that the function is free of noise and what is held out
  /// is never seen.
  func fit(_ plan: inout Plan, watch: Watch) async throws(ExperimentError) -> [FitResult] {
    guard let calibrator else { return [] }
    var results: [FitResult] = []
    for (index, variant) in plan.variants.enumerated() {
      guard let fit = variant.fit else { continue }
      let result = try await search(fit, ofVariant: index, in: plan, calibrator, watch: watch)
      plan.variants[index] = calibrator.changing(
        variant.name, result.numbers.map { ($0.key.path, $0.value) })
      plan.fittedValues[index] = result.numbers.map(\.value)
      results.append(result)
    }
    return results
  }

  private func search(
    _ fit: Fit, ofVariant index: Int, in plan: Plan, _ calibrator: Calibrator, watch: Watch
  ) async throws(ExperimentError) -> FitResult {
    let name = plan.variants[index].name
    let histories = plan.histories.filter { fit.histories.contains($0.name) }
    let initial = fit.keys.map { calibrator.number(name, $0.path) ?? $0.lowest }
    var search = SimplexSearch(limit: fit.trials)
    var first: Loss?
    let best = try await search.minimum(from: zip(fit.keys, initial).map { $0.place(of: $1) }) {
      place async throws(ExperimentError) in
      let values = zip(fit.keys, place).map { ($0.path, $0.value(at: $1)) }
      let unit = WorkUnit(variant: index, replicate: 1)
      let loss = try await loss(
        of: calibrator.changing(name, values), unit, fit, histories, in: plan, watch: watch)
      if first == nil, loss.dates == 0 { throw Self.nothingToFit(fit, name) }
      first = first ?? loss
      return loss.value
    }
    // Read back, since a key may hold whole numbers only.
    let chosen = zip(fit.keys, best.place).map { $0.value(at: $1) }
    return FitResult(
      variant: name, histories: fit.histories,
      dates: first?.dates ?? 0, distance: fit.distance,
      numbers: fit.keys.indices.map {
        FitResult.Number(key: fit.keys[$0], initial: initial[$0], value: chosen[$0])
      },
      initialLoss: first?.value ?? .nan, loss: best.value, trials: search.evaluations)
  }

  /// What a trial is judged by.
  private struct Loss {
    /// Mean over histories of the mean distance over their fitted dates.
    let value: Double
    /// Dates that were measured.
    let dates: Int
  }

  private static func nothingToFit(_ fit: Fit, _ variant: String) -> ExperimentError {
    .calibration(
      CalibrationError(
        variant: variant, key: fit.keys.first?.path ?? "",
        message:
          "expected a fitted observation above 0 that the variant has a value for, found none",
        help:
          "observations stand beside rows of the series: measureEveryDays must meet their days, "
          + "before the horizon"))
  }

  private func loss(
    of variant: Variant, _ unit: WorkUnit, _ fit: Fit, _ histories: [History], in plan: Plan,
    watch: Watch
  ) async throws(ExperimentError) -> Loss {
    let days = histories.flatMap { history in history.fittedPoints.map { history.points[$0].day } }
    // A run has a row where it ends, so that it has to end where the plan has one.
    let rows = (max(days.max() ?? 0, 0) / plan.measureEvery.inDays).rounded(.up)
    let end = SimTime.days(min(rows * plan.measureEvery.inDays, plan.horizonDays))
    guard end > .zero else { return Loss(value: .nan, dates: 0) }
    watch.expect(days: end.inDays * Double(fit.replicates))
    let values = try await Workers.map(fit.replicates, threads: threads, onFailure: watch.stop) {
      replicate throws(ExperimentError) in
      try profiler.time(.calibration) { () throws(ExperimentError) in
        let unit = WorkUnit(variant: unit.variant, replicate: replicate + 1)
        var run = try open(variant, unit.replicate, end, watch: watch)
        var recorder = HistoryRecorder(histories) { _ in true }
        try advance(&run, until: end, of: unit, in: plan, watch: watch) { run in
          recorder.note(run.takeSeries())
          _ = run.takeFlows()
        }
        return recorder.values
      }
    }
    let parts = histories.indices.map { index in
      let history = histories[index]
      return history.fittedPoints.compactMap { place -> Double? in
        let observed = history.points[place].value
        let simulated = values.map { $0[index][place] }
        // A day that no row ends on has a value in none of them.
        guard observed > 0, simulated.contains(where: \.isFinite) else { return nil }
        return fit.distance.loss(of: simulated, from: observed)
      }
    }.filter { !$0.isEmpty }
    let means = parts.map { Sample.sum($0) / Double($0.count) }
    return Loss(
      value: Sample.sum(means) / Double(means.count), dates: parts.reduce(0) { $0 + $1.count })
  }
}
