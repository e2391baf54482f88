import Configuration

/// Something that happens to the network from outside, on a date.
struct Shock: Sendable, Equatable {
  /// What it acts on.
  enum Target: String, CaseIterable, Sendable {
    /// Arrivals of jobs are multiplied.
    case demand
    /// Tariffs of all operators are multiplied.
    case electricity
    /// Prices of the clouds are multiplied.
    case cloudPrice
    /// The value that fundamental traders see, or an exogenous price, is multiplied.
    case price
    /// A share of the circulating tokens is sold by holders at the next market step.
    case sale
    /// The pool is multiplied: liquidity leaves or comes.
    case liquidity
  }

  let name: String
  let target: Target
  let day: Double
  /// Days until it is over; nil: it stays.
  let lasting: Double?
  /// Size at intensity 1: a factor, or for a sale the share.
  private let size: Double
  /// Scales the size: 0 none, 1 as written.
  private let intensity: Double

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    target = fields.choice("target", "what it acts on")
    day = fields.moment("on", "day on which it begins")
    lasting = fields.optionalNumber(
      "lastingDays", "days until it is over", unit: "days", in: 0.01...1e5)
    let isSale = target == .sale
    size = fields.number(
      isSale ? "share" : "factor", isSale ? "share of circulating tokens" : "multiplier",
      in: isSale ? 0...1 : 0...1000)
    intensity = fields.number(
      "intensity", "0 is no shock, 1 the shock as written", in: 0...100, default: 1)
  }

  /// The multiplier: exactly 1 at intensity 0, exactly the size at intensity 1.
  var factor: Double { max(0, size * intensity + (1 - intensity)) }

  /// The share of a sale, 0 at intensity 0.
  var share: Double { min(1, size * intensity) }
}
