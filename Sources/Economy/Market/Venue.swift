import Kernel

/// The price at which all orders of one clearing trade: dollars per tokens, or a given price.
enum Quote: Sendable {
  /// Micro-dollars for base units of the token; divisions round in the pool's favour.
  case ratio(dollars: Int64, tokens: Int64)
  /// Micro-dollars for one base unit.
  case price(Double)
  /// The same, on a book that has been set so that what all orders are due is there.
  case book(Double)

  /// Base units of the token for micro-dollars, rounded down.
  func tokens(for dollars: Int64) -> Int64 {
    switch self {
    case .ratio(let numerator, let denominator):
      Quote.scaled(dollars, by: denominator, over: numerator)
    case .price(let price), .book(let price):
      dollars == 0 ? 0 : Quote.whole(Double(dollars) / price)
    }
  }

  /// Micro-dollars for base units of the token, rounded down.
  func dollars(for tokens: Int64) -> Int64 {
    switch self {
    case .ratio(let numerator, let denominator):
      Quote.scaled(tokens, by: numerator, over: denominator)
    case .price(let price), .book(let price): Quote.whole(Double(tokens) * price)
    }
  }

  /// Micro-dollars for one base unit.
  var price: Double {
    switch self {
    case .ratio(let dollars, let tokens): Double(dollars) / Double(tokens)
    case .price(let price), .book(let price): price
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
  /// What one of the traders of the venue wants of a clearing [micro-dollars, base units].
  struct Order: Sendable {
    let account: Account
    var dollars: Int64
    var tokens: Int64

    init(_ account: Account, dollars: Int64 = 0, tokens: Int64 = 0) {
      self.account = account
      self.dollars = dollars
      self.tokens = tokens
    }
  }

  /// Parameter: base units in one token.
  let scale: Double
  /// Parameter: price at the start [USD/token].
  let openingPrice: Double
  /// State: what a rule without a pool quotes, before luck, impact and shocks [USD/token].
  private var quoted: Double
  /// State: luck of the price, and what of it the last step brought.
  private var luck = PriceLuck()
  private var noiseStep = 0.0
  /// State: of an order book, the net flow that still weighs [days of volume].
  private(set) var flow = 0.0
  /// State: of an order book, depth that shocks and providers have left of it [1].
  var depth = 1.0
  /// State: what providers remember, where liquidity can leave.
  var providers = LiquidityFlight.Memory()
  /// State: multiplier that price shocks have left on the value or the given price.
  var shockFactor = 1.0
  /// State: what traders know of an amendment to come; nil: nothing.
  var outlook: Outlook?
  /// Whether the counterparty of a given price once had less than it should have paid out.
  private(set) var ranDry = false
  /// State: whether market makers once had too little for the price that the book would have made.
  private(set) var hasSpentMakers = false
  /// State: what traders remember of the network's business.
  var window: SpendingWindow

  /// What traders reckon with once an amendment is announced.
  struct Outlook: Sendable {
    let anchor: MarketSettings.Anchor
    let payment: PaymentSplit
    /// What is in force until then.
    let before: PaymentSplit
  }

  /// - Parameter anchors: how traders value the token, stage by stage.
  init(
    _ market: MarketSettings, token: TokenSettings, epochDays: Double,
    payment: PaymentSplit? = nil, anchors: [MarketSettings.Anchor]
  ) {
    scale = Elementary.pow(10, Double(token.decimals)).rounded()
    openingPrice = market.openingPrice
    quoted = openingPrice
    window = SpendingWindow(
      for: anchors, cap: openingPrice * token.circulating, epochDays: epochDays, payment: payment)
  }

  /// Logarithmic level of luck.
  var noiseLevel: Double { luck.level }

  /// The counterparty of every trade.
  static func counterparty(_ rule: MarketSettings.Rule) -> Account {
    switch rule {
    case .pool, .anchored: .pool
    case .orderBook: .liquidity
    case .exogenous, .networkValue: .exchange
    case .imbalance: .holders
    }
  }

  /// Price of the last bit traded [USD/token].
  func price(_ rule: MarketSettings.Rule, _ ledger: Ledger) -> Double {
    switch rule {
    case .pool, .anchored:
      let dollars = Double(ledger.balance(.dollars, of: .pool)) / 1e6
      return dollars / (Double(ledger.balance(.token, of: .pool)) / scale)
    case .orderBook(let book):
      return reference * Elementary.exp((1 - book.permanentShare) * book.impact(flow))
    case .exogenous, .networkValue, .imbalance: return reference
    }
  }

  /// What a rule without a pool quotes where no trade weighs [USD/token].
  private var reference: Double { quoted * Elementary.exp(noiseLevel) * shockFactor }

  /// Takes the luck of a market step that ends on a day.
  mutating func step(
    _ noise: Noise?, _ wide: MarketWide? = nil, days: Double, day: Double = 0, luck: Luck,
    index: Int
  ) {
    let before = noiseLevel
    self.luck.step(noise, wide, days: days, day: day, luck: luck, index: index)
    noiseStep = noiseLevel - before
  }

  /// Moves a price without a pool by what the time since the last step did to it.
  mutating func follow(
    _ rule: MarketSettings.Rule, day: Double, days: Double = 0, nodes: Int = 0,
    openingNodes: Int = 0
  ) {
    switch rule {
    case .exogenous(let path): quoted = path.price(day: day)
    case .networkValue(let value):
      quoted = value.price(after: quoted, days: days, nodes: nodes, openingNodes: openingNodes)
    case .orderBook(let book): flow = book.decayed(flow, days: days)
    case .pool, .anchored, .imbalance: break
    }
  }

  /// Moves the price by an epoch's burn against its mint.
  mutating func balance(_ rule: MarketSettings.Rule, burned: Double, minted: Double) {
    guard case .imbalance(let imbalance) = rule else { return }
    quoted = imbalance.price(after: quoted, burned: burned, minted: minted)
  }

  /// What fundamental traders take the token to be worth [USD/token].
  func value(_ anchor: MarketSettings.Anchor, circulating: Double) -> Double {
    let yearly =
      outlook.map { window.yearly($0.anchor, under: $0.payment, before: $0.before) }
      ?? window.yearly(anchor)
    let years = (outlook?.anchor ?? anchor).years
    return years * yearly / circulating * Elementary.exp(noiseLevel) * shockFactor
  }

  /// An amendment that traders had reckoned with is in force.
  mutating func takeOver(buying payment: PaymentSplit) {
    if let before = outlook?.before { window.takeOver(payment, before: before) }
  }

  /// Another rule goes on from a price [USD/token]; whom the old one remembers is forgotten. A price
  /// that is given is what it says: the luck so far is not its own.
  mutating func reopen(at price: Double, isGiven: Bool) {
    if isGiven { luck = PriceLuck() }
    if reference > 0 { quoted = min(max(price / (reference / quoted), 1e-300), 1e300) }
    (flow, depth, providers) = (0, 1, LiquidityFlight.Memory())
  }

  /// Clears all orders of one moment at one price, the traders of the venue among them.
  ///
  /// `buys` are micro-dollars net of the fee, `sells` base units. With reserves Y and X and total
  /// orders B and S the one net trade of a constant-product pool has the average price
  /// (Y + B) ÷ (X + S), at which every order trades; an order book has its own.
  ///
  /// - Parameter followers: an order of the venue's traders beside those of its rule.
  mutating func clear(
    buys: Int64, sells: Int64, _ rule: MarketSettings.Rule, circulating: Double, steps: Bool,
    followers: Order? = nil, _ ledger: inout Ledger
  ) -> Quote {
    var orders = followers.map { [$0] } ?? []
    let buys = orders.reduce(buys) { $0 + $1.dollars }
    let sells = orders.reduce(sells) { $0 + $1.tokens }
    let quote: Quote
    switch rule {
    case .exogenous, .networkValue, .imbalance:
      return .price(price(rule, ledger) * 1e6 / scale)
    case .orderBook(let book):
      quote = meet(buys: buys, sells: sells, book, circulating: circulating, ledger)
    case .pool:
      let order = steps ? speculation(ledger) : Order(.speculators)
      quote = ratio(buys: buys, sells: sells, order, ledger)
      orders.append(order)
    case .anchored(_, let anchor):
      let order = fundamentalOrder(
        anchor, buys: buys, sells: sells, value: value(anchor, circulating: circulating), ledger)
      quote = ratio(buys: buys, sells: sells, order, ledger)
      orders.append(order)
    }
    for order in orders {
      buy(with: order.dollars, by: order.account, at: quote, fee: 0, rule, &ledger)
    }
    for order in orders {
      sell(order.tokens, by: order.account, at: quote, fee: 0, rule, &ledger)
    }
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

  /// What the counterparty can pay out. A pool or a book pays all that is due, though it may be short
  /// until the other orders of the clearing have been paid in; at a given price there is nothing to
  /// come.
  private mutating func payable(_ due: Int64, at quote: Quote, from balance: Int64) -> Int64 {
    switch quote {
    case .ratio, .book: return due
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
  /// Largest impact on an order book that is reckoned with: the price times or divided by e^30.
  private static let furthest = 30.0

  /// An order rounded down, and no more than there is: a large balance is not exact as a Double.
  static func part(_ wanted: Double, of balance: Int64) -> Int64 {
    wanted < Double(balance) ? min(Int64(max(wanted, 0)), balance) : balance
  }

  /// What noise traders do so that the pool's price would move by the luck of this step.
  private func speculation(_ ledger: Ledger) -> Order {
    if noiseStep > 0 {
      let wanted =
        Double(ledger.balance(.dollars, of: .pool)) * Elementary.expm1(noiseStep / 2)
      return Order(
        .speculators, dollars: Venue.part(wanted, of: ledger.balance(.dollars, of: .speculators)))
    }
    let wanted = Double(ledger.balance(.token, of: .pool)) * Elementary.expm1(-noiseStep / 2)
    return Order(
      .speculators, tokens: Venue.part(wanted, of: ledger.balance(.token, of: .speculators)))
  }

  /// The price of a pool with all that is paid in.
  private func ratio(buys: Int64, sells: Int64, _ order: Order, _ ledger: Ledger) -> Quote {
    .ratio(
      dollars: ledger.balance(.dollars, of: .pool) + buys + order.dollars,
      tokens: ledger.balance(.token, of: .pool) + sells + order.tokens)
  }

  /// The one price at which an order book takes a net flow, found by bisection, and the flow that then
  /// weighs.
  ///
  /// The net flow falls in the price, and the price asked rises with the flow: one crossing.
  private mutating func meet(
    buys: Int64, sells: Int64, _ book: MarketSettings.OrderBook, circulating: Double,
    _ ledger: Ledger
  ) -> Quote {
    let (dollars, tokens) = (Double(buys) / 1e6, Double(sells) / scale)
    let volume = book.turnover * circulating * reference * depth * providers.stays
    let start = flow
    let stays = book.permanentShare * book.impact(start)
    let base = reference
    func asked(_ end: Double) -> Double {
      let impact = book.meanImpact(from: start, to: end) - stays
      return base * Elementary.exp(min(max(impact, -Self.furthest), Self.furthest))
    }
    let alone = asked(start)
    guard volume > 0, alone > 0, buys > 0 || sells > 0 else { return .price(alone * 1e6 / scale) }
    func end(_ price: Double) -> Double { start + (dollars - tokens * price) / volume }
    var (low, high) = (alone, alone)
    if end(alone) > start {
      high = asked(start + dollars / volume)
      if tokens > 0 { high = min(high, dollars / tokens) }
    } else {
      low = max(asked(end(alone)), tokens > 0 ? dollars / tokens : 0)
    }
    for _ in 0..<60 {
      let middle = low + (high - low) / 2
      if asked(end(middle)) > middle { low = middle } else { high = middle }
    }
    var price = low + (high - low) / 2
    flow = end(price)
    // What makers have is all that can be paid out; a little less, for the rounding.
    let purse = Double(ledger.balance(.dollars, of: .liquidity)) / 1e6 * (1 - 1e-9)
    let stock = Double(ledger.balance(.token, of: .liquidity)) / scale * (1 - 1e-9)
    let most = tokens > 0 ? (purse + dollars) / tokens : .infinity
    let least = dollars / (stock + tokens)
    if price > most || price < least {
      hasSpentMakers = true
      // Who buys where makers have no token left gets none.
      price = min(max(price, least), most, 1e290)
      let impact = Elementary.log(min(max(price / base, 1e-12), 1e12)) + stays
      flow = book.flow(impact)
    }
    let widest = book.flow(Self.furthest)
    flow = min(max(flow, -widest), widest)
    let stayed =
      quoted
      * Elementary.exp(
        book.permanentShare * (book.impact(flow) - book.impact(start)))
    quoted = min(max(stayed, openingPrice / 1e12), openingPrice * 1e12)
    return .book(price * 1e6 / scale)
  }

  /// What fundamental traders offer at the one price that then clears, found by bisection.
  ///
  /// Their offer falls as the price nears the value, so the average price of the net trade falls
  /// in the price asked: one crossing.
  private func fundamentalOrder(
    _ anchor: MarketSettings.Anchor, buys: Int64, sells: Int64, value: Double, _ ledger: Ledger
  ) -> Order {
    let dollars = Double(ledger.balance(.dollars, of: .pool) + buys)
    let tokens = Double(ledger.balance(.token, of: .pool) + sells)
    let purse = ledger.balance(.dollars, of: .traders)
    let stock = ledger.balance(.token, of: .traders)
    let means = (dollars: Double(purse), tokens: Double(stock))
    let worth = value * 1e6 / scale
    let alone = dollars / tokens
    guard worth > 0 else {
      return Order(.traders, tokens: Venue.part(means.tokens * anchor.response, of: stock))
    }
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
    return Order(
      .traders, dollars: Venue.part(order.dollars, of: purse),
      tokens: Venue.part(order.tokens, of: stock))
  }
}
