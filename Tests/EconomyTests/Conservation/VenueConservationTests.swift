import Kernel
import TestSupport
import Testing

@testable import Economy

/// Random orders, steps and shocks on every venue whose price trades move.
struct VenueConservationTests {
  private enum Operation {
    /// Orders of one clearing: buyers' dollars, sellers' tokens, what followers spend and sell.
    case trade(buys: Int64, sells: Int64, followers: (dollars: Int64, tokens: Int64))
    /// A market step with its luck, so many hours after the last.
    case step(hours: Int64)
    /// Depth of an order book is scaled, value by shocks too [per mille].
    case shock(Int64)
  }

  private static func draw(_ stream: inout RandomStream) -> Operation {
    func amount() -> Int64 {
      // From nothing to 2^40, every order of magnitude alike.
      let bits = stream.below(41)
      return bits == 0 ? 0 : Int64(stream.nextWord64() >> UInt64(64 - bits))
    }
    switch stream.below(8) {
    case 0: return .step(hours: Int64(stream.below(240)))
    case 1: return .shock(1 + Int64(stream.below(3000)))
    default:
      return .trade(
        buys: stream.below(3) == 0 ? 0 : amount(), sells: stream.below(3) == 0 ? 0 : amount(),
        followers: stream.below(3) == 0 ? (amount(), 0) : (0, 0))
    }
  }

  private static func simpler(_ operation: Operation) -> [Operation] {
    switch operation {
    case .trade(let buys, let sells, let followers):
      simplerAmounts(than: buys).map { .trade(buys: $0, sells: sells, followers: followers) }
        + simplerAmounts(than: sells).map { .trade(buys: buys, sells: $0, followers: followers) }
        + simplerAmounts(than: followers.dollars)
        .map { .trade(buys: buys, sells: sells, followers: ($0, 0)) }
    case .step(let hours): simplerAmounts(than: hours).map { .step(hours: $0) }
    case .shock(let factor): factor == 1000 ? [] : [.shock(1000)]
    }
  }

  /// What is wrong after one operation, in a sentence.
  private static func fault(
    _ operation: Operation, number: Int, _ market: MarketSettings, _ bench: inout VenueBench
  ) -> String? {
    let (buyer, seller) = (bench.plan.operator(0), bench.plan.operator(1))
    switch operation {
    case .step(let hours):
      let days = Double(hours) / 24
      bench.venue.step(
        market.noise, days: days, luck: Luck(seed: 9, replicate: 1), index: number)
      bench.venue.follow(market.rule, day: 0, days: days)
      _ = bench.venue.clear(
        buys: 0, sells: 0, market.rule, circulating: 1e6, steps: true, &bench.ledger)
    case .shock(let factor):
      bench.venue.depth = Double(factor) / 1000
      bench.venue.shockFactor = Double(factor) / 1000
    case .trade(let buys, let sells, let followers):
      bench.issue(dollars: buys, to: buyer)
      bench.issue(tokens: sells, to: seller)
      bench.issue(dollars: followers.dollars, tokens: followers.tokens, to: .followers)
      let product = bench.poolProduct
      let charge = Venue.charge(on: buys, market.fee)
      let quote = bench.venue.clear(
        buys: buys - charge, sells: sells, market.rule, circulating: 1e6, steps: false,
        followers: Venue.Order(
          .followers, dollars: followers.dollars, tokens: followers.tokens), &bench.ledger)
      bench.venue.buy(
        with: buys, by: buyer, at: quote, fee: market.fee, market.rule, &bench.ledger)
      bench.venue.sell(
        sells, by: seller, at: quote, fee: market.fee, market.rule, &bench.ledger)
      if bench.poolProduct < product { return "the pool's product fell" }
      if bench.dollars(of: buyer) != 0 || bench.tokens(of: seller) != 0 {
        return "an order was not carried out"
      }
      if !quote.price.isFinite || quote.price < 0 { return "the price is \(quote.price)" }
    }
    let sentence = bench.ledger.discrepancy()
    bench.ledger.startControlInterval()
    if bench.venue.ranDry { return "makers promised more than they had" }
    return sentence
  }

  private func law(_ text: String) throws -> Property<Operation> {
    let market = try EconomyTests.rule(text, from: MarketSettings.choices)
    var opened = try VenueBench(text)
    for part in market.endowments {
      opened.issue(
        dollars: Int64(2e12 * part.dollarShare), tokens: Int64(1e12 * part.tokenShare),
        to: part.account)
    }
    return Property(draw: Self.draw, simpler: Self.simpler) { [opened] operations in
      var bench = opened
      for (place, operation) in operations.enumerated() {
        if let sentence = Self.fault(operation, number: place, market, &bench) {
          return .init(length: place + 1, sentence: sentence)
        }
      }
      return nil
    }
  }

  private static let venues = [
    "{rule: 'pool', openingPriceUSD: 2, noise: 'gbm'}",
    "{rule: 'anchored', openingPriceUSD: 2, noise: 'student'}",
    "{rule: 'squareRoot', openingPriceUSD: 2, noise: 'jump', permanentShare: 0.3}",
  ]

  @Test(arguments: venues)
  func `no order makes or loses a unit, and a pool never loses`(venue: String) throws {
    try law(venue).holds(seeds: 1..<4, count: 700)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn), arguments: venues)
  func `a million orders make or lose no unit`(venue: String) throws {
    try law(venue).holds(seeds: 1..<101, count: 10_000)
  }
}

extension VenueBench {
  /// Dollars from outside and new tokens.
  fileprivate mutating func issue(dollars: Int64 = 0, tokens: Int64 = 0, to account: Account) {
    ledger.settle(.dollars, dollars, from: .world, to: account, .openingBalance)
    ledger.mint(.token, tokens, to: account, .emission)
  }
}
