import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// A price of 1, of 5 from day 3 on and of 2 from day 4 on, kept for two days.
private func history() -> PriceHistory {
  var prices = PriceHistory(reach: .days(2))
  for (day, price) in [(0.0, 1.0), (1, 1), (3, 7), (3, 5), (4, 2)] {
    prices.note(price, at: .days(day))
  }
  return prices
}

struct PriceHistoryTests {
  @Test func `a price holds until the next, and the last of an instant counts`() {
    let prices = history()
    let now = SimTime.days(4.5)
    let found = [0, 0.5, 0.6, 1.5, 1.6, 9].map { prices.price(.days($0), before: now) }
    #expect(found == [2, 2, 5, 5, 1, 1])
  }

  @Test func `the mean weighs each price by how long it held`() {
    let prices = history()
    // Half a day of 2, a day of 5, half a day of 1.
    #expect(prices.mean(over: .days(2), until: .days(4.5)) == (0.5 * 2 + 5 + 0.5 * 1) / 2)
    #expect(prices.mean(over: .days(0.25), until: .days(4.5)) == 2)
  }

  @Test func `what is out of reach is forgotten`() {
    var prices = PriceHistory(reach: .days(1))
    for day in 0..<1000 { prices.note(Double(day), at: .days(Double(day))) }
    #expect(prices.price(.days(1), before: .days(999)) == 998)
    #expect(MemoryLayout.size(ofValue: prices) > 0)
    #expect(prices.price(.days(500), before: .days(999)) >= 997)
  }
}

/// A price from a table, read before each market step of a day.
private func readings(
  _ oracle: String, table: String = "day,price\n0,1\n3,5\n", shocks: String = "{}", days: Int = 7
) throws -> [Double] {
  var run = try QuietNetwork.scenario(
    ["oracle=\(oracle)", "shocks=\(shocks)", "horizonDays=\(days)"],
    market: QuietNetwork.trace, table: table
  ).finished()
  return try run.takeSeries().column("oracle_price_usd")
}

struct OracleRuleTests {
  @Test func `spot is what the venue quoted last`() throws {
    // The step of day 3 comes after the settlement of that day.
    #expect(try readings("'spot'") == [1, 1, 1, 1, 5, 5, 5, 5])
  }

  @Test func `a window of two days has half of each price in it a day after the change`() throws {
    #expect(try readings("{rule: 'twap', windowHours: 48}") == [1, 1, 1, 1, 3, 5, 5, 5])
    #expect(try readings("{rule: 'twap', windowHours: 96}") == [1, 1, 1, 1, 2, 3, 4, 5])
  }

  @Test func `a lag of two days shows a change two days late`() throws {
    #expect(try readings("{rule: 'lag', lagHours: 48}") == [1, 1, 1, 1, 1, 5, 5, 5])
    #expect(try readings("{rule: 'lag', lagHours: 0}") == readings("'spot'"))
  }

  @Test func `a stale price is taken anew when it is old, or when the venue is far from it`() throws
  {
    #expect(
      try readings("{rule: 'stale', updateHours: 72, deviation: 9}") == [1, 1, 1, 1, 1, 1, 5, 5])
    #expect(try readings("{rule: 'stale', deviation: 4}") == [1, 1, 1, 1, 5, 5, 5, 5])
    #expect(try readings("{rule: 'stale', deviation: 4.1}") == [1, 1, 1, 1, 1, 1, 1, 5])
  }

  @Test func `the median leaves out a day of madness`() throws {
    let table = "day,price\n0,1\n3,90\n4,2\n"
    #expect(try readings("'spot'", table: table) == [1, 1, 1, 1, 90, 2, 2, 2])
    #expect(
      try readings("{rule: 'median', everyHours: 36}", table: table)
        == [1, 1, 1, 1, 1, 2, 2, 2])
  }

  @Test func `in an outage the last reading holds`() throws {
    let shocks = "{dark: {target: 'oracleOutage', on: 3.5, lastingDays: 2}}"
    #expect(try readings("'spot'", shocks: shocks) == [1, 1, 1, 1, 1, 1, 5, 5])
    let none = "{dark: {target: 'oracleOutage', on: 3.5, lastingDays: 2, intensity: 0}}"
    #expect(try readings("'spot'", shocks: none) == [1, 1, 1, 1, 5, 5, 5, 5])
  }

  /// Nothing is paid or issued on the days of the outage, and what was owed is paid after it.
  @Test func `settlements that halt pay later what they owe, and leave the emission out`() throws {
    func run(_ onOutage: String) throws -> (rows: [SeriesRow], run: NetworkRun) {
      var run = try SmallNetwork.scenario([
        "oracle={rule: 'spot', onOutage: '\(onOutage)'}", "horizonDays=12",
        "shocks={dark: {target: 'oracleOutage', on: 4.5, lastingDays: 3}}",
        "operators.types.home.decisions=none",
      ]).finished()
      return (run.takeSeries(), run)
    }
    let (held, halted) = (try run("hold"), try run("halt"))
    let minted = try halted.rows.column("minted_tokens")
    #expect(minted[5...7].allSatisfy { $0 == 0 } && minted[4] > 0 && minted[8] > 0)
    #expect(try halted.rows.column("user_spend_usd")[5...7].allSatisfy { $0 == 0 })
    let spent = [held, halted].map { $0.run }
    // Prices differ, so that work does; the order of magnitude says that nothing was lost.
    let sums = try spent.map { try $0.measured("user_spend_usd") }
    #expect(sums[1] > 0.8 * sums[0] && sums[1] < 1.25 * sums[0])
    #expect(halted.run.state.settlements == 12)
  }

  @Test func `only spot takes the price of the settlement's own purchase`() throws {
    func reading(_ oracle: String) throws -> (Double, NetworkState) {
      var run = try SmallNetwork.scenario(["oracle=\(oracle)"]).run()
      try run.run(until: .days(5.5))
      return (run.state.token.oraclePrice, run.state)
    }
    let (spot, state) = try reading("'spot'")
    #expect(spot != state.oracle.last?.price)
    let (lagged, other) = try reading("{rule: 'lag', lagHours: 30}")
    #expect(lagged == other.oracle.last?.price)
  }
}
