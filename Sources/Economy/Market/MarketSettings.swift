import Configuration
import Kernel

/// Where the token trades, and what moves its price.
struct MarketSettings: Sendable {
  let rule: Rule
  let noise: Noise?
  /// Time between two market steps.
  let every: SimDuration

  enum Rule: Sendable {
    case pool(Pool)
    case anchored(Pool, Anchor)
    case exogenous(PricePath)
    case imbalance(Imbalance)
  }

  /// A constant-product pool: dollars x tokens stays, but for the fee.
  struct Pool: Sendable, Equatable {
    /// Price at the start [USD/token].
    let openingPrice: Double
    /// Tokens in the pool at the start ÷ circulating tokens; as many dollars' worth beside them.
    let shareOfCap: Double
    /// Share of the dollars of a trade that goes to the liquidity providers [1].
    let fee: Double
    /// Dollars and tokens of noise traders, each ÷ market cap.
    let speculatorShare: Double
  }

  /// Fundamental traders with finite means around a value.
  ///
  /// value = `valueYears` x annualised dollars that bought the token, to pay or to burn, over the
  /// trailing window ÷ circulating tokens [USD/token]. At each clearing they offer `response` x
  /// ln(value / price) of their dollars, or of their tokens when the price is above the value.
  struct Anchor: Sendable {
    let valueYears: Double
    let windowDays: Double
    let response: Double
    /// Their dollars and tokens at the start, each ÷ market cap.
    let dollarShare: Double
    let tokenShare: Double

    /// Whether the traders begin with the same window and means.
    func isSameAtStart(as other: Anchor) -> Bool {
      windowDays == other.windowDays && dollarShare == other.dollarShare
        && tokenShare == other.tokenShare
    }
  }

  /// A price that the network does not move: a constant, or a table of days and prices.
  struct PricePath: Sendable {
    let days: [Double]
    let prices: [Double]

    /// Price on a day: the last given on or before it [USD/token].
    func price(day: Double) -> Double {
      var low = 0
      var high = days.count
      while low < high {
        let middle = (low + high) / 2
        if days[middle] <= day { low = middle + 1 } else { high = middle }
      }
      return prices[max(low - 1, 0)]
    }
  }

  /// P ×= 1 + κ (burn - mint) / (burn + mint) at each settlement.
  struct Imbalance: Sendable, Equatable {
    let openingPrice: Double
    let kappa: Double
  }

  private init(_ rule: Rule, reading fields: inout FieldReader) {
    self.rule = rule
    noise = fields.rule("noise", "luck of the price", from: Noise.choices)
    every = .hours(
      fields.number(
        "marketEveryHours", "time between two market steps", unit: "h", in: 0.01...8760,
        default: 24))
  }

  /// Dollars that those who trade the token hold at the start [USD].
  func openingDollars(circulating: Double) -> Double {
    let cap = openingPrice * circulating
    return switch rule {
    case .pool(let pool): cap * (pool.shareOfCap + pool.speculatorShare)
    case .anchored(let pool, let anchor): cap * (pool.shareOfCap + anchor.dollarShare)
    case .exogenous: 0
    case .imbalance: cap
    }
  }

  /// Price at the start [USD/token].
  var openingPrice: Double {
    switch rule {
    case .pool(let pool), .anchored(let pool, _): pool.openingPrice
    case .exogenous(let path): path.price(day: 0)
    case .imbalance(let imbalance): imbalance.openingPrice
    }
  }
}

extension MarketSettings {
  private static func openingPrice(_ fields: inout FieldReader) -> Double {
    fields.number("openingPriceUSD", "price at day 0", unit: "USD/token", in: 1e-9...1e9)
  }

  private static func pool(_ fields: inout FieldReader) -> Pool {
    Pool(
      openingPrice: openingPrice(&fields),
      shareOfCap: fields.number(
        "poolShareOfCap", "tokens in the pool ÷ circulating tokens", in: 1e-6...1, default: 0.005,
        source: "model-facts §5.2: unknown; assumption, range 0.001 to 0.03"),
      fee: fields.number("fee", "share of a trade's dollars", in: 0...0.5, default: 0.003),
      speculatorShare: fields.number(
        "speculatorShareOfCap", "noise traders' dollars and tokens, each ÷ market cap",
        in: 0...10, default: 0.02))
  }

  /// Every rule that can set the price.
  static let choices: [Choice<MarketSettings>] = [
    Choice(name: "pool", summary: "A constant-product pool alone.", source: "exact") { fields in
      MarketSettings(.pool(pool(&fields)), reading: &fields)
    },
    Choice(
      name: "anchored", summary: "A pool, and fundamental traders with finite means.",
      source: "value: equation of exchange, model-facts §5.1; the traders are an assumption"
    ) { fields in
      let pool = pool(&fields)
      return MarketSettings(.anchored(pool, Anchor(reading: &fields)), reading: &fields)
    },
    Choice(
      name: "exogenous", summary: "A constant price; every trade is with the exchange.",
      source: "exact"
    ) { fields in
      let path = PricePath(days: [0], prices: [openingPrice(&fields)])
      return MarketSettings(.exogenous(path), reading: &fields)
    },
    Choice(
      name: "trace", summary: "The prices of a table; every trade is with the exchange.",
      source: "exact"
    ) { fields in
      MarketSettings(.exogenous(PricePath(reading: &fields)), reading: &fields)
    },
    Choice(
      name: "imbalance", summary: "Moves with burn against mint at each settlement.",
      source: "assumption; used by the speed yardstick"
    ) { fields in
      let imbalance = Imbalance(
        openingPrice: openingPrice(&fields),
        kappa: fields.number("kappa", "largest relative move of an epoch", in: 0...0.9))
      return MarketSettings(.imbalance(imbalance), reading: &fields)
    },
  ]
}

extension MarketSettings.Anchor {
  fileprivate init(reading fields: inout FieldReader) {
    valueYears = fields.number(
      "valueYears", "years of dollars that bought the token in its value", unit: "years",
      in: 0.01...1000, default: 12, source: "model-facts §7.1: sector cap ÷ revenue 12")
    windowDays = fields.number(
      "valueWindowDays", "window of those dollars", unit: "days", in: 1...3650, default: 90)
    response = fields.number(
      "response", "share of their means offered per unit of log gap at each clearing",
      in: 0...1, default: 0.25, source: "assumption")
    dollarShare = fields.number(
      "traderDollarsShareOfCap", "their dollars ÷ market cap", in: 0...10, default: 0.2,
      source: "assumption")
    tokenShare = fields.number(
      "traderTokensShareOfCap", "their tokens ÷ circulating tokens", in: 0...1, default: 0.1,
      source: "assumption")
  }
}

extension MarketSettings.PricePath {
  fileprivate init(reading fields: inout FieldReader) {
    let errors = fields.errorCount
    let table = fields.table("table", "days and prices, in order", isRequired: true)
    let days = fields.dates(
      "date", "column of the first day of each price", of: table,
      example: "start_date")
    let prices = fields.column("priceUSD", "the price [USD/token]", of: table)
    let ordered = zip(days, days.dropFirst()).allSatisfy { $0 < $1 }
    guard !days.isEmpty, days.count == prices.count, ordered,
      prices.allSatisfy({ 1e-9...1e9 ~= $0 })
    else {
      if table != nil, fields.errorCount == errors {
        fields.refuse(
          "table", expected: "a table of prices above 0 on days in order",
          found: "\(prices.count) prices",
          help: "sort the table and leave out days without a price")
      }
      self.days = [0]
      self.prices = [1]
      return
    }
    self.days = days
    self.prices = prices
  }
}
