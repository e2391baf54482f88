import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct BuyBackTests {
  private func run(_ terms: String, _ rest: String = "") throws -> NetworkRun {
    try CheckedNetwork.scenario(
      payment: "provider: 0.5, protocol: 0.5, buyBack: {\(terms)}",
      "token: {circulating: 1000000}, market: {rule: 'exogenous', openingPriceUSD: 2}" + rest
    ).finished()
  }

  @Test func `of a hundred tokens 69,3 are burned, 29,7 held and 1 is the executor's`() throws {
    let state = try run("executorShare: 0.01, burn: 0.7, hold: 0.3").state
    let bought = Double(state.token.bought - state.token.passedOn) / 0.693
    #expect(bought > 0)
    #expect(abs(Double(state.ledger.burned[1]) - 0.693 * bought) < 3)
    #expect(abs(Double(state.ledger.balance(.token, of: .treasury)) - 0.297 * bought) < 3)
    #expect(abs(Double(state.ledger.balance(.token, of: .holders)) - 0.01 * bought) < 3)
  }

  @Test func `fees buy on their day, all that came before it`() throws {
    var run = try run("everyDays: 5")
    let spent = try run.takeSeries().column("burned_usd")
    let days = spent.indices.filter { spent[$0] > 0 }
    #expect(days == [5, 10, 15, 20])
    let fees = try run.measured("protocol_revenue_usd")
    // The settlement of day 20 comes before the purchase of day 20.
    #expect(abs(try run.measured("buy_back_usd") - fees) < 1e-5)
    #expect(abs(spent.dropFirst().reduce(0, +) - fees) < 1e-5)
  }

  @Test func `another interval goes on from the last purchase`() throws {
    var run = try run(
      "everyDays: 1", ", amendments: {vote: {on: 9, set: {'payment.buyBack.everyDays': 4}}}")
    let spent = try run.takeSeries().column("burned_usd")
    #expect(spent.indices.filter { spent[$0] > 0 } == Array(1...8) + [12, 16, 20])
  }

  @Test func `dollars that buy for others shorten the runway`() throws {
    let months = try (1...2).map { turn in
      let keeps = "everyDays: 1, " + (turn == 1 ? "burn: 1" : "burn: 0, hold: 1")
      return try run(keeps, ", treasury: {openingUSD: 2000, operatingUSDPerMonth: 600}")
        .measured("runway_months")
    }
    // What is bought and kept is the treasury's still: fees of half of 4 USD an hour outweigh costs.
    #expect(months[0] > 0 && months[0] < 10)
    #expect(months[1].isNaN)
  }

  @Test func `a cap a day lets the rest wait`() throws {
    let run = try run("everyDays: 5, capUSDPerDay: 2")
    #expect(abs(try run.measured("buy_back_usd") - 40) < 1e-9)
    #expect(run.state.vaults.buyBackDue > 0)
  }

  @Test func `stakers get their part by what they have bonded`() throws {
    let bonded = ", staking: {collateral: {tokensPerNode: 10}}"
    var run = try run("burn: 0, stakers: 1, everyDays: 1", bonded)
    let flows = run.takeFlows().filter { $0.reason == "buy-back" && $0.to == "operators" }
    #expect(!flows.isEmpty)
    #expect(run.state.ledger.burned[1] == 0)
    // Nobody has bonded anything: the treasury keeps it.
    let alone = try self.run("burn: 0, stakers: 1, everyDays: 1").state
    #expect(alone.ledger.balance(.token, of: .treasury) > 0)
  }
}
