import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// A day's volume is a hundredth of a cap of 2 million: 20,000 USD; its impact is a tenth.
private let market =
  "{rule: 'squareRoot', openingPriceUSD: 2, dailyVolatility: 0.1, volumeShareOfCap: 0.01, fee: 0"

private func bench(_ more: String = "") throws -> VenueBench {
  var bench = try VenueBench(market + more + "}")
  bench.give(dollars: 400_000_000_000, tokens: 200_000_000_000, to: .liquidity)
  return bench
}

extension VenueBench {
  /// Buys for dollars, or sells tokens, of an operator that is given them.
  fileprivate mutating func trade(dollars: Double = 0, tokens: Double = 0) -> Double {
    let (money, units) = (Int64(dollars * 1e6), Int64(tokens * 1e6))
    give(dollars: money, tokens: units, to: plan.operator(0))
    let quote = venue.clear(
      buys: money, sells: units, rule, circulating: 1e6, steps: false, &ledger)
    if money > 0 {
      return Double(venue.buy(with: money, by: plan.operator(0), at: quote, fee: 0, rule, &ledger))
        / 1e6
    }
    return Double(venue.sell(units, by: plan.operator(0), at: quote, fee: 0, rule, &ledger)) / 1e6
  }

  fileprivate var price: Double { venue.price(rule, ledger) }
}

struct OrderBookTests {
  @Test(arguments: [0.01, 0.25, 1, 4])
  func `a purchase of Q moves the price by Y s √(Q/V), and costs two thirds of it`(
    days: Double
  ) throws {
    var bench = try bench()
    let bought = bench.trade(dollars: 20_000 * days)
    let impact = 0.1 * days.squareRoot()
    // Bisection ends at 2^-60 of the bracket; units are millionths.
    #expect(abs(Elementary.log(bench.price / 2) - impact) < 1e-9)
    #expect(abs(Elementary.log(20_000 * days / bought / 2) - 2.0 / 3 * impact) < 1e-8)
  }

  @Test func `a sale moves it down by what it fetches`() throws {
    var bench = try bench()
    let fetched = bench.trade(tokens: 5_000)
    let impact = 0.1 * (fetched / 20_000).squareRoot()
    #expect(abs(Elementary.log(bench.price / 2) + impact) < 1e-9)
    #expect(abs(Elementary.log(fetched / 5_000 / 2) + 2.0 / 3 * impact) < 1e-8)
  }

  @Test func `an order costs the same in one piece and in ten, and the way back is free`() throws {
    var (whole, parts) = (try bench(), try bench())
    let once = whole.trade(dollars: 10_000)
    let often = (0..<10).reduce(0) { sum, _ in sum + parts.trade(dollars: 1_000) }
    // The mean of the logarithm is not quite that of the price: second order in the impact of 0.07.
    #expect(abs(often / once - 1) < 0.07 * 0.07 / 8)
    #expect(abs(whole.price / parts.price - 1) < 1e-9)
    let back = whole.trade(tokens: once)
    #expect(abs(back / 10_000 - 1) < 1e-9 && back <= 10_000)
    #expect(abs(whole.price / 2 - 1) < 1e-4)
  }

  @Test func `an impact halves in its half-life, but for what stays`() throws {
    for (share, left) in [(0.0, 0.5), (0.4, 0.4 + 0.6 / 2), (1, 1)] {
      var bench = try bench(", halfLifeDays: 3, permanentShare: \(share)")
      _ = bench.trade(dollars: 20_000)
      let moved = Elementary.log(bench.price / 2)
      bench.venue.follow(bench.rule, day: 3, days: 3)
      #expect(abs(moved - 0.1) < 1e-9)
      #expect(abs(Elementary.log(bench.price / 2) - left * 0.1) < 1e-9)
      // Bits of time that add up do the same.
      bench.venue.follow(bench.rule, day: 4, days: 1)
      bench.venue.follow(bench.rule, day: 6, days: 2)
      let later = share + (1 - share) / 4
      #expect(abs(Elementary.log(bench.price / 2) - later * 0.1) < 1e-9)
    }
  }

  @Test func `where makers have too little the price goes where that suffices`() throws {
    var bench = try VenueBench(market + "}")
    bench.give(dollars: 1_000_000_000, tokens: 500_000_000, to: .liquidity)
    // 1,000 USD for 10,000 tokens.
    let fetched = bench.trade(tokens: 10_000)
    #expect(fetched <= 1_000 && fetched > 999.99)
    #expect(abs(bench.price - 0.1) < 1e-6)
    #expect(!bench.venue.ranDry)
    let bought = bench.trade(dollars: 1e6)
    // 10,500 tokens are there.
    #expect(bought <= 10_500 && bought > 10_499.9 && !bench.venue.ranDry)
  }

  @Test func `orders of one clearing meet each other first`() throws {
    var bench = try bench()
    bench.give(dollars: 6_000_000_000, to: .escrow)
    bench.give(tokens: 3_000_000_000, to: .holders)
    let quote = bench.venue.clear(
      buys: 6_000_000_000, sells: 3_000_000_000, bench.rule, circulating: 1e6, steps: false,
      &bench.ledger)
    #expect(abs(quote.price - 2) < 1e-9)
    #expect(abs(bench.venue.flow) < 1e-9)
  }

  @Test func `a shallower book moves further`() throws {
    var bench = try bench()
    bench.venue.depth = 0.25
    _ = bench.trade(dollars: 5_000)
    // A quarter of the volume: the impact of a whole day's.
    #expect(abs(Elementary.log(bench.price / 2) - 0.1) < 1e-9)
  }
}
