import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// What the protocol spends, in a network of ten nodes without jobs.
struct TreasuryTests {
  private func run(_ treasury: String, token: Bool = true, _ rest: String = "") throws -> NetworkRun
  {
    let market =
      token
      ? "token: {circulating: 100000, treasury: 1000}, market: {rule: \"pool\", openingPriceUSD: 2, "
        + "poolShareOfCap: 0.1},"
      : ""
    return try Scenario(
      text: """
        {start: "2025-01-01", horizonDays: 60, seed: 3, replicates: 1,
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 0.5}}},
         operators: {types: {host: {hardware: "gpu", candidates: 10, activeAtStart: 10}}},
         demand: {classes: {}}, \(market) treasury: {\(treasury)}, \(rest)}
        """
    ).finished()
  }

  @Test func `costs run down the treasury, and runway is what is left of it`() throws {
    var run = try run("openingUSD: 1000, operatingUSDPerMonth: 304.375", token: false)
    let rows = run.takeSeries()
    let (months, dollars) = (try rows.column("runway_months"), try rows.column("treasury_usd"))
    // Ten dollars a day.
    #expect(abs(dollars[30] - 700) < 1e-3)
    #expect(abs(months[30] - 700 / 304.375) < 1e-3)
    #expect(try run.measured("treasury_unpaid_usd") == 0)
    let short = try self.run("openingUSD: 100, operatingUSDPerMonth: 304.375", token: false)
    #expect(abs(try short.measured("treasury_unpaid_usd") - 500) < 1e-3)
  }

  @Test func `grants go to whom they are for, from their day to their day`() throws {
    let run = try run(
      """
      openingUSD: 5000, grants: {
        hosts: {to: "operators", usdPerMonth: 304.375, from: 10, until: 20},
        users: {to: "users", usdPerMonth: 304.375, until: 5},
        world: {tokensPerMonth: 304.375, saleShare: 1, until: 10},
      }
      """)
    #expect(abs(try run.measured("provider_income_usd") - 100) < 1e-3)
    #expect(run.state.ledger.balance(.dollars, of: .users) == 50_000_000)
    // Ten days of ten tokens, all sold.
    #expect(run.state.ledger.balance(.token, of: .treasury) == 900_000_000)
    #expect(
      run.state.venue?.price(run.state.settings.token!.market.rule, run.state.ledger) ?? 2 < 2)
  }

  @Test func `a top-up pays idle nodes as if they were busy for a part of the time`() throws {
    let run = try run("openingUSD: 10000, topUp: {utilisation: 0.6, until: 30}", token: false)
    // 10 nodes x 24 h x 0.6 x 0.5 USD for thirty days.
    #expect(abs(try run.measured("provider_income_usd") - 72 * 30) < 1e-2)
    let capped = try self.run(
      "openingUSD: 10000, topUp: {utilisation: 0.6, capUSDPerMonth: 304.375}", token: false)
    #expect(abs(try capped.measured("provider_income_usd") - 600) < 1e-2)
  }

  @Test func `a loan deepens the pool and comes back`() throws {
    var run = try run(
      "openingUSD: 1000, marketMaking: {usd: 500, from: 10, until: 30}")
    let value = try run.takeSeries().column("treasury_usd")
    // 1,000 USD and 1,000 tokens at 2 USD; the price stays, so the value does.
    #expect(value.allSatisfy { abs($0 - 3000) < 1e-2 })
    let ledger = run.state.ledger
    #expect(abs(ledger.balance(.dollars, of: .treasury) - 1_000_000_000) <= 1)
    #expect(abs(ledger.balance(.token, of: .treasury) - 1_000_000_000) <= 1)
    let lent = run.takeFlows().filter { $0.reason == "loan" && $0.asset == "USD" }
    #expect(lent.map(\.to).sorted() == ["pool", "treasury"])
  }

  @Test func `tokens are sold at the next market step where dollars are few`() throws {
    let run = try run("operatingUSDPerMonth: 304.375, sale: {keepUSD: 20}")
    // Ten a day are paid from the second day on.
    #expect(abs(try run.measured("treasury_spend_usd") - 590) < 20)
    #expect(run.state.ledger.balance(.token, of: .treasury) < 700_000_000)
  }

  @Test func `a network without programmes has no runway`() throws {
    let run = try SmallNetwork.scenario(["horizonDays=3"]).finished()
    #expect(try run.measured("runway_months").isNaN)
    #expect(try run.measured("treasury_usd").isNaN)
  }

  @Test func `what needs a token is refused without one`() throws {
    let error = #expect(throws: ScenarioError.self) {
      _ = try self.run(
        "sale: {keepUSD: 1}, grants: {gift: {tokensPerMonth: 5}}", token: false)
    }
    let text = error?.description ?? ""
    #expect(text.contains("treasury: expected a token for sale, found none"))
    #expect(text.contains("treasury: expected a token for grants.gift.tokensPerMonth, found none"))
  }
}
