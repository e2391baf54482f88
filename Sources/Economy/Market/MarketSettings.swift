import Configuration
import Kernel

/// Where the token trades, and what moves its price.
struct MarketSettings: Sendable {
  let rule: Rule
  let noise: Noise?
  /// What moves all tokens together; nil: nothing.
  let marketWide: MarketWide?
  /// Traders who follow the price; nil: none.
  let momentum: Momentum?
  /// What drives liquidity away; nil: it stays.
  let flight: LiquidityFlight?
  /// Time between two market steps.
  let every: SimDuration

  enum Rule: Sendable {
    case pool(Pool)
    case anchored(Pool, Anchor)
    case orderBook(OrderBook)
    case exogenous(PricePath)
    case networkValue(NetworkValue)
    case imbalance(Imbalance)
  }

  /// - Parameter isMovedByTrades: whether orders move the price, so that there can be traders who
  ///   follow it and liquidity that leaves.
  init(_ rule: Rule, isMovedByTrades: Bool = false, reading fields: inout FieldReader) {
    self.rule = rule
    noise = fields.rule("noise", "luck of the price", from: Noise.choices)
    every = .hours(
      fields.number(
        "marketEveryHours", "time between two market steps", unit: "h", in: 0.01...8760,
        default: 24))
    marketWide = fields.rule(
      "marketWide", "what moves the prices of all tokens together", from: MarketWide.choices)
    guard isMovedByTrades else {
      momentum = nil
      flight = nil
      return
    }
    momentum = fields.object("momentum", "speculators who follow the price") { fields in
      Momentum(reading: &fields)
    }
    flight = fields.object("liquidityFlight", "liquidity that leaves under stress") { fields in
      LiquidityFlight(reading: &fields)
    }
  }

  /// Every rule that can set the price.
  static let choices: [Choice<MarketSettings>] = [
    Pool.choice, Anchor.choice, OrderBook.choice, PricePath.constantChoice,
    PricePath.traceChoice, NetworkValue.choice, Imbalance.choice,
  ]

  static func openingPrice(_ fields: inout FieldReader) -> Double {
    fields.number("openingPriceUSD", "price at day 0", unit: "USD/token", in: 1e-9...1e9)
  }

  /// Price at the start [USD/token].
  var openingPrice: Double {
    switch rule {
    case .pool(let pool), .anchored(let pool, _): pool.openingPrice
    case .orderBook(let book): book.openingPrice
    case .exogenous(let path): path.price(day: 0)
    case .networkValue(let value): value.openingPrice
    case .imbalance(let imbalance): imbalance.openingPrice
    }
  }

  /// Whether trades have no depth that ends: all of them find the quoted price.
  var isGiven: Bool {
    switch rule {
    case .exogenous, .networkValue, .imbalance: true
    case .pool, .anchored, .orderBook: false
    }
  }

  /// Share of a trade's dollars that goes to the liquidity providers [1].
  var fee: Double {
    switch rule {
    case .pool(let pool), .anchored(let pool, _): pool.fee
    case .orderBook(let book): book.fee
    case .exogenous, .networkValue, .imbalance: 0
    }
  }

  /// What those who trade the token hold at the start, each in order of the ledger's opening.
  var endowments: [Endowment] {
    var list: [Endowment] = []
    switch rule {
    case .pool(let pool):
      list = [
        Endowment(.pool, pool.shareOfCap, pool.shareOfCap),
        Endowment(.speculators, pool.speculatorShare, pool.speculatorShare),
      ]
    case .anchored(let pool, let anchor):
      list = [
        Endowment(.pool, pool.shareOfCap, pool.shareOfCap),
        Endowment(.traders, anchor.dollarShare, anchor.tokenShare),
      ]
    case .orderBook(let book):
      list = [Endowment(.liquidity, book.makersShare, book.makersShare)]
    case .imbalance: list = [Endowment(.holders, 1, 0)]
    case .exogenous, .networkValue: break
    }
    if let momentum {
      list.append(Endowment(.followers, momentum.dollarShare, momentum.tokenShare))
    }
    return list
  }

  /// Dollars that those who trade the token hold at the start [USD]; an exchange has what is needed.
  func openingDollars(circulating: Double) -> Double {
    let cap = openingPrice * circulating
    return cap * endowments.reduce(0) { $0 + $1.dollarShare }
  }

  /// The key path of something that differs from `other` and that no amendment may change, or nil.
  func structuralDifference(from other: MarketSettings) -> String? {
    switch (rule, other.rule) {
    case (.pool(let a), .pool(let b)): if a != b { return "market" }
    case (.anchored(let a, let mine), .anchored(let b, let theirs)):
      if a != b || !mine.isSameAtStart(as: theirs) { return "market" }
    case (.orderBook(let a), .orderBook(let b)):
      if a.openingPrice != b.openingPrice || a.makersShare != b.makersShare { return "market" }
    case (.exogenous, .exogenous): break
    case (.networkValue(let a), .networkValue(let b)):
      if a.openingPrice != b.openingPrice { return "market" }
    case (.imbalance(let a), .imbalance(let b)):
      if a.openingPrice != b.openingPrice { return "market" }
    case (.pool, _), (.anchored, _), (.orderBook, _), (.exogenous, _), (.networkValue, _),
      (.imbalance, _):
      return "market.rule"
    }
    let means = [momentum, other.momentum].map { [$0?.dollarShare, $0?.tokenShare] }
    return means[0] == means[1] ? nil : "market.momentum"
  }
}

/// Dollars and tokens of an account at the start, each ÷ market cap.
struct Endowment: Sendable, Equatable {
  let account: Account
  let dollarShare: Double
  let tokenShare: Double

  init(_ account: Account, _ dollarShare: Double, _ tokenShare: Double) {
    self.account = account
    self.dollarShare = dollarShare
    self.tokenShare = tokenShare
  }
}
