import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// The loops of burn-and-mint and of fixed emission against their theory, as ordinary runs.
struct LoopTheoryTests {
  /// Users spend 24 USD a day in equal jobs of an hour, of which 95 % buy tokens that are burned;
  /// a hundred tokens a day go to four operators who keep their machines. Prices of jobs are in
  /// dollars, so that spending does not depend on the token.
  private func burnAndMint(
    market: String, circulating: Double, sellShare: Double, days: Int
  ) throws -> [SeriesRow] {
    var run = try Scenario(
      text: """
        {start: "2025-01-01", horizonDays: \(days), seed: 3,
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {host: {hardware: "gpu", candidates: 4, activeAtStart: 4,
           sellShare: \(sellShare)}}},
         demand: {classes: {past: {hardware: ["gpu"], trace: {table: {csv: "spend.csv"},
           from: "from", to: "to", spendUSD: {column: "usd"}, usdPerJob: 1, arrivalShare: 1}}}},
         token: {circulating: \(circulating), rewards: {online: 1},
           emission: {rule: "fixed", tokensPerEpoch: 100}},
         market: \(market), payment: {provider: 0, protocol: 0.05, burn: 0.95}}
        """,
      tables: ["spend.csv": "from,to,usd\n0,\(days),\(24 * days)\n"]
    ).finished()
    return run.takeSeries()
  }

  /// P* = 0.95 D ÷ E.
  private static let balance = 0.95 * 24 / 100

  @Test func `at P* as much is burned as is issued, and at a given price nothing else is so`()
    throws
  {
    for factor in [1, 1.1] {
      let price = Self.balance * factor
      let rows = try burnAndMint(
        market: "{rule: 'exogenous', openingPriceUSD: \(price)}", circulating: 1e6, sellShare: 1,
        days: 12)
      let burned = try rows.column("burned_tokens")
      let circulating = try rows.column("circulating_tokens")
      // From day 2 on 24 jobs end a day. Tokens have six digits; each purchase rounds down.
      for day in 2...12 { #expect(abs(burned[day] - 100 / factor) < 1e-5) }
      // Displaced by a tenth, supply grows by a steady 9.09 a day and nothing brings it back.
      #expect(abs(circulating[12] - circulating[2] - 10 * (100 - 100 / factor)) < 1e-4)
    }
  }

  /// Helium of late 2025 (protocol facts §4.3): 56,760 USD a day burn HNT, of which 20,548 are issued and
  /// 1,644 of the burned come again. The supply stands at 2.56 USD.
  @Test(arguments: [(2.555, -1.0), (2.565, 1)])
  func `Helium burns what it issues at 2,56 USD`(price: Double, sign: Double) throws {
    var run = try Scenario(
      text: """
        {start: "2025-10-01", horizonDays: 30, seed: 3,
         hardware: {classes: {hotspots: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 946}}},
         operators: {types: {host: {hardware: "hotspots", candidates: 4, activeAtStart: 4}}},
         demand: {classes: {credits: {hardware: ["hotspots"], trace: {table: {csv: "spend.csv"},
           from: "from", to: "to", spendUSD: {column: "usd"}, usdPerJob: 946, arrivalShare: 1}}}},
         token: {circulating: 186.21e6, rewards: {online: 1},
           emission: {rule: "fixed", tokensPerEpoch: 20547.94520548},
           streams: {again: {emission: {rule: "netEmission"}, rewards: {online: 1}}}},
         market: {rule: "exogenous", openingPriceUSD: \(price)}, payment: {provider: 0, burn: 1}}
        """,
      tables: ["spend.csv": "from,to,usd\n0,30,\(30 * 56_760)\n"]
    ).finished()
    let supply = try run.takeSeries().column("supply_tokens")
    // 22,191.78 are issued once a week of burns has been seen; 56,760 ÷ price are burned. Between the
    // two prices, 0.2 % to either side, lie 87 tokens a day.
    let growth = (supply[30] - supply[20]) / 10
    #expect(growth * sign > 0 && abs(growth) < 65, "\(growth)")
  }

  /// A rate r of return to an unknown limit, out of three values at equal distances.
  private func rate(_ rows: [SeriesRow], from day: Int, step: Int) throws -> Double {
    let price = try rows.column("token_price_usd")
    let (a, b, c) = (price[day], price[day + step], price[day + 2 * step])
    return Elementary.log((a - b) / (b - c)) / Double(step)
  }

  /// What a pool takes in is 0.95 D dollars and s E tokens a day: d ln P/dt = 2 (0.95 D ÷ P - s E) ÷ X
  /// with X the tokens in it, so that P = P* ÷ s is its fixed point, and a displacement is lost at
  /// the rate 2 s E ÷ X. X is 10,000 x √1.1 = 10,488 at the fixed point.
  @Test func `a pool alone comes back to P* over the sell share`() throws {
    let rows = try burnAndMint(
      market: "{rule: 'pool', openingPriceUSD: \(1.1 * Self.balance / 0.5), poolShareOfCap: 0.01, "
        + "fee: 0, speculatorShareOfCap: 0}",
      circulating: 1e6, sellShare: 0.5, days: 400)
    let price = try rows.column("token_price_usd")
    let theory = 2 * 0.5 * 100 / 10_488.0
    // Where it is looked at from, day 120, the displacement is 0.0953 e^(-1.14) = 3 %, and the law is
    // linear to first order in it.
    #expect(abs(try rate(rows, from: 120, step: 120) / theory - 1) < 0.04)
    // After 400 days 2.1 per mille are left; a day's sales lower the price by s E ÷ X = 0.5 % at its
    // end, half of which is in the mean of the day.
    #expect(abs(price[400] / (Self.balance / 0.5) - 1) < 0.006)
    // At that price half of the emission is burned: supply grows, though the price stands still.
    let circulating = try rows.column("circulating_tokens")
    #expect(abs((circulating[400] - circulating[390]) / 10 - 50) < 1)
  }

  /// Where the price is the value, years x yearly burns ÷ circulating tokens C, burning makes
  /// dC/dt = E - C ÷ (365 years): C comes back to 365 years E, and with it P to 0.95 D ÷ E = P*.
  @Test func `anchored in a value the price comes back to P* in as many years as the value counts`()
    throws
  {
    let years = 0.25
    let rows = try burnAndMint(
      market: "{rule: 'anchored', openingPriceUSD: \(1.1 * Self.balance), poolShareOfCap: 0.001, "
        + "fee: 0, valueYears: \(years), valueWindowDays: 1, response: 1, "
        + "traderDollarsShareOfCap: 10, traderTokensShareOfCap: 0.9}",
      circulating: 365 * years * 100 / 1.1, sellShare: 1, days: 300)
    // What settlements pay: between two clearings the spot price of so thin a pool is far from both.
    let price = try rows.column("oracle_price_usd")
    for day in [4, 50, 100, 150, 200, 300] {
      // C is a share of 1/11 e^(-t ÷ 365 years) below its fixed point. Traders sell a hundred of at
      // least 7,400 tokens a day, for which the price leaves the value by 1.35 % at most.
      let short = Elementary.exp(-Double(day) / (365 * years)) / 11
      let theory = 1 / (1 - short)
      #expect(abs(price[day] / Self.balance - theory) < 0.0135 * theory, "day \(day)")
    }
  }

  /// Nodes after a price that was ten times as high for three months and came back: the loop of
  /// supply s = 0.1, e = 0.27 and of price k = 0.5 a month, log-linear, left alone.
  private func displacedNodes(eta: Double) throws -> [Double] {
    try QuietNetwork.scenario(
      [
        "horizonDays=\(31 * Span.daysPerMonth)", "epochHours=730.5",
        "measureEveryDays=\(Span.daysPerMonth)", "operators.types.host.candidates=12000",
        "operators.types.host.activeAtStart=5000",
        "token.emission={rule: 'fixed', tokensPerEpoch: 1e6}",
        "operators.types.host.aggregate="
          + "{rule: 'target', elasticity: 0.27, upShare: 0.1, downShare: 0.1, reentry: true}",
        "shocks={up: {target: 'price', on: 31, lastingDays: \(3 * Span.daysPerMonth), factor: 10}}",
      ],
      market: "{rule: 'networkValue', openingPriceUSD: 1, exponent: \(eta), closePerMonth: 0.5, "
        + "marketEveryHours: 24.35}"
    ).rows().column("active_nodes")
  }

  /// Slow eigenvalues of model-facts §5.6 [1/month], and the logarithms of those of the same loop in
  /// monthly steps of supply, by hand:
  ///
  ///     x' = x + s (e (ȳ - x) - x), ȳ = η x (1 - q) + q y, q = e^(-29 k/30)
  ///     y' = η x (1 - Q) + Q y, Q = e^(-k)
  ///
  /// since pay is read after 29 of the 30 market steps of a month. The two differ by what a step of a
  /// month does, (λ_slow² and λ_fast² to first order in the month) ÷ 2: 0.0036, 0.0007 and 0.0011.
  @Test(arguments: [(2.0, -0.0649, -0.06855), (4, -0.0155, -0.01628), (6, 0.0268, 0.02790)])
  func `fixed emission: the slow eigenvalue of the loop is that of theory`(
    eta: Double, continuous: Double, monthly: Double
  ) throws {
    let nodes = try displacedNodes(eta: eta)
    func displacement(_ month: Int) -> Double { Elementary.log(nodes[month] / 5_000) }
    #expect(displacement(6) > 0.1)
    let found = Elementary.log(displacement(26) / displacement(14)) / 12
    // Nodes are whole: half of one of 5,000 in displacements of at least 0.03, at both ends, over 12
    // months: 2 x 0.0033 ÷ 12. What is left of the fast eigenvalue, -0.57 a month, after 9 months is
    // 0.6 % of it.
    #expect(abs(found - monthly) < 0.001)
    #expect(abs(found - continuous) < (monthly - continuous).magnitude + 0.001)
    #expect((found > 0) == (eta > 1 + 1 / 0.27))
  }
}
