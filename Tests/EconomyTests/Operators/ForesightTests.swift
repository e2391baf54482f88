import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Operators who know what is to come.
struct ForesightTests {
  /// The price rises from 1 to 3 on day 100.
  private func scenario(
    _ expectation: String, _ settings: [String] = [], days: Double = 200
  ) throws -> Scenario {
    try QuietNetwork.scenario(
      ["horizonDays=\(days)"] + settings, market: QuietNetwork.trace, expectation: expectation,
      table: "day,price\n0,1\n100,3\n")
  }

  private func state(_ expectation: String, day: Double) throws -> NetworkState {
    var run = try scenario(expectation).run()
    try run.run(until: .days(day))
    return run.state
  }

  /// Of days 76 to 125, 24 have a price of 1 and 26 of 3.
  @Test func `tokens are worth the mean price of the days ahead`() throws {
    let state = try state("{rule: 'perfectForesight', aheadDays: 50}", day: 75)
    #expect(abs((state.foresight?.price ?? 0) - 2.04) < 1e-12)
    #expect(abs(try #require(state.expectedPay(of: 0, at: .days(75))) - 2 * 2.04) < 1e-9)
    #expect(try self.state("'last'", day: 75).expectedPay(of: 0, at: .days(75)) == 2)
  }

  @Test func `luck of the price is foreseen too`() throws {
    var run = try scenario(
      "{rule: 'perfectForesight', aheadDays: 30}", ["market.noise={rule: 'gbm'}"], days: 150
    ).run()
    try run.run(until: .days(90))
    let foreseen = try #require(run.state.foresight?.price)
    try run.run(until: .days(120))
    let prices = try run.takeSeries().column("token_price_usd")
    let mean = prices[91...120].reduce(0, +) / 30
    #expect(abs(foreseen / mean - 1) < 1e-9)
    #expect(mean > 1.2)
  }

  /// Pay of 1 USD a day brings nobody in (the band asks 1.82), one of 3 does.
  @Test func `who foresees a rise comes before it, who expects the last pay after it`() throws {
    func firstEntry(_ expectation: String) throws -> Double {
      let rows = try scenario(
        expectation, [QuietNetwork.decisions, "token.emission.tokensPerEpochPerNode=1"]
      ).rows()
      let entries = try rows.column("entries")
      return try #require(zip(rows, entries).first { $0.1 > 0 }).0.time.inDays
    }
    // A look on day 75 foresees (24 + 26 x 3) / 50 = 2.04; one on day 65 foresees 1.64.
    let foreseeing = try firstEntry("{rule: 'perfectForesight', aheadDays: 50}")
    #expect(foreseeing == 75)
    #expect(try firstEntry("'last'") == 105)
    #expect(try firstEntry("{rule: 'average', days: 30}") > 105)
  }

  /// A table of pay: 1 until day 40, then 5; the band asks 1.82.
  @Test func `a given pay is expected whatever the network pays`() throws {
    func entries(_ ahead: Int) throws -> Double? {
      let rows = try QuietNetwork.scenario(
        [QuietNetwork.decisions],
        expectation: "{rule: 'given', table: {csv: 'p.csv'}, date: 'day', "
          + "payUSDPerNodeDay: {column: 'price'}, aheadDays: \(ahead)}",
        table: "day,price\n0,1\n40,5\n"
      ).rows()
      let entries = try rows.column("entries")
      return zip(rows, entries).first { $0.1 > 0 }?.0.time.inDays
    }
    #expect(try entries(0) == 45)
    // The look of day 25 sees 15 days of 1 and 15 of 5.
    #expect(try entries(30) == 25)
  }

  @Test func `a price that depends on operators cannot be foreseen`() {
    let foresight = "operators.expectation=perfectForesight"
    #expect {
      try SmallNetwork.scenario([foresight])
    } throws: {
      "\($0)".contains(
        """
        operators: expected an expectation other than perfectForesight, or a price from outside, \
        found a price that depends on entry and exit
        """)
    }
    #expect(throws: Never.self) {
      try SmallNetwork.scenario([foresight, "cut=['revenueToPrice']"])
    }
  }

  @Test func `behind the cut from price to pay foresight is an average`() throws {
    func nodes(_ expectation: String) throws -> [Double] {
      try scenario(
        expectation,
        [
          QuietNetwork.decisions, "cut=['priceToPay']",
          "token.emission.tokensPerEpochPerNode=1.9",
        ]
      ).rows().column("active_nodes")
    }
    #expect(try nodes("'perfectForesight'") == nodes("'average'"))
  }
}
