import Configuration
import Kernel

/// Observed spending, replayed: each row is a stretch of days and the dollars spent in it.
///
/// A row's dollars are cut into equal jobs that arrive evenly over the first `arrivalShare` of the
/// stretch, so that the last of them can finish inside it. A job's work is its dollars divided by
/// the price of a GPU-hour.
struct DemandTrace: Sendable, Equatable {
  struct Row: Sendable, Equatable {
    /// Days since the start.
    let from: Double
    let to: Double
    let dollars: Double
  }

  let rows: [Row]
  let dollarsPerJob: Double
  let arrivalShare: Double

  init(reading fields: inout FieldReader) {
    let errors = fields.errorCount
    let table = fields.table("table", "one row a stretch of days", isRequired: true)
    let from = fields.dates(
      "from", "column of the first day of each stretch", of: table, example: "start_date")
    let to = fields.dates("to", "column of the day after its last", of: table, example: "end_date")
    let dollars = fields.column("spendUSD", "dollars spent in it", of: table)
    dollarsPerJob = fields.number(
      "usdPerJob", "dollars of one job", unit: "USD", in: 1e-3...1e9)
    arrivalShare = fields.number(
      "arrivalShare", "part of the stretch in which jobs arrive", in: 0.01...1, default: 0.9)
    guard fields.errorCount == errors else {
      rows = []
      return
    }
    var rows: [Row] = []
    for index in 0..<min(from.count, to.count, dollars.count) {
      rows.append(Row(from: from[index], to: to[index], dollars: dollars[index]))
      let previous = index == 0 ? 0 : rows[index - 1].to
      if !(previous <= from[index] && from[index] < to[index] && dollars[index] >= 0) {
        fields.refuse(
          "from", expected: "stretches in order that do not overlap, with dollars of at least 0",
          found: "row \(index + 1): from day \(numberText(from[index])) to "
            + "\(numberText(to[index])), \(numberText(dollars[index])) USD",
          help: "sort the table, and start the scenario on or before its first row")
        break
      }
    }
    self.rows = rows
  }

  /// Jobs of a row, at least one where there are dollars.
  func jobs(in row: Int) -> Int {
    let dollars = rows[row].dollars
    return dollars > 0 ? max(1, Int((dollars / dollarsPerJob).rounded())) : 0
  }

  /// When job `number` of a row arrives.
  func arrival(row: Int, number: Int) -> SimTime {
    let span = (rows[row].to - rows[row].from) * arrivalShare
    let place = (Double(number) + 0.5) / Double(jobs(in: row))
    return .days(rows[row].from + span * place)
  }
}
