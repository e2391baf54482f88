import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct MomentumTests {
  private let terms = Momentum(window: .days(7), response: 0.5, dollarShare: 0, tokenShare: 0)

  @Test func `they buy after rises and sell after falls, as far as they have means`() {
    let e = Elementary.exp(1)
    let up = terms.order(from: 1, to: e, dollars: 1_000, tokens: 600)
    let down = terms.order(from: e, to: 1, dollars: 1_000, tokens: 600)
    #expect(up.dollars == 500 && up.tokens == 0)
    #expect(down.dollars == 0 && down.tokens == 300)
    let far = terms.order(from: 1, to: 1e9, dollars: 1_000, tokens: 0)
    #expect(far.dollars == 1_000)
    let poor = terms.order(from: e, to: 1, dollars: 1_000, tokens: 0)
    #expect(poor.dollars == 0 && poor.tokens == 0)
    let still = terms.order(from: 2, to: 2, dollars: 1_000, tokens: 600)
    #expect(still.dollars == 0 && still.tokens == 0)
  }

  /// Noise traders move a pool up; who follows buys from it, and what one spends another has.
  @Test func `in a run they trade their own money, and nobody's else`() throws {
    func run(_ momentum: String) throws -> NetworkState {
      try SmallNetwork.scenario([
        "market={rule: 'pool', openingPriceUSD: 2, poolShareOfCap: 0.05, noise: 'gbm', "
          + "momentum: \(momentum)}"
      ]).finished().state
    }
    let followers = try run("{windowDays: 3, response: 2}")
    let none = try run("{dollarsShareOfCap: 0, tokensShareOfCap: 0}")
    // 2 % of a cap of 200,000 USD at the start.
    #expect(followers.ledger.balance(.dollars, of: .followers) != 4_000_000_000)
    #expect(none.ledger.balance(.dollars, of: .followers) == 0)
    #expect(none.ledger.balance(.token, of: .followers) == 0)
    let without = try run("'none'")
    #expect(without.ledger.balance(.dollars, of: .pool) == none.ledger.balance(.dollars, of: .pool))
  }
}

private let flightTerms =
  "{fallResponse: 1, swingResponse: 0, windowDays: 10, leastShare: 0.2, returnPerDay: 0.1}"

struct LiquidityFlightTests {
  private func flight(_ text: String = flightTerms) throws -> LiquidityFlight {
    try read(text) { LiquidityFlight(reading: &$0) }
  }

  @Test func `a fall below the mean drives its logarithm away, and they come back slowly`() throws {
    let flight = try flight()
    var memory = LiquidityFlight.Memory()
    #expect(flight.share(after: &memory, price: 1, days: 1) == 1)
    memory.stays = flight.share(after: &memory, price: 0.8, days: 1)
    #expect(abs(memory.stays - (1 + Elementary.log(0.8))) < 1e-12)
    // The mean is now ln 0.8 x (1 - e^(-1/10)); at the mean everybody is wanted back.
    let mean = Elementary.log(0.8) * -Elementary.expm1(-0.1)
    let before = memory.stays
    let next = flight.share(after: &memory, price: Elementary.exp(mean), days: 1)
    #expect(abs(next - (before - Elementary.expm1(-0.1) * (1 - before))) < 1e-12)
  }

  @Test func `some always stay, and a rise drives nobody away`() throws {
    let flight = try flight()
    var memory = LiquidityFlight.Memory()
    _ = flight.share(after: &memory, price: 1, days: 1)
    #expect(flight.share(after: &memory, price: 5, days: 1) == 1)
    #expect(flight.share(after: &memory, price: 1e-9, days: 1) == 0.2)
  }

  @Test func `swings drive liquidity away too`() throws {
    let flight = try flight(
      "{fallResponse: 0, swingResponse: 0.5, calmDailyVolatility: 0.01, windowDays: 10}")
    var memory = LiquidityFlight.Memory()
    _ = flight.share(after: &memory, price: 1, days: 1)
    // Variance 0.0001 + w (0.04² - 0.0001), w = 1 - e^(-1/10).
    let weight = -Elementary.expm1(-0.1)
    let variance = 0.0001 + weight * (0.0016 - 0.0001)
    let wanted = 1 - 0.5 * (variance.squareRoot() / 0.01 - 1)
    let found = flight.share(after: &memory, price: Elementary.exp(0.04), days: 1)
    #expect(abs(found - wanted) < 1e-12)
  }

  /// The price falls by a shock; the pool shrinks by what the law says and its price does not move.
  @Test func `reserves leave in proportion and come back`() throws {
    let settings = [
      "market={rule: 'anchored', openingPriceUSD: 2, poolShareOfCap: 0.05, "
        + "liquidityFlight: {windowDays: 5, returnPerDay: 0.3, fallResponse: 2}}",
      "shocks={fall: {target: 'price', on: 5.5, factor: 0.4, lastingDays: 10}}",
    ]
    var run = try SmallNetwork.scenario(settings).finished()
    let rows = run.takeSeries()
    let depth = try rows.column("market_depth")
    let lowest = try #require(depth.min())
    // Not all of it comes back: the price is another one, and what left was in other proportions.
    #expect(depth[5] > 0.9 && lowest < 0.8 && depth[40] > lowest + 0.05)
    #expect(run.state.failure == nil)
  }
}

struct NetworkValueTests {
  @Test func `the price closes in on a power of the number of nodes`() throws {
    let market = MarketSettings.NetworkValue.choice
    let settings = try rule(
      "{rule: 'networkValue', openingPriceUSD: 2, exponent: 2, closePerMonth: 0.5}", from: [market])
    guard case .networkValue(let value) = settings.rule else {
      Issue.record("another rule")
      return
    }
    // Worth 2 x 3² = 18; after a month e^-0.5 of the log gap is left.
    let month = value.price(after: 2, days: Span.daysPerMonth, nodes: 30, openingNodes: 10)
    let expected = Elementary.log(18) - Elementary.exp(-0.5) * Elementary.log(9)
    #expect(abs(Elementary.log(month) - expected) < 1e-12)
    let half = value.price(after: 2, days: Span.daysPerMonth / 2, nodes: 30, openingNodes: 10)
    let two = value.price(after: half, days: Span.daysPerMonth / 2, nodes: 30, openingNodes: 10)
    #expect(abs(two / month - 1) < 1e-12)
    #expect(value.price(after: 2, days: 1e6, nodes: 0, openingNodes: 10) > 0)
  }
}

struct DiscountedBurnsTests {
  @Test func `the value is that of the burns to come`() throws {
    var bench = try VenueBench(
      "{rule: 'anchored', openingPriceUSD: 2, valueWindowDays: 2, "
        + "discountedBurns: {discountPerYear: 0.3, growthPerYear: 0.05}}")
    guard case .anchored(_, let anchor) = bench.rule else {
      Issue.record("another rule")
      return
    }
    #expect(abs(bench.venue.value(anchor, circulating: 1e6) / 2 - 1) < 1e-12)
    bench.venue.window.record(bought: 900, burned: 10, of: 0)
    bench.venue.window.record(bought: 900, burned: 30, of: 0)
    // 20 USD a day x 365 ÷ 0.25 ÷ 10,000 tokens.
    #expect(abs(bench.venue.value(anchor, circulating: 1e4) - 2.92) < 1e-12)
  }

  @Test func `burns that grow faster than they are discounted are refused`() throws {
    let text = """
      {it: {rule: 'anchored', openingPriceUSD: 2, discountedBurns: {discountPerYear: 0.1, \
      growthPerYear: 0.1}}}
      """
    let found = try complaints(about: text) { fields in
      fields.rule("it", "the market", from: MarketSettings.choices)
    }
    #expect(found == ["expected less than discountPerYear (0.1), found 0.1"])
  }
}
