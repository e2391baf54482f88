import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func complaints(_ token: String) throws -> [String] {
  let market = try rule("{rule: 'exogenous', openingPriceUSD: 1}", from: MarketSettings.choices)
  return try complaints(about: token) { TokenSettings(market: market, reading: &$0) }
}

/// A network of two nodes that only issues tokens, four epochs long.
private func issued(_ token: String, setting settings: [String] = []) throws -> NetworkRun {
  try Scenario(
    text: """
      {horizonDays: 4, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
         priceUSDPerGPUHour: 1}}},
       operators: {types: {a: {hardware: "gpu", candidates: 2, activeAtStart: 2}}},
       token: \(token), market: {rule: "exogenous", openingPriceUSD: 1}}
      """, setting: settings
  ).finished()
}

struct TokenSettingsTests {
  @Test func `a supply beyond what the ledger can hold is refused`() throws {
    #expect(
      try complaints("{circulating: 1e12, decimals: 9}") == [
        "expected largest supply x 10^decimals below 2^62, about 4.6e18, found 1000000000000 x 10^9 = 1e+21"
      ])
  }

  @Test func `a cap below what exists at the start is refused`() throws {
    #expect(
      try complaints("{circulating: 100, treasury: 50, cap: 120}") == [
        "expected at least circulating + treasury + vesting = 100 + 50 + 0 = 150, found 120"
      ])
  }

  @Test func `unlocks above the supply are refused with their sum`() throws {
    let token = """
      {circulating: 100, cap: 120, vesting: {team: {tokens: 90, cliff: 9}, seed: {tokens: 40.5, \
      cliff: 9}}}
      """
    #expect(
      try complaints(token) == [
        "expected unlocks within the cap of 120 tokens, found team 90 + seed 40.5 = 130.5"
      ])
  }

  @Test func `a pool without a unit of either reserve is refused`() throws {
    let thin = try rule(
      "{rule: 'pool', openingPriceUSD: 0.001, poolShareOfCap: 1e-6}", from: MarketSettings.choices)
    let said = try complaints(about: "{circulating: 1}") {
      TokenSettings(market: thin, reading: &$0)
    }
    #expect(
      said == [
        """
        expected a pool that holds a base unit and a micro-dollar at least, found 1e-06 tokens at \
        0.001 USD
        """
      ])
  }

  @Test func `more dollars than the ledger can hold are refused`() throws {
    let deep = try rule(
      "{rule: 'pool', openingPriceUSD: 1e9, poolShareOfCap: 1}", from: MarketSettings.choices)
    let said = try complaints(about: "{circulating: 1e12, decimals: 0}") {
      TokenSettings(market: deep, reading: &$0)
    }
    #expect(
      said == [
        "expected a base unit worth at most .01 USD, found 1000000000 USD ÷ 10^0 = 1000000000 USD",
        "expected traders and a pool with at most 1e12 USD at day 0, found 1.02e+21 USD",
      ])
  }

  @Test func `emission needs somebody to receive it`() throws {
    let text = "{circulating: 100, emission: {rule: 'fixed', tokensPerEpoch: 1}}"
    #expect(try complaints(text) == ["expected rewards beside it, found no rewards"])
  }

  @Test func `what is minted is the schedule, unit by unit`() throws {
    let run = try issued(
      """
      {circulating: 1000, decimals: 3, emission: {rule: "halving", initialTokensPerEpoch: 10.001,
        halvingEpochs: 2}, rewards: {registered: 0.5, treasury: 0.5}}
      """)
    // 10.001 twice and, rounded to the nearest thousandth, 5.0005 -> 5.001 twice.
    #expect(run.state.ledger.minted[Asset.token.column] == 2 * 10_001 + 2 * 5_001)
    #expect(try run.measured("minted_tokens") == 30.004)
  }

  @Test func `a scale multiplies the schedule`() throws {
    let text = """
      {circulating: 1000, emission: {rule: "fixed", tokensPerEpoch: 3, tokensPerEpochPerNode: 1},
       rewards: {treasury: 1}, emissionScale: 2.5}
      """
    #expect(try issued(text).measured("minted_tokens") == 4 * 2.5 * 5)
  }

  @Test func `the cap ends the issue to the unit`() throws {
    let run = try issued(
      """
      {circulating: 100, treasury: 20, cap: 129.5, emission: {rule: "fixed", tokensPerEpoch: 4},
       rewards: {online: 1}}
      """)
    #expect(try run.measured("minted_tokens") == 9.5)
    #expect(run.warnings.isEmpty)
  }

  @Test func `a supply that leaves the ledger ends the issue, warns and is graded dead`() throws {
    let run = try issued(
      """
      {circulating: 1e12, emission: {rule: "fixed", tokensPerEpochPerNode: 1e9},
       rewards: {treasury: 1}, emissionScale: 1000}
      """)
    #expect(
      run.warnings == [
        "tokens or dollars left what can be held; issuing and capital stopped: grade dead"
      ])
    #expect(try run.measured("spiral_grade") == Double(SpiralGrade.dead.rawValue))
    var ledger = run.state.ledger
    #expect(ledger.discrepancy() == nil)
  }
}
