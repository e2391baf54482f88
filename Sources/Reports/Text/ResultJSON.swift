public import Experiments
import Scenarios

/// Summary and comparison as one JSON object, for `--json`.
public enum ResultJSON {
  public static func text(
    _ result: ExperimentResult, summary: [SummaryRow], comparison: [ComparisonRow]?,
    profile: RunProfile? = nil
  ) -> String {
    let plan = result.plan
    var members: [(key: String, value: JSONValue)] = [
      ("scenario", .string(plan.name)),
      ("scenario_digest", .string(plan.digest)),
      ("seed", .unsigned(plan.seed)),
      ("replicates", .array(plan.replicates.map { .integer($0) })),
      ("horizon_days", .number(plan.horizonDays)),
      (
        "variants",
        .object(
          plan.variants.map { variant in
            (variant.name, metrics(summary.filter { $0.variant == variant.name }))
          })
      ),
    ]
    if let comparison { members.append(("comparison", .array(comparison.map(difference)))) }
    if let profile { members.append(("profile", profile.json)) }
    return JSONValue.object(members).text
  }

  private static func metrics(_ rows: [SummaryRow]) -> JSONValue {
    .object(
      rows.map { row in
        let estimate = row.estimate
        return (
          row.metric.name,
          .object([
            ("unit", .string(row.metric.unit)), ("mean", .number(estimate.mean)),
            ("sd", .number(estimate.sd)), ("ci_low", .number(estimate.low)),
            ("ci_high", .number(estimate.high)), ("n", .integer(estimate.n)),
            ("median", .number(estimate.median)), ("q05", .number(estimate.q05)),
            ("q95", .number(estimate.q95)), ("method", .string(estimate.method)),
          ])
        )
      })
  }

  private static func difference(_ row: ComparisonRow) -> JSONValue {
    let paired = row.paired
    return .object([
      ("metric", .string(row.metric.name)), ("unit", .string(row.metric.unit)),
      ("baseline", .string(row.baseline)), ("variant", .string(row.variant)),
      ("baseline_mean", .number(paired.baselineMean)),
      ("variant_mean", .number(paired.variantMean)),
      ("difference", .number(paired.difference)), ("ci_low", .number(paired.low)),
      ("ci_high", .number(paired.high)), ("correlation", .number(paired.correlation)),
      ("variance_reduction", .number(paired.varianceReduction)), ("n", .integer(paired.n)),
      ("method", .string(paired.method)), ("verdict", .string(row.verdict.rawValue)),
    ])
  }
}
