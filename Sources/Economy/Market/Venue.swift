import Kernel

/// The price at which all orders of one clearing trade: dollars per tokens, or a given price.
enum Quote: Sendable {
  /// Micro-dollars for base units of the token; divisions round in the pool's favour.
  case ratio(dollars: Int64, tokens: Int64)
  /// Micro-dollars for one base unit.
  case price(Double)

  /// Base units of the token for micro-dollars, rounded down.
  func tokens(for dollars: Int64) -> Int64 {
    switch self {
    case .ratio(let numerator, let denominator):
      Quote.scaled(dollars, by: denominator, over: numerator)
    case .price(let price): dollars == 0 ? 0 : Quote.whole(Double(dollars) / price)
    }
  }

  /// Micro-dollars for base units of the token, rounded down.
  func dollars(for tokens: Int64) -> Int64 {
    switch self {
    case .ratio(let numerator, let denominator):
      Quote.scaled(tokens, by: numerator, over: denominator)
    case .price(let price): Quote.whole(Double(tokens) * price)
    }
  }

  /// Micro-dollars for one base unit.
  var price: Double {
    switch self {
    case .ratio(let dollars, let tokens): Double(dollars) / Double(tokens)
    case .price(let price): price
    }
  }

  private static func scaled(_ amount: Int64, by factor: Int64, over divisor: Int64) -> Int64 {
    Int64(Int128(amount) * Int128(factor) / Int128(divisor))
  }

  /// Rounded down, and no more than any account can hold: a price may be 0.
  private static func whole(_ amount: Double) -> Int64 {
    Int64(min(amount, 4.6e18).rounded(.down))
  }
}

/// Where the token trades: the state behind the market rule, and its clearings.
struct Venue: Sendable {
  /// Parameter: base units in one token.
  let scale: Double
  /// Parameter: price at the start [USD/token].
  let openingPrice: Double
  /// State: what the given and the imbalance rule quote, before luck and shocks [USD/token].
  private var quoted: Double
  /// State: logarithmic level of luck.
  private(set) var noiseLevel = 0.0
  private var noiseStep = 0.0
  /// State: multiplier that price shocks have left on the value or the given price.
  var shockFactor = 1.0
  /// Whether the counterparty of a given price once had less than it should have paid out.
  private(set) var ranDry = false
  /// State: dollars that bought the token, by epoch, over the value's window [USD].
  private var spending: [Double]
  private var oldest = 0
  private let windowDays: Double

  init(_ market: MarketSettings, token: TokenSettings, epochDays: Double) {
    scale = Elementary.pow(10, Double(token.decimals)).rounded()
    openingPrice = market.openingPrice
    quoted = openingPrice
    guard case .anchored(_, let anchor) = market.rule else {
      spending = []
      windowDays = 1
      return
    }
    let epochs = max(1, Int((anchor.windowDays / epochDays).rounded()))
    windowDays = Double(epochs) * epochDays
    // Before day 0 the network is taken to have earned what the opening price says.
    let yearly = openingPrice * token.circulating / anchor.valueYears
    spending = Array(repeating: yearly / Span.daysPerYear * epochDays, count: epochs)
  }

  /// The counterparty of every trade.
  static func counterparty(_ rule: MarketSettings.Rule) -> Account {
    switch rule {
    case .pool, .anchored: .pool
    case .exogenous: .exchange
    case .imbalance: .holders
    }
  }

  /// Price of the last bit traded [USD/token].
  func price(_ rule: MarketSettings.Rule, _ ledger: Ledger) -> Double {
    switch rule {
    case .pool, .anchored:
      let dollars = Double(ledger.balance(.dollars, of: .pool)) / 1e6
      return dollars / (Double(ledger.balance(.token, of: .pool)) / scale)
    case .exogenous, .imbalance:
      return quoted * Elementary.exp(noiseLevel) * shockFactor
    }
  }

  /// Takes the luck of a market step.
  mutating func step(_ noise: Noise?, days: Double, luck: Luck, index: Int) {
    guard let noise else {
      noiseStep = 0
      return
    }
    var stream = luck.stream(.marketNoise, entity: 0, index: UInt32(truncatingIfNeeded: index))
    let level = noise.level(
      after: noiseLevel, days: days, normal: Elementary.normalQuantile(stream.uniform()))
    noiseStep = level - noiseLevel
    noiseLevel = level
  }

  /// Moves a given price to its value on a day.
  mutating func follow(_ rule: MarketSettings.Rule, day: Double) {
    if case .exogenous(let path) = rule { quoted = path.price(day: day) }
  }

  /// Moves the price by an epoch's burn against its mint.
  mutating func balance(_ rule: MarketSettings.Rule, burned: Double, minted: Double) {
    guard case .imbalance(let imbalance) = rule, burned + minted > 0 else { return }
    quoted *= 1 + imbalance.kappa * (burned - minted) / (burned + minted)
  }

  /// Notes an epoch's dollars that bought the token.
  mutating func record(spending dollars: Double) {
    guard !spending.isEmpty else { return }
    spending[oldest] = dollars
    oldest = (oldest + 1) % spending.count
  }

  /// What fundamental traders take the token to be worth [USD/token].
  func value(_ anchor: MarketSettings.Anchor, circulating: Double) -> Double {
    let yearly = spending.reduce(0, +) / windowDays * Span.daysPerYear
    return anchor.valueYears * yearly / circulating * Elementary.exp(noiseLevel) * shockFactor
  }

  /// Clears all orders of one moment at one price, the traders of the venue among them.
  ///
  /// `buys` are micro-dollars net of the fee, `sells` base units. With reserves Y and X and total
  /// orders B and S the one net trade of a constant-product pool has the average price
  /// (Y + B) ÷ (X + S), at which every order trades.
  mutating func clear(
    buys: Int64, sells: Int64, _ rule: MarketSettings.Rule, circulating: Double, steps: Bool,
    _ ledger: inout Ledger
  ) -> Quote {
    var buyers: (account: Account, dollars: Int64) = (.traders, 0)
    var sellers: (account: Account, tokens: Int64) = (.traders, 0)
    switch rule {
    case .exogenous, .imbalance:
      return .price(price(rule, ledger) * 1e6 / scale)
    case .pool:
      if steps {
        let order = speculation(ledger)
        buyers = (.speculators, order.dollars)
        sellers = (.speculators, order.tokens)
      }
    case .anchored(_, let anchor):
      let order = fundamentalOrder(
        anchor, buys: buys, sells: sells, value: value(anchor, circulating: circulating), ledger)
      buyers.dollars = order.dollars
      sellers.tokens = order.tokens
    }
    let quote = Quote.ratio(
      dollars: ledger.balance(.dollars, of: .pool) + buys + buyers.dollars,
      tokens: ledger.balance(.token, of: .pool) + sells + sellers.tokens)
    buy(with: buyers.dollars, by: buyers.account, at: quote, fee: 0, rule, &ledger)
    sell(sellers.tokens, by: sellers.account, at: quote, fee: 0, rule, &ledger)
    return quote
  }

  /// Buys for `dollars` in all; the fee stays with the liquidity providers.
  /// - Returns: base units bought; at a given price no more than the counterparty has.
  @discardableResult
  mutating func buy(
    with dollars: Int64, by account: Account, at quote: Quote, fee: Double,
    _ rule: MarketSettings.Rule, _ ledger: inout Ledger
  ) -> Int64 {
    let charge = Venue.charge(on: dollars, fee)
    let counterparty = Venue.counterparty(rule)
    let tokens = payable(
      quote.tokens(for: dollars - charge), at: quote, from: ledger.balance(.token, of: counterparty)
    )
    ledger.settle(.dollars, charge, from: account, to: .liquidity, .tradingFee)
    ledger.settle(.dollars, dollars - charge, from: account, to: counterparty, .tokenPurchase)
    ledger.settle(.token, tokens, from: counterparty, to: account, .tokenPurchase)
    return tokens
  }

  /// Sells base units.
  /// - Returns: micro-dollars received, net of the fee; at a given price no more than the
  ///   counterparty has.
  @discardableResult
  mutating func sell(
    _ tokens: Int64, by account: Account, at quote: Quote, fee: Double,
    _ rule: MarketSettings.Rule, _ ledger: inout Ledger
  ) -> Int64 {
    let counterparty = Venue.counterparty(rule)
    let proceeds = payable(
      quote.dollars(for: tokens), at: quote, from: ledger.balance(.dollars, of: counterparty))
    let charge = Venue.charge(on: proceeds, fee)
    ledger.settle(.token, tokens, from: account, to: counterparty, .tokenSale)
    ledger.settle(.dollars, proceeds - charge, from: counterparty, to: account, .tokenSale)
    ledger.settle(.dollars, charge, from: counterparty, to: .liquidity, .tradingFee)
    return proceeds - charge
  }

  /// What the counterparty can pay out. A pool pays all that is due, though it may be short until
  /// the other orders of the clearing have been paid in; at a given price there is nothing to come.
  private mutating func payable(_ due: Int64, at quote: Quote, from balance: Int64) -> Int64 {
    switch quote {
    case .ratio: return due
    case .price:
      if balance < due { ranDry = true }
      return min(due, balance)
    }
  }

  /// The fee on a trade, rounded up [micro-dollars].
  static func charge(on dollars: Int64, _ fee: Double) -> Int64 {
    Int64((Double(dollars) * fee).rounded(.up))
  }
}

extension Venue {
  /// An order rounded down, and no more than there is: a large balance is not exact as a Double.
  private static func part(_ wanted: Double, of balance: Int64) -> Int64 {
    wanted < Double(balance) ? min(Int64(max(wanted, 0)), balance) : balance
  }

  /// What noise traders do so that the pool's price would move by the luck of this step.
  private func speculation(_ ledger: Ledger) -> (dollars: Int64, tokens: Int64) {
    if noiseStep > 0 {
      let wanted =
        Double(ledger.balance(.dollars, of: .pool)) * Elementary.expm1(noiseStep / 2)
      return (Venue.part(wanted, of: ledger.balance(.dollars, of: .speculators)), 0)
    }
    let wanted = Double(ledger.balance(.token, of: .pool)) * Elementary.expm1(-noiseStep / 2)
    return (0, Venue.part(wanted, of: ledger.balance(.token, of: .speculators)))
  }

  /// What fundamental traders offer at the one price that then clears, found by bisection.
  ///
  /// Their offer falls as the price nears the value, so the average price of the net trade falls
  /// in the price asked: one crossing.
  private func fundamentalOrder(
    _ anchor: MarketSettings.Anchor, buys: Int64, sells: Int64, value: Double, _ ledger: Ledger
  ) -> (dollars: Int64, tokens: Int64) {
    let dollars = Double(ledger.balance(.dollars, of: .pool) + buys)
    let tokens = Double(ledger.balance(.token, of: .pool) + sells)
    let purse = ledger.balance(.dollars, of: .traders)
    let stock = ledger.balance(.token, of: .traders)
    let means = (dollars: Double(purse), tokens: Double(stock))
    let worth = value * 1e6 / scale
    let alone = dollars / tokens
    guard worth > 0 else { return (0, Venue.part(means.tokens * anchor.response, of: stock)) }
    func offer(_ price: Double) -> (dollars: Double, tokens: Double) {
      let gap = min(max(anchor.response * Elementary.log(worth / price), -1), 1)
      return gap >= 0 ? (gap * means.dollars, 0) : (0, -gap * means.tokens)
    }
    var low = min(alone, worth)
    var high = max(alone, worth)
    for _ in 0..<60 {
      let middle = low + (high - low) / 2
      let order = offer(middle)
      if (dollars + order.dollars) / (tokens + order.tokens) > middle {
        low = middle
      } else {
        high = middle
      }
    }
    let order = offer(low + (high - low) / 2)
    return (Venue.part(order.dollars, of: purse), Venue.part(order.tokens, of: stock))
  }
}
