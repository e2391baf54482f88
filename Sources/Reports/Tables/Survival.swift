import Economy
import Kernel

extension ResultTable {
  /// How many nodes of a cohort are still there.
  static let survival = ResultTable(
    name: "survival", title: "Survival of cohorts of nodes",
    columns: Column.unit + [
      .string("cohort", "nodes counted together"),
      .time,
      .integer("at_risk", "nodes that may still leave"),
      .integer("survivors", "nodes that have not left"),
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
