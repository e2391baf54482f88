import Experiments

extension ResultTable {
  /// What was observed beside what was simulated.
  static let history = ResultTable(
    name: "history", title: "Observed and simulated histories",
    columns: [
      .string("series", "name of the history"),
      Column(name: "date", kind: .date, meaning: "date of the observation"),
      .number("observed", "observed value; on rows of errors the error"),
      .number("simulated", "median over replicates"),
      .number("low", "5 % quantile over replicates"),
      .number("high", "95 % quantile over replicates"),
      .string("split", "fitted, held_out, or the name of an error"),
    ])

  static func line(_ row: HistoryRow) -> String {
    CSV.line([
      CSV.cell(row.series), CSV.cell(row.date), CSV.cell(row.observed), CSV.cell(row.simulated),
      CSV.cell(row.low), CSV.cell(row.high), CSV.cell(row.split),
    ])
  }
}
