import Configuration
import Kernel

/// What holders sell of tokens that become free.
///
/// share(t, P) = s(t) (P ÷ P₀)^e, between 0 and 1, with s the share that holds on day t, P the price of
/// the oracle, P₀ the opening price and e the elasticity.
struct UnlockSale: Sendable, Equatable {
  struct Row: Sendable, Equatable {
    let day: Double
    let share: Double
  }

  /// Share that is sold until the first row's day, and from there on [1].
  let share: Double
  let rows: [Row]
  let elasticity: Double
  /// Days over which it is sold, in equal parts.
  let over: Double

  /// Nothing is sold.
  static let none = UnlockSale(share: 0, rows: [], elasticity: 0, over: 0)

  private init(share: Double, rows: [Row], elasticity: Double, over: Double) {
    (self.share, self.rows, self.elasticity, self.over) = (share, rows, elasticity, over)
  }

  init(reading fields: inout FieldReader) {
    share = fields.share(
      "saleShare", "share of what becomes free that is sold", default: 0.5,
      source: "assumption")
    over = fields.number(
      "sellOverDays", "days over which it is sold, in equal parts", unit: "days", in: 0...3650,
      default: 30, source: "model-facts §5.4: effects are seen over weeks; assumption")
    rows = fields.list("saleShares", "other shares from days on, in order") { row in
      Row(
        day: row.moment("from", "first day of the share"),
        share: row.share("share", "share of what becomes free that is sold"))
    }
    elasticity = fields.number(
      "salePriceElasticity", "by how many per cent more is sold at a price one per cent higher",
      in: -10...10, default: 0, source: "assumption: the price does not matter")
    if zip(rows, rows.dropFirst()).contains(where: { $0.day >= $1.day }) {
      fields.refuse(
        "saleShares", expected: "rows in order of their day",
        found: "a row that is not after the last", help: "sort the rows")
    }
  }

  /// The share that is sold of what becomes free [1].
  ///
  /// - Parameter price: of the oracle ÷ the opening price.
  func share(onDay day: Double, price: Double) -> Double {
    let base = rows.last { $0.day <= day }?.share ?? share
    if elasticity == 0 { return base }
    return min(max(base * Elementary.pow(max(price, 1e-9), elasticity), 0), 1)
  }
}
