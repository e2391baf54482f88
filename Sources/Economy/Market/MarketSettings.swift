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

  /// What those who trade the token hold when the market opens, each in order of the ledger's opening.
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

  /// How fundamental traders value the token; nil: there are none.
  var anchor: Anchor? {
    if case .anchored(_, let anchor) = rule { anchor } else { nil }
  }

  /// Which rule it is.
  var kind: Any.Type {
    switch rule {
    case .pool: Pool.self
    case .anchored: Anchor.self
    case .orderBook: OrderBook.self
    case .exogenous: PricePath.self
    case .networkValue: NetworkValue.self
    case .imbalance: Imbalance.self
    }
  }
}

/// Dollars and tokens of an account when its market opens, each ÷ market cap.
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
