import Experiments
import Scenarios

extension ResultTable {
  /// Paired differences against the baseline.
  static let comparison = ResultTable(
    name: "comparison", title: "Differences between variants under common random numbers",
    columns: [
      .string("metric", "name of the measure, or of the share at or above one of its grades"),
      .string("unit", "unit of the metric"),
      .string("baseline", "variant that is compared with"),
      .string("variant", "variant that is compared"),
      .number("baseline_mean", "mean over the pairs in the baseline"),
      .number("variant_mean", "mean over the pairs in the variant"),
      .number("difference", "mean of variant - baseline over the pairs"),
      .number("ci_low", "lower end of the 95 % interval for the difference"),
      .number("ci_high", "upper end of the 95 % interval for the difference"),
      .number("correlation", "correlation between the two over replicates", unit: "1"),
      .number(
        "variance_reduction", "1 - var(difference) / (var(baseline) + var(variant))", unit: "1"),
      .integer("n", "replicates in which both are defined"),
      .string("method", "how the interval was made"),
    ])

  static func line(_ row: ComparisonRow) -> String {
    let paired = row.paired
    let names = [row.metric.name, row.metric.unit, row.baseline, row.variant].map { CSV.cell($0) }
    return CSV.line(
      names + [
        CSV.cell(paired.baselineMean), CSV.cell(paired.variantMean), CSV.cell(paired.difference),
        CSV.cell(paired.low), CSV.cell(paired.high), CSV.cell(paired.correlation),
        CSV.cell(paired.varianceReduction), CSV.cell(paired.n), CSV.cell(paired.method),
      ])
  }
}
