import Economy

extension ResultTable {
  /// Whole-run values by class, region, GPU, operator type and cohort.
  static let breakdown = ResultTable(
    name: "breakdown", title: "Measures of the whole run by part",
    columns: Column.unit + [
      .string("measure", "name of the measure"),
      .string("dimension", "what the run is divided by"),
      .string("key", "which part"),
      .number("value", "value of the part, in the unit of the measure"),
    ])

  static func line(_ row: BreakdownRow, unit: String) -> String {
    let names = [row.measure, row.dimension, row.key].map { CSV.cell($0) }
    return unit + CSV.line(names + [CSV.cell(row.value)])
  }
}
