import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func terms(_ text: String) throws -> DemandDriven {
  try read(text) { DemandDriven(hardware: [], reading: &$0) }
}

/// Pay promised in dollars, worked by hand.
struct DemandDrivenTests {
  @Test func `the scale falls by gain times what is missing, down to the floor, and comes back`()
    throws
  {
    let careful = try terms("{gain: 0.5, floor: 0.2, recovery: 0.1}")
    #expect(careful.scale(after: 1, missing: 0.25) == 0.875)
    #expect(careful.scale(after: 0.21, missing: 1) == 0.2)
    #expect(abs(careful.scale(after: 0.5, missing: 0) - 0.55) < 1e-15)
    let eager = try terms("{gain: 6, floor: 0}")
    #expect(eager.scale(after: 1, missing: 0.25) == 0)
  }

  /// Ten nodes that are always there, promised 24 USD a day together; 30 tokens a day feed the reward
  /// vault, at 1 USD, then at half of it.
  private func quiet(_ engine: String = "rewardVaultSeed: 100", _ rest: String = "") throws
    -> NetworkRun
  {
    try Scenario(
      text: """
        {start: "2025-01-01", horizonDays: 60, seed: 3, replicates: 1,
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 0.5}}},
         operators: {types: {host: {hardware: "gpu", candidates: 10, activeAtStart: 10}}},
         demand: {classes: {}},
         token: {circulating: 100000, treasury: 1000,
           emission: {rule: "fixed", tokensPerEpoch: 30}, rewards: {rewardVault: 1}},
         market: {rule: "exogenous", openingPriceUSD: 1},
         payment: {demandDriven: {targetUSDPerHour: {gpu: 0.1}, \(engine)}},
         shocks: {half: {target: "price", on: 19.5, factor: 0.5}}, \(rest)}
        """
    ).finished()
  }

  @Test func `a price that halves leaves pay in dollars as it was while the vault lasts`() throws {
    var run = try quiet()
    let pay = try run.takeSeries().column("provider_income_usd").dropFirst()
    // The vault grows by 6 tokens a day for 19 days from 100, then shrinks by 18: 214 ÷ 18 = 11.9
    // more days in full, so that day 31 is the first on which it falls short, by a dollar.
    #expect(pay.prefix(30).allSatisfy { abs($0 - 24) < 1e-4 })
    #expect(abs(pay[pay.startIndex + 30] - 23) < 1e-4)
    #expect(pay.dropFirst(31).allSatisfy { $0 < 24 - 1e-4 })
    #expect(abs(try run.measured("months_paid_in_full") - 31 / 30.4375) < 1e-9)
    #expect(try run.measured("pay_alerts") > 0)
    // In the long run the vault pays what it gets: 15 USD a day.
    #expect(abs(pay.suffix(10).reduce(0, +) / 10 - 15) < 0.5)
  }

  @Test func `months of runway are both vaults over what they lose`() throws {
    var run = try quiet("rewardVaultSeed: 1000")
    let months = try run.takeSeries().column("vault_runway_months")
    // On day 40 there are 1000 + 19 x 6 - 21 x 18 = 736 tokens, at half a dollar, and 9 USD a day go.
    #expect(abs(months[40] - 736 * 0.5 / 9 / 30.4375) < 0.02)
    #expect(months[10].isNaN)
  }

  @Test func `a vote may fill a vault again`() throws {
    let fill = "amendments: {fill: {on: 40, moves: [{from: 'treasury', to: 'rewardVault'}]}}"
    var run = try quiet("rewardVaultSeed: 100", fill)
    let pay = try run.takeSeries().column("provider_income_usd")
    // 900 tokens of half a dollar, 18 a day more than come in, are enough for 20 days, in which the
    // scale comes back by a tenth of the way a day.
    #expect(pay[39] < 16 && pay[55] > 22)
    #expect(run.state.failure == nil && run.state.ledger.balance(.token, of: .treasury) == 0)
    #expect {
      try quiet("", "amendments: {fill: {on: 40, moves: [{from: 'feeVault', to: 'treasury'}]}}")
    } throws: {
      "\($0)".contains("expected tokens in the reward vault, dollars in the fee vault")
    }
  }

  @Test func `pay of an epoch that pays nothing is promised, and missing`() throws {
    var run = try Scenario(text: Self.buying("halt")).finished()
    let rows = run.takeSeries()
    #expect(try rows.column("promised_pay_usd").dropFirst().allSatisfy { abs($0 - 24) < 1e-6 })
    let alerts = try rows.column("pay_alerts")
    #expect(alerts[5] == 0 && alerts[6...15].allSatisfy { $0 == 1 })
  }

  /// A fee vault alone, so that every epoch buys, and an oracle that is out on days 6 to 15.
  private static func buying(_ onOutage: String) -> String {
    """
    {start: "2025-01-01", horizonDays: 20, seed: 3, replicates: 1,
     hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
       priceUSDPerGPUHour: 0.5}}},
     operators: {types: {host: {hardware: "gpu", candidates: 10, activeAtStart: 10}}},
     demand: {classes: {}}, token: {circulating: 1000, treasury: 0},
     market: {rule: "pool", openingPriceUSD: 1, poolShareOfCap: 0.1},
     treasury: {openingUSD: 500}, oracle: {rule: "spot", onOutage: "\(onOutage)"},
     payment: {demandDriven: {targetUSDPerHour: {gpu: 0.1}, feeVaultSeedUSD: 480}},
     shocks: {out: {target: "oracleOutage", on: 5.5, lastingDays: 10}}}
    """
  }

  @Test func `a purchase does not move a reading that is held`() throws {
    var run = try Scenario(text: Self.buying("hold")).finished()
    let readings = try run.takeSeries().column("oracle_price_usd")
    #expect(Set(readings[6...15]).count == 1)
    #expect(readings[5] != readings[4] && readings[17] != readings[15])
  }

  @Test func `the fee vault pays what the reward vault does not have`() throws {
    let dollars = ", treasury: {openingUSD: 500}"
    var run = try quiet("feeVaultSeedUSD: 400", String(dollars.dropFirst(2)))
    let pay = try run.takeSeries().column("provider_income_usd").dropFirst()
    // The reward vault starts empty and has 114 tokens on day 19; 9 USD a day are missing from day 26
    // on, for which 400 USD last longer than the run.
    #expect(pay.allSatisfy { abs($0 - 24) < 1e-4 })
    let left = run.state.ledger.balance(.dollars, of: .feeVault)
    #expect(left > 0 && left < 200_000_000)
  }

  @Test func `tokens above the cap of a vault are the treasury's`() throws {
    let state = try quiet("rewardVaultSeed: 100, rewardVaultCap: 50").state
    #expect(state.ledger.balance(.token, of: .rewardVault) <= 50_000_000)
    #expect(state.ledger.balance(.token, of: .treasury) > 900_000_000)
  }

  /// Eight nodes of jobs, whose dollars alone stand behind the promise.
  private func fees(_ engine: String, factor: Double = 1) throws -> NetworkRun {
    try CheckedNetwork.scenario(
      days: 60, hosts: 12,
      payment: "provider: 0.2, feeVault: 0.8, demandDriven: {"
        + "targetUSDPerHour: {gpu: 0.2}, \(engine)}",
      """
      token: {circulating: 1000000}, market: {rule: "exogenous", openingPriceUSD: 1},
      shocks: {fall: {target: "demand", on: 20, factor: \(factor)}},
      """
    ).finished()
  }

  @Test func `demand that falls by 55 % leaves pay in dollars as it was while the vault lasts`()
    throws
  {
    var run = try fees("surplusBurn: 0.5", factor: 0.45)
    let rows = run.takeSeries()
    let months = try run.measured("months_paid_in_full")
    let first = Int((months * 30.4375).rounded())
    // Some 96 jobs-hours a day bring 77 USD, the promise is 58: what is left grows until day 20, then
    // some 23 a day are missing.
    #expect(first > 22 && first < 50)
    let scale = try rows.column("pay_scale")
    #expect(scale[1..<first].allSatisfy { $0 == 1 })
    #expect(scale[first] < 1)
    #expect(try run.measured("surplus_burned_usd") > 0)
    #expect(try run.measured("sustainability_ratio") > 0.5)
  }

  @Test func `half of the fees that were not needed are burned`() throws {
    let state = try fees("surplusBurn: 0.5").state
    let totals = state.whole.vaults
    #expect(totals.alerts == 0)
    let surplus = totals.feesIn - totals.paid
    // Every epoch's half, rounded down, as far as the epoch had a surplus.
    #expect(totals.surplusBurned >= 0.5 * surplus - 1e-3)
    let kept = Double(state.ledger.balance(.dollars, of: .feeVault)) / 1e6
    #expect(abs(totals.feesIn - totals.paid - totals.surplusBurned - kept) < 1e-3)
    #expect(state.ledger.burned[1] == Int64((totals.surplusBurned * 1e6).rounded()))
  }

  @Test func `promised pay can come with a vote, and go with another`() throws {
    let come =
      "{'payment.demandDriven': {targetUSDPerHour: {gpu: 0.05}, rewardVaultSeed: 300}, "
      + "'token.rewards': {work: 0, online: 0, registered: 0, treasury: 0, rewardVault: 1}}"
    let go =
      "{'payment.demandDriven': 'none', 'token.rewards': {work: 1, rewardVault: 0}}"
    let run = try SmallNetwork.scenario([
      "amendments={come: {on: 10, set: \(come)}, go: {on: 30, set: \(go)}}"
    ]).finished()
    let state = run.state
    #expect(state.whole.vaults.paid > 0)
    #expect(state.ledger.balance(.token, of: .rewardVault) == 0)
    #expect(state.settlements == 40)
  }
}
