public import Experiments
import Scenarios

/// `check.csv`: a row for every metric and every assertion that was judged.
public enum CheckTable {
  /// The whole file.
  public static func text(_ checks: [ScenarioCheck]) -> String {
    CSV.line([
      "scenario", "variant", "kind", "name", "unit", "reference", "now", "difference", "ci_low",
      "ci_high", "p_value", "detectable", "n", "method", "verdict",
    ]) + checks.map(rows).joined()
  }

  private static func rows(_ check: ScenarioCheck) -> String {
    let name = CSV.cell(check.name)
    let verdict =
      check.reference == nil ? "no reference" : check.isEqual ? "equal bytes" : "bytes differ"
    var text = CSV.line(
      [name, "", "result", "bytes"] + [String](repeating: "", count: 10) + [verdict])
    for loss in check.losses {
      text += CSV.line(
        [name, "", "loss", CSV.cell(loss)] + [String](repeating: "", count: 10) + ["failed"])
    }
    for shift in check.shifts {
      text += CSV.line([
        name, CSV.cell(shift.variant), "metric", CSV.cell(shift.metric.name),
        CSV.cell(shift.metric.unit), CSV.cell(shift.before), CSV.cell(shift.now),
        CSV.cell(shift.difference), CSV.cell(shift.low), CSV.cell(shift.high),
        CSV.cell(shift.pValue), CSV.cell(shift.detectable), CSV.cell(shift.n),
        CSV.cell(shift.method), shift.hasMoved ? "moved" : "passed",
      ])
    }
    for result in check.assertions {
      let share = Double(result.held) / Double(result.judged)
      text += CSV.line([
        name, CSV.cell(result.variant), "assertion", CSV.cell(result.assertion.name), "1",
        CSV.cell(result.assertion.share), CSV.cell(share), "", CSV.cell(result.low),
        CSV.cell(result.high), "", "", CSV.cell(result.judged), "wilson", result.verdict.rawValue,
      ])
    }
    return text
  }
}
