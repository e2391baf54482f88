import Configuration
import Kernel

/// What the protocol spends of its own: costs, grants, top-ups, and the tokens it lends or sells.
struct TreasurySettings: Sendable {
  /// Dollars at day 0, beside the tokens of token.treasury [USD].
  let openingDollars: Double
  /// [USD/month]
  let operating: Double
  let grants: [Grant]
  let topUp: TopUp?
  let sale: TreasurySale?
  let loan: LiquidityLoan?

  init(reading fields: inout FieldReader) {
    openingDollars = fields.number(
      "openingUSD", "dollars at day 0, beside token.treasury", unit: "USD", in: 0...1e12,
      default: 0)
    operating = fields.number(
      "operatingUSDPerMonth", "what running the protocol costs", unit: "USD/month", in: 0...1e10,
      default: 0)
    grants = fields.named("grants", "what it gives away, by name") { name, grant in
      Grant(name: name, reading: &grant)
    }.map(\.value)
    topUp = fields.object("topUp", "what it adds to the pay of idle nodes") { TopUp(reading: &$0) }
    sale = fields.object("sale", "tokens that it sells for dollars") { TreasurySale(reading: &$0) }
    loan = fields.object("marketMaking", "what it lends to the pool, where the market has one") {
      LiquidityLoan(reading: &$0)
    }
  }
}

/// Dollars and tokens given away month by month, as far as the treasury goes.
struct Grant: Sendable {
  /// Who gets it: tokens for users and the world are holders', who sell their part.
  enum Receiver: String, CaseIterable, Sendable { case users, operators, world }

  let name: String
  let dollars: Double
  let tokens: Double
  let receiver: Receiver
  let from: Double
  let until: Double?
  let saleShare: Double

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    dollars = fields.number(
      "usdPerMonth", "dollars of a month", unit: "USD/month", in: 0...1e10, default: 0)
    tokens = fields.number(
      "tokensPerMonth", "tokens of a month", unit: "tokens/month", in: 0...1e12, default: 0,
      source: "protocols-render §1.2: Render grants 123,033 tokens a month in year 3")
    receiver = fields.choice(
      "to", "who gets it: operators by their nodes, users, or the world outside",
      default: Receiver.world)
    from = fields.moment("from", "first day", default: 0)
    until = fields.optionalMoment("until", "day after the last", example: "2026-12-31")
    saleShare = fields.share(
      "saleShare", "of tokens for users and the world, the part sold at the next market step",
      default: 0.7, source: "model-facts §5.4; assumption")
  }

  func isOpen(on day: Double) -> Bool { day > from && day <= until ?? .infinity }
}

/// Operators are paid as if their nodes had been busy for a part of the time that they were online.
struct TopUp: Sendable {
  let utilisation: Double
  let monthlyCap: Double?
  let until: Double?

  init(reading fields: inout FieldReader) {
    utilisation = fields.share(
      "utilisation", "busy part of the time online that is paid for at least", default: 0.6,
      source: "protocols-render §3.4: Akash PIP3 guarantees near 60 %")
    monthlyCap = fields.optionalNumber(
      "capUSDPerMonth", "most dollars of a month", unit: "USD/month", in: 0...1e10,
      example: 100_000)
    until = fields.optionalMoment("until", "day on which it ends", example: "2026-12-31")
  }
}

/// Tokens are sold at the next market step where dollars are few.
struct TreasurySale: Sendable {
  let keep: Double
  /// [tokens/month]
  let most: Double?

  init(reading fields: inout FieldReader) {
    keep = fields.number(
      "keepUSD", "dollars below which tokens are sold for what is missing", unit: "USD",
      in: 0...1e12, example: 100_000)
    most = fields.optionalNumber(
      "mostTokensPerMonth", "most tokens of a month", unit: "tokens/month", in: 0...1e12,
      example: 100_000)
  }
}

/// Dollars, and tokens of the same worth, that stand in the pool for a time.
struct LiquidityLoan: Sendable {
  let dollars: Double
  let from: Double
  let until: Double?

  init(reading fields: inout FieldReader) {
    dollars = fields.number(
      "usd", "dollars lent, with tokens of the same worth", unit: "USD", in: 0...1e12,
      source: "protocols-render §3.4: Akash, depth $100K to $400K", example: 100_000)
    from = fields.moment("from", "day on which it is lent", default: 0)
    until = fields.optionalMoment(
      "until", "day on which it comes back", example: "2026-12-31")
  }
}
