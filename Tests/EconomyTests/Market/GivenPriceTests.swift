import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct GivenPriceTests {
  @Test func `a price path holds the last price on or before a day`() {
    let path = MarketSettings.PricePath(days: [2, 5, 9], prices: [10, 20, 30])
    let days = [0, 1.9, 2, 4.999, 5, 8, 9, 1_000]
    #expect(days.map(path.price) == [10, 10, 10, 10, 20, 20, 30, 30])
  }

  @Test func `a constant price is met without moving it`() throws {
    var bench = try VenueBench("{rule: 'exogenous', openingPriceUSD: 4}")
    bench.give(dollars: 1_000_000_000, tokens: 1_000_000_000, to: .exchange)
    bench.give(tokens: 3_000_000, to: bench.plan.operator(0))
    let quote = bench.venue.clear(
      buys: 0, sells: 3_000_000, bench.rule, circulating: 1e6, steps: true, &bench.ledger)
    let proceeds = bench.venue.sell(
      3_000_000, by: bench.plan.operator(0), at: quote, fee: 0, bench.rule, &bench.ledger)
    #expect(proceeds == 12_000_000)
    #expect(bench.venue.price(bench.rule, bench.ledger) == 4)
    #expect(bench.tokens(of: .exchange) == 1_003_000_000)
  }

  /// Everything that exists is bought and burned; a worthless token buys all there is; holders
  /// run out of dollars to buy the emission with.
  private static let droughts: [(String, String, Double)] = [
    ("exogenous", "payment: {provider: 0, burn: 1}", 100),
    (
      "exogenous",
      "payment: {provider: 0, burn: 1}, shocks: {a: {target: 'price', on: 3, factor: 0}}", 1e6
    ),
    ("imbalance", "payment: {provider: 1}", 100),
  ]

  @Test(arguments: droughts)
  func `a counterparty pays out no more than it has, and the run says so`(
    rule: String, rest: String, circulating: Double
  ) throws {
    let kappa = rule == "imbalance" ? ", kappa: 0.0001" : ""
    let run = try Scenario(
      text: """
        {horizonDays: 60, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 1, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: 5, activeAtStart: 5}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 1}}},
         token: {circulating: \(circulating), rewards: {online: 1},
           emission: {rule: "fixed", tokensPerEpoch: 10}},
         market: {rule: "\(rule)", openingPriceUSD: 1\(kappa)}, \(rest)}
        """
    ).finished()
    #expect(
      run.warnings == [
        """
        the counterparty of the given price ran out of tokens or dollars: what was traded then is \
        less than the price says
        """
      ])
    #expect(run.state.settlements == 60)
    var ledger = run.state.ledger
    #expect(ledger.discrepancy() == nil)
  }

  @Test func `the imbalance rule moves where something burns and nothing is issued`() throws {
    var run = try CheckedNetwork.scenario(
      payment: "provider: 0.5, burn: 0.5",
      "token: {circulating: 1000000}, market: {rule: 'imbalance', openingPriceUSD: 2, kappa: 0.1}"
    ).finished()
    let prices = try run.takeSeries().column("token_price_usd")
    // Jobs finish every day: burned ÷ (burned + 0) = 1.
    #expect(abs(prices[20] / prices[10] - 2.5937424601) < 1e-6)
  }

  @Test func `the imbalance rule moves with burn against mint`() throws {
    var bench = try VenueBench("{rule: 'imbalance', openingPriceUSD: 2, kappa: 0.1}")
    func price(burned: Double, minted: Double) -> Double {
      bench.venue.balance(bench.rule, burned: burned, minted: minted)
      return bench.venue.price(bench.rule, bench.ledger)
    }
    // P x (1 + 0.1 (b - m) / (b + m)).
    #expect(price(burned: 0, minted: 0) == 2)
    #expect(price(burned: 5, minted: 5) == 2)
    #expect(abs(price(burned: 1, minted: 0) - 2.2) < 1e-12)
    #expect(abs(price(burned: 0, minted: 3) - 1.98) < 1e-12)
    #expect(abs(price(burned: 3, minted: 1) - 1.98 * 1.05) < 1e-12)
  }

  @Test func `a table of prices is what the network shows, day by day`() throws {
    let scenario = try Scenario(
      text: """
        {start: "2025-01-01", horizonDays: 6, replicates: 1,
         token: {circulating: 1000},
         market: {rule: "trace", table: {csv: "p.csv"}, date: "day",
           priceUSD: {column: "price", factor: 2}}}
        """,
      tables: ["p.csv": "day,price\n2025-01-01,1\n2025-01-03,5\n2025-01-06,2.5\n"])
    var run = scenario.run()
    try run.run(until: .days(6))
    #expect(try run.takeSeries().column("token_price_usd") == [2, 2, 10, 10, 10, 5, 5])
  }
}
