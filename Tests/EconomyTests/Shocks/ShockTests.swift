import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func shock(_ text: String) throws -> Shock {
  try read(text) { Shock(name: "test", reading: &$0) }
}

struct ShockTests {
  @Test func `intensity scales the distance from no shock`() throws {
    let text = "{target: 'demand', on: 3, factor: 0.6"
    #expect(try shock(text + "}").factor == 0.6)
    #expect(try shock(text + ", intensity: 0}").factor == 1)
    #expect(try shock(text + ", intensity: 0.5}").factor == 0.8)
    #expect(abs(try shock(text + ", intensity: 2}").factor - 0.2) < 1e-15)
    #expect(try shock("{target: 'price', on: 3, factor: 1.5, intensity: 2}").factor == 2)
  }

  @Test func `a factor never falls below zero and a sale never exceeds all`() throws {
    #expect(try shock("{target: 'demand', on: 3, factor: 0.6, intensity: 9}").factor == 0)
    #expect(try shock("{target: 'sale', on: 3, share: 0.2, intensity: 0.5}").share == 0.1)
    #expect(try shock("{target: 'sale', on: 3, share: 0.2, intensity: 9}").share == 1)
  }

  /// A network that shocks act on, ten days long; every target has the value 1 outside its shock.
  private func factors(_ shocks: String) throws -> [[Double]] {
    var run = try SmallNetwork.scenario(["shocks=\(shocks)"]).run()
    return try (0..<10).map { day in
      try run.run(until: .days(Double(day) + 0.5))
      let state = run.state
      let venue = try #require(state.venue)
      return [state.demandFactor, state.electricityFactor, state.cloudFactor, venue.shockFactor]
    }
  }

  @Test func `a shock holds from its day until it is over`() throws {
    let factors = try factors(
      """
      {none: "none", a: {target: "demand", on: 2, lastingDays: 3, factor: 0.65},
       b: {target: "electricity", on: 4, factor: 3},
       c: {target: "cloudPrice", on: 1, lastingDays: 1, factor: 0.7},
       d: {target: "price", on: 5, lastingDays: 2, factor: 0.1}}
      """)
    #expect(factors.map { $0[0] } == [1, 1, 0.65, 0.65, 0.65, 1, 1, 1, 1, 1])
    #expect(factors.map { $0[1] } == [1, 1, 1, 1, 3, 3, 3, 3, 3, 3])
    #expect(factors.map { $0[2] } == [1, 0.7, 1, 1, 1, 1, 1, 1, 1, 1])
    #expect(factors.map { $0[3] } == [1, 1, 1, 1, 1, 0.1, 0.1, 1, 1, 1])
  }

  @Test func `a total loss of demand is over when the shock is`() throws {
    let factors = try factors(
      """
      {a: {target: "demand", on: 2, lastingDays: 3, factor: 0},
       b: {target: "demand", on: 4, lastingDays: 3, factor: 0.5}}
      """)
    #expect(factors.map { $0[0] } == [1, 1, 0, 0, 0, 0.5, 0.5, 1, 1, 1])
  }

  @Test func `liquidity that leaves takes the same part of both reserves`() throws {
    var run = try SmallNetwork.scenario([
      "shocks={gone: {target: 'liquidity', on: 0.5, factor: 0.25}}"
    ]).run()
    func reserves() -> [Int64] {
      [.dollars, .token].map { run.state.ledger.balance($0, of: .pool) }
    }
    let before = reserves()
    try run.run(until: .days(0.75))
    #expect(before == [1_000_000_000, 500_000_000])
    #expect(reserves() == [250_000_000, 125_000_000])
  }

  @Test func `a sale by holders is a share of what circulates`() throws {
    var run = try SmallNetwork.scenario([
      "shocks={sale: {target: 'sale', on: 0.5, share: 0.01}}", "flowsEveryDays=1",
    ]).run()
    try run.run(until: .days(0.75))
    #expect(run.state.token.holdersToSell == 1_000_000_000)
    try run.run(until: .days(1))
    #expect(run.state.token.holdersToSell == 0)
    let sold = run.takeFlows().first { $0.reason == "token sale" && $0.from == "holders" }
    #expect(sold?.amount == "1000.000000")
  }
}

/// What once ended a run.
struct HarshShockTests {
  @Test(arguments: [
    "{a: {target: 'sale', on: 3, share: 0.5}}", "{a: {target: 'liquidity', on: 3, factor: 0}}",
  ])
  func `a shock of the market passes over a network without a token`(shocks: String) throws {
    let run = try SmallNetwork.scenario([
      "token=none", "market=none", "payment={provider: 1}", "shocks=\(shocks)",
    ]).finished()
    #expect(run.summary()[try #require(Measure.index(of: "jobs_completed"))] > 0)
  }

  @Test func `liquidity comes back in the proportions of the pool when the shock is over`() throws {
    let run = try SmallNetwork.scenario([
      "shocks={gone: {target: 'liquidity', on: 0.5, factor: 0.25, lastingDays: 0.25}}",
      "horizonDays=0.9",
    ]).finished()
    let ledger = run.state.ledger
    // A hundredth of the fees of the first day may lie beside what was taken out.
    #expect(ledger.balance(.token, of: .liquidity) <= 2)
    #expect(ledger.balance(.token, of: .pool) >= 499_999_998)
  }

  @Test func `balances beyond the precision of a Double are not overdrawn`() throws {
    let run = try SmallNetwork.scenario([
      "token.decimals=12", "shocks={a: {target: 'price', on: 3, factor: 1e-9}}",
    ]).finished()
    #expect(run.state.failure == nil)
  }

  @Test func `a job has no less than no work`() throws {
    let run = try SmallNetwork.scenario([
      "demand.classes.render.sizeHours={rule: \"normal\", mean: 5, deviation: 10}"
    ]).finished()
    #expect(run.state.failure == nil)
  }
}
