import Economy
import Kernel
import Scenarios

/// Gives variants with some numbers changed.
struct Calibrator: Sendable {
  /// The number that stands at a key of a variant, or nil where there is none.
  let number: @Sendable (_ variant: String, _ key: String) -> Double?
  /// The variant with other numbers at some keys.
  let changing: @Sendable (_ variant: String, _ changes: [(path: String, value: Double)]) -> Variant
}

extension Calibrator {
  init(_ scenario: Scenario) {
    number = { scenario.number(variant: $0, $1) }
    changing = { scenario.overriding(variant: $0, $1) }
  }
}

extension Experiment {
  /// Most pilot rounds of one calibration.
  static let calibrationRounds = 12

  /// Replaces every variant that asks for it by its calibrated self, in the order of the file.
  ///
  /// Pilots run the plan's own seed and replicates, so that what is matched is what is compared. A
  /// target that is itself calibrated must stand earlier in the file to be used calibrated.
  func calibrate(
    _ plan: inout Plan, watch: Watch
  ) async throws(ExperimentError) -> [CalibrationResult] {
    guard let calibrator else { return [] }
    var results: [CalibrationResult] = []
    for (index, variant) in plan.variants.enumerated() {
      guard let calibration = variant.calibration else { continue }
      let pilot = try Pilot(calibration, of: variant, in: plan)
      let result = try await match(pilot, in: plan, calibrator, watch: watch)
      plan.variants[index] = calibrator.changing(
        variant.name, [(calibration.key, result.value)])
      plan.calibratedValues[index] = result.value
      results.append(result)
    }
    return results
  }

  private func match(
    _ pilot: Pilot, in plan: Plan, _ calibrator: Calibrator, watch: Watch
  ) async throws(ExperimentError) -> CalibrationResult {
    let calibration = pilot.calibration
    let name = pilot.variant.name
    guard let initial = calibrator.number(name, calibration.key), initial > 0 else {
      throw pilot.error(
        "expected a number above 0 to scale at this key",
        help: "name a key that holds a number, such as token.emissionScale")
    }
    let target = try await mean(of: pilot, plan.variants[pilot.target], in: plan, watch: watch)
    guard target > 0 else {
      throw pilot.error(
        "expected \(calibration.measure) of \(calibration.equals) to be above 0, found \(target)",
        help: "choose a measure that both variants have")
    }
    var finder = RootFinder()
    var value = initial
    for round in 1...Self.calibrationRounds {
      let changed = calibrator.changing(name, [(calibration.key, value)])
      let ratio = try await mean(of: pilot, changed, in: plan, watch: watch) / target
      let result = CalibrationResult(
        variant: name, key: calibration.key, measure: calibration.measure,
        equals: calibration.equals, initialValue: initial, value: value, ratio: ratio,
        tolerance: calibration.tolerance, rounds: round)
      if result.isWithinTolerance || round == Self.calibrationRounds { return result }
      guard ratio > 0 else {
        throw pilot.error(
          "expected \(calibration.measure) to be above 0 at \(value), found \(ratio * target)",
          help: "start from a value of the key at which the measure is above 0")
      }
      value = finder.next(after: value, ratio: ratio)
    }
    preconditionFailure("the last round returns")
  }

  /// Mean over replicates of the pilot's measure in a variant.
  private func mean(
    of pilot: Pilot, _ variant: Variant, in plan: Plan, watch: Watch
  ) async throws(ExperimentError) -> Double {
    let end = SimTime.days(pilot.calibration.toDay)
    watch.expect(days: end.inDays * Double(plan.pilots))
    let values = try await Workers.map(plan.pilots, threads: threads, onFailure: watch.stop) {
      index throws(ExperimentError) in
      try profiler.time(.calibration) { () throws(ExperimentError) in
        let unit = WorkUnit(variant: pilot.index, replicate: index + 1)
        var run = try open(variant, unit.replicate, end, watch: watch)
        var interval = IntervalValue(pilot)
        try advance(&run, until: end, of: unit, in: plan, watch: watch) { run in
          for row in run.takeSeries() { interval.add(row) }
          _ = run.takeFlows()
        }
        return interval.value(summary: run.summary())
      }
    }
    return Sample(values).mean
  }
}
