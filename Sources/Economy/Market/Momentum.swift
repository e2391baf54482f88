import Configuration
import Kernel

/// Speculators who buy after rises and sell after falls, with means of their own.
///
/// At each market step, with r the change of the log price over the window, they offer
/// min(1, response × |r|) of their dollars where r > 0 and of their tokens where r < 0. Who has
/// nothing moves nothing.
struct Momentum: Sendable, Equatable {
  let window: SimDuration
  let response: Double
  /// Their dollars and tokens at the start, each ÷ market cap.
  let dollarShare: Double
  let tokenShare: Double

  /// What they offer of their dollars, or of their tokens [base units].
  func order(from before: Double, to price: Double, dollars: Int64, tokens: Int64) -> Venue.Order {
    guard before > 0, price > 0 else { return Venue.Order(.followers) }
    let change = Elementary.log(price / before)
    let share = min(1, response * change.magnitude)
    return change > 0
      ? Venue.Order(.followers, dollars: Venue.part(share * Double(dollars), of: dollars))
      : Venue.Order(.followers, tokens: Venue.part(share * Double(tokens), of: tokens))
  }
}

extension Momentum {
  init(reading fields: inout FieldReader) {
    window = .days(
      fields.number(
        "windowDays", "time over which they look at the price", unit: "days", in: 0.01...3650,
        default: 7, source: "assumption"))
    response = fields.number(
      "response", "share of their means offered per unit of change of the log price", in: 0...100,
      default: 0.5, source: "assumption")
    dollarShare = fields.number(
      "dollarsShareOfCap", "their dollars ÷ market cap", in: 0...10, default: 0.02,
      source: "assumption")
    tokenShare = fields.number(
      "tokensShareOfCap", "their tokens ÷ circulating tokens", in: 0...1, default: 0.02,
      source: "assumption")
  }
}
