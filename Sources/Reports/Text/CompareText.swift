public import Experiments
import Scenarios

/// The result of `compare` as text.
public enum CompareText {
  public static func text(_ result: ExperimentResult, comparison: [ComparisonRow]) -> String {
    let plan = result.plan
    var text =
      RunText.heading(plan) + RunText.warmUp(plan) + RunText.fits(result)
      + RunText.calibrations(result)
    for (index, variant) in plan.variants.enumerated() {
      let baseline = plan.variants[plan.baseline(of: index)].name
      if baseline == variant.name { continue }
      let rows = comparison.filter { $0.variant == variant.name }
      text += "\n\(variant.name) − \(baseline), by replicate\n"
      text += table(rows)
      text += verdict(rows, variant: variant.name, baseline: baseline)
    }
    text += "\nevents per replicate\n"
    for (index, variant) in plan.variants.enumerated() {
      text += "  \(variant.name): \(RunText.events(result, variant: index))\n"
    }
    return text
  }

  private static func table(_ rows: [ComparisonRow]) -> String {
    var table = TextTable([
      ("measure", .left), ("baseline", .right), ("variant", .right), ("difference", .right),
      ("95 % interval", .right), ("correlation", .right), ("variance cut", .right),
      ("n", .right), ("verdict", .left),
    ])
    for name in KeyMeasures.names {
      guard let row = rows.first(where: { $0.metric.name == name }), !isNever(row) else {
        continue
      }
      let paired = row.paired
      table.add([
        name, NumberText.short(paired.baselineMean), NumberText.short(paired.variantMean),
        NumberText.short(paired.difference), NumberText.interval(paired.low, paired.high),
        NumberText.short(paired.correlation), NumberText.short(paired.varianceReduction),
        String(paired.n), row.verdict.rawValue,
      ])
    }
    return table.isEmpty ? "no measure has a value in both\n" : table.text
  }

  /// Whether the row is about a grade that no replicate reached.
  private static func isNever(_ row: ComparisonRow) -> Bool {
    row.metric.grade != nil && row.paired.baselineMean == 0 && row.paired.variantMean == 0
  }

  /// What may be said when all rows are read together.
  private static func verdict(
    _ rows: [ComparisonRow], variant: String, baseline: String
  ) -> String {
    let higher = rows.count { $0.verdict == .higher }
    let lower = rows.count { $0.verdict == .lower }
    guard higher + lower > 0 else {
      return "verdict: \(variant) differs from \(baseline) in none of \(rows.count) measures "
        + "(Holm, 5 % over all rows)\n"
    }
    return "verdict: \(variant) is higher than \(baseline) in \(higher) and lower in \(lower) of "
      + "\(rows.count) measures (Holm, 5 % over all rows)\n"
  }
}
