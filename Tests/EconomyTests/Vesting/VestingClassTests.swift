import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct VestingClassTests {
  @Test func `the cliff comes first, then equal parts`() throws {
    let team = try read("{tokens: 10, cliff: 90, cliffShare: 0.25, parts: 3, everyDays: 30.5}") {
      VestingClass(name: "team", reading: &$0)
    }
    #expect(team.unlockDays == [90, 120.5, 151, 181.5])
  }

  @Test func `a rest without parts is refused`() throws {
    let said = try complaints(about: "{tokens: 10, cliff: 90, cliffShare: 0.25}") {
      VestingClass(name: "team", reading: &$0)
    }
    #expect(said == ["expected at least one part for the 0.75 that the cliff leaves, found 0"])
  }

  @Test func `all that was locked becomes free, and not a unit more`() throws {
    var run = try Scenario(
      text: """
        {horizonDays: 12, token: {circulating: 1000, vesting: {
           team: {tokens: 100.000003, cliff: 2, cliffShare: 0.1, parts: 7, everyDays: 1,
             saleShare: 0.5},
           seed: {tokens: 0.000001, cliff: 3, saleShare: 1},
           late: {tokens: 5, cliff: 11, cliffShare: 0.5, parts: 2, everyDays: 1}}},
         market: {rule: "exogenous", openingPriceUSD: 1}}
        """
    ).run()
    var locked: [[Int64]] = []
    for day in 1...12 {
      try run.run(until: .days(Double(day)))
      let state = run.state
      locked.append((0..<3).map { state.ledger.balance(.token, of: state.accounts.unvested($0)) })
    }
    // A tenth, then 12,857,143 or what is left: 90 % of 100,000,003 over 7, rounded down.
    let team = [100_000_003, 90_000_003, 77_142_860, 64_285_717, 51_428_574, 38_571_431]
    #expect(locked.map { Int($0[0]) } == team + [25_714_288, 12_857_145, 0, 0, 0, 0])
    #expect(locked.map { $0[1] } == [1, 1] + Array(repeating: 0, count: 10))
    // The last part comes on day 13, after the end.
    #expect(locked.map { $0[2] }.suffix(2) == [2_500_000, 1_250_000])
    // Half of each part is sold to the exchange at the next step, the odd unit kept.
    #expect(run.state.ledger.balance(.token, of: .exchange) > 1_000_000_000)
    var ledger = run.state.ledger
    #expect(ledger.discrepancy() == nil)
  }
}
