import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// What machines could earn elsewhere.
struct AlternativeTests {
  private func alternative(_ text: String) throws -> Alternative {
    try rule(text, from: Alternative.choices)
  }

  @Test func `mining pays for its power and site or is not done`() throws {
    let mining = try alternative("{rule: 'mining', grossUSDPerNodeDay: 2}")
    #expect(mining.net(power: 0.5, site: 0.25, resale: 9) == 1.25)
    #expect(mining.net(power: 3, site: 0, resale: 9) == 0)
    #expect(mining.idlePay == nil && mining.keepsMachines)
  }

  @Test func `a sale is worth the return and the loss of value that it spares`() throws {
    let sale = try alternative("{rule: 'sale', returnPerYear: 0.2, depreciationPerYear: 0.3}")
    #expect(sale.net(power: 5, site: 5, resale: 730) == 1)
    #expect(!sale.keepsMachines)
  }

  /// Band without: enter above 1.5 (0.12 + 1000 x 0.4 / 365) = 1.82 USD a day, leave below
  /// 0.09 + interest.
  @Test func `the band moves up by what the machine would leave elsewhere`() throws {
    let band = try read("{}") { DecisionRule(reading: &$0) }
    let (entry, exit) = (
      band.entryPay(running: 1, capital: 365), band.exitPay(running: 1, resale: 365)
    )
    // Capital asks 0.4 a day; interest is 0.05 a day.
    #expect(abs(entry - 1.5 * 1.4) < 1e-12 && abs(exit - 0.8) < 1e-12)
    #expect(band.entryPay(running: 1, capital: 365, elsewhere: 1, owns: true) == entry + 1)
    #expect(
      abs(band.entryPay(running: 1, capital: 365, elsewhere: 1, owns: false) - entry - 0.6) < 1e-12)
    #expect(abs(band.exitPay(running: 1, resale: 365, elsewhere: 1) - 1.75) < 1e-12)
    #expect(band.exitPay(running: 1, resale: 365, elsewhere: 0.01) == exit)
  }

  private func finished(_ settings: [String]) throws -> NetworkRun {
    try QuietNetwork.scenario([QuietNetwork.decisions] + settings).finished()
  }

  /// Pay is 2 USD a day, running cost 0.12: who could have 3 elsewhere goes, who could have 1.5
  /// stays, and machines that go to another use are not sold.
  @Test func `operators leave for what pays more, with their machines`() throws {
    let stays = try finished([
      "operators.types.host.alternative={rule: 'network', netUSDPerNodeDay: 1.5}"
    ])
    #expect(try stays.measured("exits") == 0)
    var leaves = try finished([
      "operators.types.host.alternative={rule: 'network', netUSDPerNodeDay: 3}"
    ])
    #expect(try leaves.measured("exits") == 50)
    #expect(leaves.takeFlows().allSatisfy { $0.reason != "hardware resale" })
    let operators = leaves.state.operators
    #expect((0..<50).allSatisfy { operators.ownsMachines[$0] })
    #expect(try finished([]).measured("entries") == 50)
    #expect(try leaves.measured("entries") == 0)
  }

  /// A return that asks more than pay leaves sells the machines.
  @Test func `a sale that is worth more than pay is made`() throws {
    var run = try finished(["operators.types.host.alternative={rule: 'sale', returnPerYear: 9}"])
    #expect(try run.measured("exits") == 50)
    #expect(run.takeFlows().contains { $0.reason == "hardware resale" })
  }

  /// 50 nodes idle for 100 days at 0.1 USD an hour; mining needs 450 W more, 0.045 USD an hour.
  @Test func `idle nodes mine where that pays for the power`() throws {
    let mining =
      "operators.types.host.alternative={rule: 'mining', grossUSDPerNodeDay: 2.4, whileIdle: true}"
    var run = try QuietNetwork.scenario([mining]).finished()
    #expect(abs(try run.measured("alternative_income_usd") - 50 * 100 * 2.4) < 1e-6)
    #expect(abs(try run.measured("provider_cost_usd") - 50 * 100 * 1.2) < 1e-6)
    #expect(try run.measured("provider_income_usd") == 50 * 100 * 2)
    #expect(
      run.takeFlows().contains { $0.reason == "alternative income" && $0.from == "world" })
    #expect(abs(run.state.learnedPay(of: 0) - 4.4) < 1e-9)
    let dear = try QuietNetwork.scenario([
      mining, "operators.types.host.electricityUSDPerKWh={rule: 'fixed', value: 0.3}",
    ]).finished()
    #expect(try dear.measured("alternative_income_usd") == 0)
    #expect(abs(try dear.measured("provider_cost_usd") - 50 * 100 * 0.36) < 1e-6)
  }
}

/// Tokens that are sold to pay bills, and the value of pay.
struct TokenHabitTests {
  private static let poor = [
    "operators.types.host.sellShare=0", "operators.types.host.cashDays=0",
    "operators.types.host.candidates=50", QuietNetwork.decisions,
  ]

  @Test func `who keeps tokens sells some of them to pay the bills, or leaves with bills`() throws {
    let forced = try QuietNetwork.scenario(Self.poor).finished()
    // 0.12 USD a node and day; the 5 % on top for a price that moves pay part of the next bill.
    let sold = try forced.measured("forced_sale_tokens")
    #expect(abs(sold - 50 * 100 * 0.12) < 50 * 2 * 0.12)
    #expect(try forced.measured("exits") == 0)
    let stubborn = try QuietNetwork.scenario(
      Self.poor + ["operators.types.host.forcedSale=false"]
    ).finished()
    #expect(try stubborn.measured("forced_sale_tokens") == 0)
    // A month of 0.12 USD is unpaid after 30.4 days: all go at their next look.
    #expect(try stubborn.measured("exits") == 50)
  }

  /// The price doubles on day 50: pay of that day is valued before and sold after.
  @Test func `pay is valued at the oracle and realised at the sale`() throws {
    let run = try QuietNetwork.scenario(
      market: QuietNetwork.trace, table: "day,price\n0,1\n50,2\n"
    ).finished()
    let tokens = 50 * 2.0
    #expect(abs(try run.measured("provider_income_usd") - tokens * (50 + 50 * 2)) < 1e-6)
    #expect(abs(try run.measured("provider_realised_usd") - tokens * (49 + 51 * 2)) < 1e-6)
  }
}
