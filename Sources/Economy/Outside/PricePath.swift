import Configuration
import Kernel

/// A price that changes on dates [USD/GPU-h].
struct PricePath: Sendable, Equatable {
  /// How the price goes from one date to the next.
  enum Between: String, CaseIterable, Sendable {
    /// It stays until the next date.
    case step
    /// It runs straight to the next one.
    case linear
  }

  /// Holds before the first change.
  let opening: Double
  /// Days since the start, rising, and prices from each on.
  let days: [Double]
  let prices: [Double]
  let between: Between

  init(constant price: Double) {
    opening = price
    (days, prices) = ([], [])
    between = .step
  }

  init(reading fields: inout FieldReader) {
    opening = fields.number(
      "priceUSDPerGPUHour", "price before the first change", unit: "USD/GPU-h", in: 0.0001...1e5)
    let changes = fields.list("changes", "prices from later days on, in order") { change in
      (
        day: change.moment("from", "first day of the price"),
        price: change.number("priceUSDPerGPUHour", "the price", unit: "USD/GPU-h", in: 0.0001...1e5)
      )
    }
    let table = fields.object(
      "pricesFrom", "prices from later days on, from a table in place of changes"
    ) { fields in
      let table = fields.table("table", "days and prices, in order", isRequired: true)
      let days = fields.dates(
        "date", "column of the first day of each price", of: table, example: "start_date")
      let prices = fields.column(
        "priceUSDPerGPUHour", "the price [USD/GPU-h]", of: table)
      return (days: days, prices: prices)
    }
    between = fields.choice(
      "between", "how the price goes from one change to the next", default: Between.step)
    if let table, !fields.isRecording {
      (days, prices) = Self.checked(table.days, table.prices, &fields)
      if fields.hasSome("changes") {
        fields.refuse(
          "pricesFrom", expected: "either changes or pricesFrom", found: "both",
          help: "leave one of them out")
      }
      return
    }
    for row in changes.indices.dropFirst() where changes[row].day <= changes[row - 1].day {
      fields.refuse(
        "changes", expected: "days in order, each once",
        found: "change \(row + 1) on day \(numberText(changes[row].day)) after day "
          + numberText(changes[row - 1].day), help: "sort the changes by their days")
      break
    }
    days = changes.map(\.day)
    prices = changes.map(\.price)
  }

  /// The rows of a table where they are in order and within range, else none.
  private static func checked(
    _ days: [Double], _ prices: [Double], _ fields: inout FieldReader
  ) -> (days: [Double], prices: [Double]) {
    // Columns that cannot be read have been reported where they stand.
    guard !days.isEmpty, days.count == prices.count else { return ([], []) }
    for row in days.indices.dropFirst() where days[row] <= days[row - 1] {
      fields.refuse(
        "pricesFrom", expected: "days in order, each once",
        found: "row \(row + 1) on day \(numberText(days[row])) after day "
          + numberText(days[row - 1]), help: "sort the table by its days")
      return ([], [])
    }
    if let row = prices.firstIndex(where: { !(0.0001...1e5 ~= $0) }) {
      fields.refuse(
        "pricesFrom", expected: "prices from 0.0001 to 100000 [USD/GPU-h]",
        found: "row \(row + 1): \(numberText(prices[row]))")
      return ([], [])
    }
    return (days, prices)
  }

  /// The price on a day since the start [USD/GPU-h].
  func price(on day: Double) -> Double {
    guard let first = days.first, day >= first else { return opening }
    let last = (days.firstIndex { $0 > day } ?? days.count) - 1
    guard between == .linear, last + 1 < days.count else { return prices[last] }
    let share = (day - days[last]) / (days[last + 1] - days[last])
    return prices[last] + (prices[last + 1] - prices[last]) * share
  }
}
