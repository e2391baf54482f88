import Economy
import Kernel
import Scenarios

/// A calibration whose names have been looked up.
struct Pilot {
  let calibration: Calibration
  let variant: Variant
  /// Index of ``variant`` in the plan.
  let index: Int
  /// Index of the variant to equal.
  let target: Int
  /// Column of the measure.
  let column: Int

  init(
    _ calibration: Calibration, of variant: Variant, in plan: Plan
  ) throws(ExperimentError) {
    func error(_ message: String, help: String) -> ExperimentError {
      .calibration(
        CalibrationError(
          variant: variant.name, key: calibration.key, message: message, help: help))
    }
    guard let column = Measure.index(of: calibration.measure) else {
      throw error(
        "expected the name of a measure, found \"\(calibration.measure)\"",
        help: "see `depinsim list measures`")
    }
    guard let target = plan.variants.firstIndex(where: { $0.name == calibration.equals }),
      let index = plan.variants.firstIndex(where: { $0.name == variant.name }), index != target
    else {
      throw error(
        "expected the name of another variant, found \"\(calibration.equals)\"",
        help: "the variants are \(plan.variants.map(\.name).joined(separator: ", "))")
    }
    guard calibration.fromDay < calibration.toDay else {
      throw error(
        "expected fromDay before toDay, found \(calibration.fromDay) and \(calibration.toDay)",
        help: "give an interval of at least a day")
    }
    let needsWholeRun = Measure.all[column].kind == .ratio || Measure.all[column].kind == .extreme
    guard calibration.fromDay == 0 || !needsWholeRun else {
      throw error(
        "expected fromDay 0 for a ratio or an extreme, found \(calibration.fromDay)",
        help: "match from day 0, or match a flow, a stock or a level")
    }
    self.calibration = calibration
    self.variant = variant
    self.index = index
    self.target = target
    self.column = column
  }

  func error(_ message: String, help: String) -> ExperimentError {
    .calibration(
      CalibrationError(variant: variant.name, key: calibration.key, message: message, help: help))
  }
}

/// Value of a measure over the interval of a calibration, for one replicate.
struct IntervalValue {
  private let column: Int
  private let kind: Measure.Kind
  private let fromDay: Double
  private var sum = CompensatedSum()
  private var rows = 0
  private var last = Double.nan

  init(_ pilot: Pilot) {
    column = pilot.column
    kind = Measure.all[pilot.column].kind
    fromDay = pilot.calibration.fromDay
  }

  /// Counts a row of the series that ends inside the interval.
  mutating func add(_ row: SeriesRow) {
    let value = row.values[column]
    guard row.time.inDays > fromDay, !value.isNaN else { return }
    sum.add(value)
    rows += 1
    last = value
  }

  /// - Parameter summary: values of the whole run, which ends where the interval does.
  func value(summary: [Double]) -> Double {
    guard fromDay > 0 else { return summary[column] }
    switch kind {
    case .flow: return rows > 0 ? sum.value : .nan
    case .level: return rows > 0 ? sum.value / Double(rows) : .nan
    case .stock, .ratio, .extreme, .grade: return last
    }
  }
}
