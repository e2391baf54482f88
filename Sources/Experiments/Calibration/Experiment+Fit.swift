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
    var first: Double?
    let best = try await search.minimum(from: zip(fit.keys, initial).map { $0.place(of: $1) }) {
      place async throws(ExperimentError) in
      let values = zip(fit.keys, place).map { ($0.path, $0.value(at: $1)) }
      let unit = WorkUnit(variant: index, replicate: 1)
      let loss = try await loss(
        of: calibrator.changing(name, values), unit, fit, histories, in: plan, watch: watch)
      first = first ?? loss
      return loss
    }
    // Read back, since a key may hold whole numbers only.
    let chosen = zip(fit.keys, best.place).map { $0.value(at: $1) }
    return FitResult(
      variant: name, histories: fit.histories,
      dates: histories.reduce(0) { $0 + $1.fittedPoints.count }, distance: fit.distance,
      numbers: fit.keys.indices.map {
        FitResult.Number(key: fit.keys[$0], initial: initial[$0], value: chosen[$0])
      },
      initialLoss: first ?? .nan, loss: best.value, trials: search.evaluations)
  }

  /// Mean over histories of the mean distance over their fitted dates.
  private func loss(
    of variant: Variant, _ unit: WorkUnit, _ fit: Fit, _ histories: [History], in plan: Plan,
    watch: Watch
  ) async throws(ExperimentError) -> Double {
    let days = histories.flatMap { history in history.fittedPoints.map { history.points[$0].day } }
    let end = SimTime.days(min(max(days.max() ?? 0, 0), plan.horizonDays))
    guard end > .zero else { return .nan }
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
    let losses = histories.indices.map { index in
      let history = histories[index]
      let parts = history.fittedPoints.compactMap { place -> Double? in
        let point = history.points[place]
        guard point.value > 0, point.day <= plan.horizonDays else { return nil }
        return fit.distance.loss(of: values.map { $0[index][place] }, from: point.value)
      }
      return parts.isEmpty ? .nan : Sample.sum(parts) / Double(parts.count)
    }
    return Sample.sum(losses) / Double(losses.count)
  }
}
