import Kernel
import Testing

@testable import Economy

private let anchored =
  "{rule: 'anchored', openingPriceUSD: 2, valueYears: 10, valueWindowDays: 4, response: 0.5}"

private func anchor(of bench: VenueBench) throws -> MarketSettings.Anchor {
  guard case .anchored(_, let anchor) = bench.rule else {
    throw CancellationError()
  }
  return anchor
}

struct AnchoredMarketTests {
  @Test func `before day 0 the token is worth what it costs`() throws {
    let bench = try VenueBench(anchored)
    let value = bench.venue.value(try anchor(of: bench), circulating: 1e6)
    #expect(abs(value / 2 - 1) < 1e-12)
  }

  @Test func `the value is years of the window's dollars over circulating tokens`() throws {
    var bench = try VenueBench(anchored)
    let anchor = try anchor(of: bench)
    for dollars in [999, 10, 20, 30, 40.0] {
      bench.venue.window.record(bought: dollars, burned: 0, of: 0)
    }
    // The window holds the last four epochs of a day: 10 years x 365 x 25 USD / 50,000 tokens.
    #expect(abs(bench.venue.value(anchor, circulating: 50_000) - 1.825) < 1e-12)
    bench.venue.shockFactor = 0.5
    #expect(abs(bench.venue.value(anchor, circulating: 50_000) - 0.9125) < 1e-12)
    for _ in 0..<4 { bench.venue.window.record(bought: 0, burned: 0, of: 0) }
    #expect(bench.venue.value(anchor, circulating: 50_000) == 0)
  }

  @Test(arguments: 0..<40)
  func `the price clears between the pool's own and the value, within the traders' means`(
    seed: Int
  ) throws {
    var stream = testStream(seed)
    func amount(_ bits: UInt32) -> Int64 { 1_000_000 + Int64(stream.nextWord64() >> (64 - bits)) }
    var bench = try VenueBench(anchored)
    bench.give(dollars: amount(42), tokens: amount(42), to: .pool)
    bench.give(dollars: amount(44), tokens: amount(44), to: .traders)
    let buys = amount(40)
    let sells = amount(40)
    for _ in 0..<4 { bench.venue.window.record(bought: 6_000 * stream.uniform(), burned: 0, of: 0) }
    let means = (bench.dollars(of: .traders), bench.tokens(of: .traders))
    let alone =
      Double(bench.dollars(of: .pool) + buys) / Double(bench.tokens(of: .pool) + sells)
    let value = bench.venue.value(try anchor(of: bench), circulating: 1e6)
    let quote = bench.venue.clear(
      buys: buys, sells: sells, bench.rule, circulating: 1e6, steps: false, &bench.ledger)
    guard case .ratio(let dollars, let tokens) = quote else {
      Issue.record("a pool quotes a ratio")
      return
    }
    let price = Double(dollars) / Double(tokens)
    // Orders are whole units of at least 1e6 in reserve: a relative error of at most 1e-6 each.
    #expect(price >= min(alone, value) * (1 - 2e-6), "seed \(seed)")
    #expect(price <= max(alone, value) * (1 + 2e-6), "seed \(seed)")
    // They trade in one direction only, toward the value, and never beyond their means.
    let bought = bench.dollars(of: .traders) < means.0
    let sold = bench.tokens(of: .traders) < means.1
    #expect(bought != sold, "seed \(seed)")
    #expect(bought == (value > alone), "seed \(seed)")
    #expect(bench.dollars(of: .traders) >= 0 && bench.tokens(of: .traders) >= 0)
    // Their offer is response x ln(value / price) of their means.
    let gap = min(max(0.5 * Elementary.log(value / price), -1), 1)
    let spent = Double(means.0 - bench.dollars(of: .traders))
    let offered = bought ? gap * Double(means.0) : 0
    if bought { #expect(abs(spent - offered) < 1e-5 * Double(means.0), "seed \(seed)") }
  }

  @Test func `traders who see no value sell a part of their tokens`() throws {
    var bench = try VenueBench(anchored)
    bench.give(dollars: 1_000_000_000, tokens: 1_000_000_000, to: .pool)
    bench.give(dollars: 1_000_000, tokens: 1_000_000, to: .traders)
    for _ in 0..<4 { bench.venue.window.record(bought: 0, burned: 0, of: 0) }
    _ = bench.venue.clear(
      buys: 0, sells: 0, bench.rule, circulating: 1e6, steps: false, &bench.ledger)
    #expect(bench.tokens(of: .traders) == 500_000)
    #expect(bench.dollars(of: .traders) > 1_000_000)
  }
}
