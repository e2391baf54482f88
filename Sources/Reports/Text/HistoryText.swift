import Experiments

/// How far a simulation lies from what was observed, as a table: one row a history and split.
enum HistoryText {
  static func text(_ rows: [HistoryRow]) -> String {
    var table = TextTable([
      ("history", .left), ("split", .left), ("dates", .right), ("simulated ÷ observed", .right),
      ("error of logs", .right), ("largest", .right), ("in the band", .right),
      ("high ÷ low", .right),
    ])
    for (series, split) in groups(of: rows) {
      func error(_ name: String) -> String {
        let row = rows.first { $0.series == series && $0.split == "\(name) \(split)" }
        return NumberText.short(row?.observed ?? .nan)
      }
      let dates = rows.count { $0.series == series && $0.split == split }
      table.add([
        series, split == "held_out" ? "held out" : split, String(dates), error("median_ratio"),
        error("rmse_of_logs"), error("largest_log_error"), error("coverage"),
        error("band_ratio"),
      ])
    }
    return table.isEmpty ? "" : "\nobserved and simulated (history.csv)\n" + table.text
  }

  /// Histories and splits that have dates, in the order of the rows.
  private static func groups(of rows: [HistoryRow]) -> [(series: String, split: String)] {
    var groups: [(series: String, split: String)] = []
    for row in rows where !row.date.isEmpty {
      if !groups.contains(where: { $0.series == row.series && $0.split == row.split }) {
        groups.append((row.series, row.split))
      }
    }
    return groups
  }
}
