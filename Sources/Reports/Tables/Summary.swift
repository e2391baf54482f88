import Experiments

extension ResultTable {
  /// What the replicates of each variant say about each measure.
  static let summary = ResultTable(
    name: "summary", title: "Measures of the whole run over replicates",
    columns: [
      .string("scenario", "name of the scenario"),
      .string("variant", "name of the variant"),
      .string(
        "metric",
        "name of the measure, of the share at or above one of its grades, or history_, the name of a "
          + "history, of an error and of the split"),
      .string("unit", "unit of the metric"),
      .number("mean", "mean over replicates; geometric where the method says so"),
      .number("sd", "standard deviation between replicates"),
      .number("ci_low", "lower end of the 95 % interval for the mean"),
      .number("ci_high", "upper end of the 95 % interval for the mean"),
      .integer("n", "replicates in which the metric is defined"),
      .number("median", "median over replicates"),
      .number("q05", "5 % quantile over replicates"),
      .number("q95", "95 % quantile over replicates"),
      .string("method", "how the interval was made"),
    ])

  /// How far each history is from what was observed: of the median, so that there is no interval.
  static func errorLines(of result: ExperimentResult) -> [String] {
    result.histories.filter(\.date.isEmpty).map { row in
      let error = row.split.split(separator: " ").joined(separator: "_")
      let cells = [
        result.plan.name, result.variantName(ofHistory: row.series),
        "history_\(row.series)_\(error)", "1",
      ].map { CSV.cell($0) }
      let count = String(result.plan.replicates.count)
      return CSV.line(
        cells + [CSV.cell(row.observed), "", "", "", count, "", "", "", CSV.cell("history")])
    }
  }

  static func line(_ row: SummaryRow, scenario: String) -> String {
    let estimate = row.estimate
    let names = [scenario, row.variant, row.metric.name, row.metric.unit].map { CSV.cell($0) }
    return CSV.line(
      names + [
        CSV.cell(estimate.mean), CSV.cell(estimate.sd), CSV.cell(estimate.low),
        CSV.cell(estimate.high), CSV.cell(estimate.n), CSV.cell(estimate.median),
        CSV.cell(estimate.q05), CSV.cell(estimate.q95), CSV.cell(estimate.method),
      ])
  }
}
