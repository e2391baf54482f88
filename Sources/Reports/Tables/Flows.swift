import Economy
import Kernel

extension ResultTable {
  /// What moved between accounts since the row before, by asset and reason.
  static let flows = ResultTable(
    name: "flows", title: "Postings of the ledger, summed",
    columns: Column.unit + [
      .time,
      .string("asset", "what moved"),
      .string("reason", "why it moved"),
      .string("from", "account that gave"),
      .string("to", "account that took"),
      .number("amount", "exact amount moved, in whole units of the asset"),
    ])

  static func line(_ row: FlowRow, unit: String) -> String {
    let names = [row.asset, row.reason, row.from, row.to].map { CSV.cell($0) }
    return unit + CSV.line([CSV.cell(row.time.inDays)] + names + [row.amount])
  }
}
