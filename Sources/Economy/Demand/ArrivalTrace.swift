import Configuration
import Kernel

/// Observed arrivals, replayed: row n of a table is potential arrival n, at its time and, where the
/// table says so, with its work.
///
/// State thins it like a ceiling without headroom: less demand leaves rows out, more is clipped.
struct ArrivalTrace: Sendable, Equatable {
  /// What one step of the time column is.
  enum Unit: String, CaseIterable, Sendable {
    case seconds, hours, days

    var hours: Double {
      switch self {
      case .seconds: 1.0 / 3600
      case .hours: 1
      case .days: Span.hoursPerDay
      }
    }
  }

  /// Since the start, in order [h].
  let times: [Double]
  /// Work [GPU-h], `[rows]`; nil: as the class says.
  let work: [Double]?
  /// Time after which the table begins again [h]; nil: it ends.
  let period: Double?

  init(reading fields: inout FieldReader) {
    let table = fields.table("table", "one row an arrival, in order", isRequired: true)
    let column = fields.text("time", "column of the times since the start", example: "value")
    let unit = fields.choice("timeUnit", "what the times are counted in", default: Unit.hours)
    let workColumn = fields.optionalText(
      "gpuHours", "column of the work of each [GPU-h]; sizeHours where there is none",
      example: "credits")
    let days = fields.optionalNumber(
      "repeatDays", "time after which the table begins again; it ends by default", unit: "days",
      in: 0.001...36_500)
    period = days.map { $0 * Span.hoursPerDay }
    guard let table else {
      (times, work) = ([], nil)
      return
    }
    let isWhole = table.numbers(column)?.allSatisfy { $0 != nil } ?? false
    let times = fields.numbers(inColumn: column, of: table, in: 0...1e12).map { $0 * unit.hours }
    work = workColumn.map { fields.numbers(inColumn: $0, of: table, in: 0...100_000) }
    self.times = times
    if isWhole { check(column, unit, &fields) }
  }

  private func check(_ column: String, _ unit: Unit, _ fields: inout FieldReader) {
    guard let last = times.last else {
      return fields.refuse(
        "table", expected: "a row at least", found: "none", help: "a trace needs an arrival")
    }
    for row in times.indices.dropFirst() where times[row] < times[row - 1] {
      fields.refuse(
        "time", expected: "times in order",
        found: "row \(row + 1): \(numberText(times[row] / unit.hours)) after "
          + numberText(times[row - 1] / unit.hours),
        help: "sort the table by \"\(column)\"")
      return
    }
    if let period, period <= last {
      fields.refuse(
        "repeatDays", expected: "a time after the last row (\(numberText(last / 24)) days)",
        found: numberText(period / 24), help: "the table would begin again before it is over")
    }
    if let work, !work.contains(where: { $0 > 0 }) {
      fields.refuse(
        "gpuHours", expected: "a row with work above 0 h", found: "none",
        help: "a job of no work is no job")
    }
  }

  /// Time of arrival `number`, or nil where the table is over.
  func arrival(_ number: UInt64) -> SimTime? {
    guard !times.isEmpty else { return nil }
    let (cycle, row) = number.quotientAndRemainder(dividingBy: UInt64(times.count))
    guard cycle == 0 || period != nil else { return nil }
    return .zero + .hours(min(times[Int(row)] + Double(cycle) * (period ?? 0), 1e9))
  }

  /// Work of arrival `number` [GPU-h]; nil: as the class says.
  func work(_ number: UInt64) -> Double? {
    work.map { $0[Int(number % UInt64($0.count))] }
  }

  /// Arrivals an hour over the length of the table [jobs/h].
  var perHour: Double {
    Double(times.count) / max(period ?? times.last ?? 0, 1)
  }

  /// What an attempt with a new draw draws from.
  var sizes: Distribution? {
    guard let work, !work.isEmpty else { return nil }
    return .empirical(Empirical(sorted: work.sorted(), form: .step))
  }
}
