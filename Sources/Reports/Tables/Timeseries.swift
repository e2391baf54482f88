import Economy
import Kernel

extension ResultTable {
  /// A row a measuring interval, a column a measure.
  static let timeseries = ResultTable(
    name: "timeseries", title: "Measures over time",
    columns: Column.unit
      + [Column(name: "date", kind: .date, meaning: "UTC day on which the interval ends"), .time]
      + Measure.all.map { .number($0.name, $0.formula, unit: $0.unit) })

  /// - Parameter unit: cells that say whose the row is, comma at the end.
  static func line(_ row: SeriesRow, unit: String, start: CalendarDate) -> String {
    var line = unit
    line += start.adding(days: row.time.day).description
    line += "," + CSV.cell(row.time.inDays)
    for value in row.values {
      line += ","
      line += CSV.cell(value)
    }
    return line + "\n"
  }
}
