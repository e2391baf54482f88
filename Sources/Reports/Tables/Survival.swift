import Economy
import Kernel

extension ResultTable {
  /// How many operators of a cohort are still there.
  static let survival = ResultTable(
    name: "survival", title: "Survival of cohorts of operators",
    columns: Column.unit + [
      .string("cohort", "operators that entered in the same quarter; start: those of day 0"),
      .time,
      .integer("at_risk", "operators of the cohort"),
      .integer("survivors", "of these, still in the network"),
      .number("share", "survivors as a share of the cohort", unit: "1"),
    ])

  static func line(_ row: SurvivalRow, unit: String) -> String {
    unit
      + CSV.line([
        CSV.cell(row.cohort), CSV.cell(row.time.inDays), CSV.cell(row.atRisk),
        CSV.cell(row.survivors), CSV.cell(row.share),
      ])
  }
}
