import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Tokens issued for revenue: Render's RNP-023 with Salad.
struct RevenueRewardTests {
  /// A month of revenue at 2 USD a token.
  private func month(_ revenue: Double, _ payment: String) throws -> NetworkRun {
    try Scenario(
      text: """
        {start: "2026-04-01", horizonDays: 31, seed: 1, replicates: 1,
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 50}}},
         operators: {types: {host: {hardware: "gpu", candidates: 20, activeAtStart: 20}}},
         demand: {classes: {batch: {hardware: ["gpu"], trace: {table: {csv: "month.csv"},
           from: "from", to: "to", spendUSD: {column: "usd"}, usdPerJob: 200}}}},
         token: {circulating: 500000000}, market: {rule: "exogenous", openingPriceUSD: 2},
         payment: {\(payment)}}
        """,
      tables: ["month.csv": "from,to,usd\n2026-04-01,2026-05-01,\(revenue)\n"]
    ).finished()
  }

  @Test func `what is issued for revenue weighs against what is burned`() throws {
    func price(_ share: Double) throws -> Double {
      try SmallNetwork.scenario([
        "market={rule: 'imbalance', openingPriceUSD: 2, kappa: 0.01}", "shocks={}",
        "payment={provider: 0.4, burn: 0.6, rewardShareOfRevenue: \(share)}",
      ]).finished().measured("token_price_usd")
    }
    #expect(try price(0.5) < price(0))
  }

  @Test func `a month burns 95,374 tokens and rewards 88,240 at 2 USD`() throws {
    // Both figures and both splits fix the revenue of the two kinds of capacity: with 60 % and 35 %
    // burned, 56 % and 31 % rewarded, 263,612 and 93,088 USD, together 4.28 million a year.
    let consumers = try month(
      263_612, "provider: 0, partner: 0.35, protocol: 0.05, burn: 0.6, rewardShareOfRevenue: 0.56")
    let groups = try month(
      93_088, "provider: 0, partner: 0.6, protocol: 0.05, burn: 0.35, rewardShareOfRevenue: 0.31")
    let runs = [consumers, groups]
    let burned = try runs.reduce(0) { try $0 + $1.measured("burned_tokens") }
    let rewarded = try runs.reduce(0) { try $0 + $1.measured("minted_tokens") }
    // Rounded to a base unit at each of 31 settlements.
    #expect(abs(burned - 95_374) < 0.01)
    #expect(abs(rewarded - 88_240) < 0.01)
    // What is burned beyond the rewards is 4 % of revenue.
    #expect(abs(2 * (burned - rewarded) - 0.04 * (263_612 + 93_088)) < 0.05)
    let partner = runs.map { run in
      var run = run
      return run.takeFlows().filter { $0.reason == "partner share" }
        .reduce(0) { $0 + (Double($1.amount) ?? 0) }
    }
    #expect(abs(partner[0] - 0.35 * 263_612) < 0.01 && abs(partner[1] - 0.6 * 93_088) < 0.01)
  }
}
