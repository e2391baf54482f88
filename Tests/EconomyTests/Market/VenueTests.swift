import Kernel
import Testing

@testable import Economy

private let pool = "{rule: 'pool', openingPriceUSD: 2, fee: 0.003}"

struct VenueTests {
  @Test func `all orders of a clearing trade at one price, (Y + B) over (X + S)`() throws {
    var bench = try VenueBench(pool)
    bench.give(dollars: 1_000_000, tokens: 500_000, to: .pool)
    bench.give(dollars: 200_000, to: .escrow)
    bench.give(tokens: 100_000, to: bench.plan.operator(0))
    let quote = bench.venue.clear(
      buys: 200_000, sells: 100_000, bench.rule, circulating: 1e6, steps: false, &bench.ledger)
    // (1,000,000 + 200,000) / (500,000 + 100,000) = 2 micro-dollars a base unit.
    #expect(quote.tokens(for: 200_000) == 100_000)
    #expect(quote.dollars(for: 100_000) == 200_000)
    bench.venue.buy(
      with: 200_000, by: .escrow, at: quote, fee: 0, bench.rule, &bench.ledger)
    bench.venue.sell(
      100_000, by: bench.plan.operator(0), at: quote, fee: 0, bench.rule, &bench.ledger)
    #expect(bench.tokens(of: .escrow) == 100_000)
    #expect(bench.dollars(of: bench.plan.operator(0)) == 200_000)
    #expect(bench.dollars(of: .pool) == 1_000_000)
    #expect(bench.tokens(of: .pool) == 500_000)
  }

  @Test func `orders larger than the pool meet each other`() throws {
    var bench = try VenueBench(pool)
    bench.give(dollars: 1_000, tokens: 500, to: .pool)
    bench.give(dollars: 2_000_000, to: .escrow)
    bench.give(tokens: 1_000_000, to: .holders)
    let quote = bench.venue.clear(
      buys: 2_000_000, sells: 1_000_000, bench.rule, circulating: 1e6, steps: false,
      &bench.ledger)
    bench.venue.buy(
      with: 2_000_000, by: .escrow, at: quote, fee: 0, bench.rule, &bench.ledger)
    bench.venue.sell(1_000_000, by: .holders, at: quote, fee: 0, bench.rule, &bench.ledger)
    #expect(bench.tokens(of: .escrow) == 1_000_000)
    #expect(bench.dollars(of: .holders) == 2_000_000)
    #expect(bench.dollars(of: .pool) == 1_000 && bench.tokens(of: .pool) == 500)
  }

  @Test func `a purchase alone follows the constant product`() throws {
    var bench = try VenueBench(pool)
    bench.give(dollars: 3_000_000_000, tokens: 1_500_000_000, to: .pool)
    bench.give(dollars: 1_000_000_000, to: .escrow)
    let quote = bench.venue.clear(
      buys: 1_000_000_000, sells: 0, bench.rule, circulating: 1e6, steps: false, &bench.ledger)
    let bought = bench.venue.buy(
      with: 1_000_000_000, by: .escrow, at: quote, fee: 0, bench.rule, &bench.ledger)
    // X B / (Y + B) = 1.5e9 / 4 tokens; the price moves by ((Y + B) / Y)².
    #expect(bought == 375_000_000)
    #expect(bench.venue.price(bench.rule, bench.ledger) == 2 * (16.0 / 9))
  }

  /// The last is Kaiko's example, whose pool is not told: 100,000 USD that move a pool of WLD by 6.3 %
  /// are 3.3 % of one of its sides.
  @Test(arguments: [(0.01, 0.980_296), (0.25, 0.64), (1, 0.25), (0.033_071, 1 - 0.063)])
  func `a sale of x into reserves of X leaves the price at (X ÷ (X + x))²`(
    part: Double, left: Double
  ) throws {
    var bench = try VenueBench(pool)
    bench.give(dollars: 2_000_000_000_000, tokens: 1_000_000_000_000, to: .pool)
    let tokens = Int64(part * 1e12)
    bench.give(tokens: tokens, to: .holders)
    let quote = bench.venue.clear(
      buys: 0, sells: tokens, bench.rule, circulating: 1e6, steps: false, &bench.ledger)
    bench.venue.sell(tokens, by: .holders, at: quote, fee: 0, bench.rule, &bench.ledger)
    #expect(abs(bench.venue.price(bench.rule, bench.ledger) / 2 - left) < 5e-6)
  }

  @Test(arguments: 0..<12)
  func `the product of the reserves never falls, whatever is traded`(seed: Int) throws {
    var stream = testStream(seed)
    var bench = try VenueBench(pool)
    let depth = UInt32(1) << (6 + 2 * UInt32(seed))
    bench.give(
      dollars: 10 + Int64(stream.below(depth)), tokens: 10 + Int64(stream.below(depth)),
      to: .pool)
    bench.give(dollars: 1 << 40, to: .users)
    bench.give(tokens: 1 << 40, to: .holders)
    for step in 0..<60 {
      let before = bench.poolProduct
      let fee = step % 2 == 0 ? 0 : 0.003
      let spent = Int64(stream.below(depth))
      let sells = (0..<3).map { _ in Int64(stream.below(depth / 3 + 1)) }
      let net = spent - Venue.charge(on: spent, fee)
      let quote = bench.venue.clear(
        buys: net, sells: sells.reduce(0, +), bench.rule, circulating: 1e6, steps: false,
        &bench.ledger)
      bench.venue.buy(with: spent, by: .users, at: quote, fee: fee, bench.rule, &bench.ledger)
      for sale in sells {
        bench.venue.sell(sale, by: .holders, at: quote, fee: fee, bench.rule, &bench.ledger)
      }
      #expect(bench.poolProduct >= before, "seed \(seed), step \(step)")
      #expect(bench.dollars(of: .pool) > 0 && bench.tokens(of: .pool) > 0)
    }
  }

  @Test func `the order in which operators sell does not matter`() throws {
    let sales: [Int64] = [7, 100_003, 31_337, 0]
    var results: [[Int64]] = []
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
      var bench = try VenueBench(pool)
      bench.give(dollars: 777_777, tokens: 333_333, to: .pool)
      for slot in order { bench.give(tokens: sales[slot], to: bench.plan.operator(slot)) }
      let quote = bench.venue.clear(
        buys: 0, sells: sales.reduce(0, +), bench.rule, circulating: 1e6, steps: false,
        &bench.ledger)
      for slot in order {
        bench.venue.sell(
          sales[slot], by: bench.plan.operator(slot), at: quote, fee: 0.003, bench.rule,
          &bench.ledger)
      }
      results.append((0..<4).map { bench.dollars(of: bench.plan.operator($0)) })
      results[results.count - 1] += [bench.dollars(of: .pool), bench.dollars(of: .liquidity)]
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func `the fee is rounded up and goes to the liquidity providers`() throws {
    #expect(Venue.charge(on: 1_000, 0.003) == 3)
    #expect(Venue.charge(on: 1_001, 0.003) == 4)
    #expect(Venue.charge(on: 1, 0.003) == 1)
    #expect(Venue.charge(on: 0, 0.003) == 0)
    #expect(Venue.charge(on: 1_001, 0) == 0)
    var bench = try VenueBench(pool)
    bench.give(dollars: 1_000_000, tokens: 1_000_000, to: .pool)
    bench.give(dollars: 1_001, to: .users)
    bench.give(tokens: 1_001, to: .holders)
    let quote = Quote.ratio(dollars: 1, tokens: 1)
    let bought = bench.venue.buy(
      with: 1_001, by: .users, at: quote, fee: 0.003, bench.rule, &bench.ledger)
    let proceeds = bench.venue.sell(
      1_001, by: .holders, at: quote, fee: 0.003, bench.rule, &bench.ledger)
    #expect(bought == 997)
    #expect(proceeds == 997)
    #expect(bench.dollars(of: .liquidity) == 8)
    #expect(bench.dollars(of: .users) == 0)
  }

  @Test func `noise traders move the pool's price by the luck of the step`() throws {
    var bench = try VenueBench(
      "{rule: 'pool', openingPriceUSD: 2, noise: {rule: 'gbm', annualVolatility: 1}}")
    let luck = Luck(seed: 3, replicate: 1)
    for index in 0..<20 {
      var fresh = bench
      fresh.give(dollars: 2_000_000_000_000, tokens: 1_000_000_000_000, to: .pool)
      fresh.give(
        dollars: 2_000_000_000_000, tokens: 1_000_000_000_000, to: .speculators)
      let before = bench.venue.noiseLevel
      fresh.venue.step(.gbm(GBMNoise(annualVolatility: 1)), days: 1, luck: luck, index: index)
      bench.venue.step(.gbm(GBMNoise(annualVolatility: 1)), days: 1, luck: luck, index: index)
      _ = fresh.venue.clear(
        buys: 0, sells: 0, fresh.rule, circulating: 1e6, steps: true, &fresh.ledger)
      let moved = Elementary.log(fresh.venue.price(fresh.rule, fresh.ledger) / 2)
      // Reserves of 1e12 units are whole: a relative error of 1e-12 on either side, squared.
      #expect(abs(moved - (fresh.venue.noiseLevel - before)) < 1e-10)
    }
  }

  @Test func `noise traders spend no more than they have`() throws {
    var bench = try VenueBench(pool)
    bench.give(dollars: 1_000_000, tokens: 1_000_000, to: .pool)
    bench.give(dollars: 10, tokens: 10, to: .speculators)
    let luck = Luck(seed: 3, replicate: 1)
    for index in 0..<20 {
      bench.venue.step(.gbm(GBMNoise(annualVolatility: 5)), days: 1, luck: luck, index: index)
      _ = bench.venue.clear(
        buys: 0, sells: 0, bench.rule, circulating: 1e6, steps: true, &bench.ledger)
      #expect(bench.dollars(of: .speculators) >= 0 && bench.tokens(of: .speculators) >= 0)
    }
  }
}
