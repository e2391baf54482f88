import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct BurnInTests {
  private static let shaped = [
    "demand.classes.render.byHour=[\((0..<24).map { $0 < 12 ? "0.5" : "1.5" }.joined(separator: ","))]",
    "demand.classes.render.growthPerYear=0.3",
  ]

  private func run(_ days: Double, _ settings: [String] = []) throws -> NetworkRun {
    try SmallNetwork.scenario(settings).finished(burnIn: .days(days))
  }

  private func bits(_ run: NetworkRun) -> [[UInt64]] {
    run.state.series.map { $0.values.map(\.bits) }
  }

  @Test func `day 0 finds jobs, and prices, memories and books as without`() throws {
    var filled = try SmallNetwork.scenario(Self.shaped).run(burnIn: .days(20))
    var empty = try SmallNetwork.scenario(Self.shaped).run()
    #expect(empty.state.gauges.jobsInSystem.level == 0)
    #expect(filled.state.gauges.jobsInSystem.level > 3)
    #expect(filled.state.gauges.activeNodes.level == empty.state.gauges.activeNodes.level)
    #expect(filled.now == .zero)
    #expect(filled.state.users.map(\.cost) == empty.state.users.map(\.cost))
    #expect(filled.state.token.oraclePrice == empty.state.token.oraclePrice)
    let escrow = filled.state.ledger.balance(.dollars, of: .escrow)
    #expect(escrow == filled.state.jobs.deposits && escrow > 0)
    // The opening row shows levels, and no flows.
    let row = try #require(filled.takeSeries().first)
    let jobs = try #require(Measure.index(of: "jobs_in_system"))
    let demand = try #require(Measure.index(of: "demand_gpu_hours"))
    #expect(row.values[jobs] == Double(filled.state.gauges.jobsInSystem.level))
    #expect(row.values[demand].isNaN)
    try filled.run(until: .days(40))
    try empty.run(until: .days(40))
    #expect(filled.state.failure == nil && filled.state.settlements == 40)
  }

  @Test func `arrivals from day 0 on are the same with and without`() throws {
    let rigid =
      Self.shaped + [
        "demand.classes.render.priceElasticity=0", "demand.classes.render.serviceElasticity=0",
        "demand.classes.render.budgetUSDPerGPUHour=none", "demand.classes.render.cloud=none",
      ]
    let column = try #require(Measure.index(of: "demand_gpu_hours"))
    func demand(_ run: NetworkRun) -> [Double] { run.state.series.map { $0.values[column] } }
    let filled = demand(try run(20, rigid))
    let empty = demand(try run(0, rigid))
    #expect(filled.dropFirst() == empty.dropFirst())
  }

  @Test func `no day before day 0 changes nothing, and twice the same days give the same rows`()
    throws
  {
    #expect(bits(try run(0)) == bits(try SmallNetwork.scenario().finished()))
    #expect(bits(try run(9)) == bits(try run(9)))
    #expect(bits(try run(9)) != bits(try run(0)))
  }

  /// Two hosts that are online for the first half of every two days of a table.
  @Test func `sessions of a table and of the clock stay at their times`() throws {
    let table = "host,start,end\na,0,1\na,4,5\n"
    func rows(_ rule: String, days: Double) throws -> [UInt64] {
      let text = PlainNetwork.text(
        days: 9, classes: "jobs: {arrivalsPerHour: 0, hardware: ['gpu']}"
      ).replacing("activeAtStart: 10", with: "activeAtStart: 10, churn: {sessions: \(rule)}")
      let scenario = try Scenario(text: text, tables: ["s.csv": table])
      let run = try scenario.finished(burnIn: .days(days))
      return try run.state.series.dropFirst().map { $0 }.column("online_gpus").map(\.bits)
    }
    let columns = "rule: 'trace', table: {csv: 's.csv'}, host: 'host', start: 'start', end: 'end'"
    let once = try rows("{\(columns)}", days: 0)
    #expect(once == [10, 0, 0, 0, 10, 0, 0, 0, 0].map { Double($0).bits })
    let again = try rows("{\(columns), repeatEveryDays: 5}", days: 0)
    #expect(again == [10, 0, 0, 0, 10, 10, 0, 0, 0].map { Double($0).bits })
    let daily = try rows("{rule: 'daily', hoursPerDay: {rule: 'fixed', value: 6}}", days: 0)
    for days in [3.0, 20] {
      #expect(try rows("{\(columns)}", days: days) == once)
      #expect(try rows("{\(columns), repeatEveryDays: 5}", days: days) == again)
      let clock = try rows("{rule: 'daily', hoursPerDay: {rule: 'fixed', value: 6}}", days: days)
      #expect(clock.count == daily.count && clock.dropFirst() == daily.dropFirst())
    }
  }

  /// Each keeps dollars or counts jobs of its own.
  @Test(arguments: [
    ["demand.classes.render.contract={rule: 'prepaid', creditsUSDPerTerm: 50, termDays: 5}"],
    ["demand.classes.render.contract={rule: 'reserved', nodes: 3}"],
    ["demand.classes.render.contract='spot'"],
    ["demand.classes.render.sla={uptime: 0.99}"],
    ["trust={redundancy: {copies: 2, needed: 2}}"],
    [
      "trust={audits: {share: 0.5}}", "operators.types.home.cheats={rule: 'slips'}",
      "staking={collateral: {usdPerNode: 20, slashTimesPrice: 5}}",
    ],
  ]) func `books balance behind it whatever is paid, kept or bonded`(settings: [String]) throws {
    var run = try SmallNetwork.scenario(settings).run(burnIn: .days(15))
    try run.run(until: .days(40))
    let state = run.state
    #expect(state.failure == nil && state.settlements == 40)
    #expect(state.users.allSatisfy { $0.running >= 0 })
    #expect(state.contracts.credits == state.users.reduce(0) { $0 + $1.credits })
  }

  @Test func `nothing that happened before day 0 is counted`() throws {
    let filled = try SmallNetwork.scenario().run(burnIn: .days(30))
    #expect(filled.summary().allSatisfy { $0.isNaN || $0 == 0 || $0.isFinite })
    #expect(filled.state.interval.jobsCompleted == 0 && filled.state.interval.restarts == 0)
    #expect(filled.state.work.allSatisfy { $0.online == 0 && $0.busy == 0 && $0.owed == 0 })
  }

  /// A queue that would take a month to fill: M/M/4 at load 0.75 with burn-in begins near its mean.
  @Test func `a queue begins as full as it stays`() throws {
    let text = """
      {start: "2025-01-01", horizonDays: 1, replicates: 1,
       hardware: {classes: {m: {priceUSD: 0, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 0}}},
       operators: {types: {o: {hardware: "m", candidates: 4, activeAtStart: 4}}},
       demand: {classes: {j: {arrivalsPerHour: 3, headroom: 1, hardware: ["m"],
         sizeHours: {rule: "exponential", mean: 1}}}}}
      """
    let scenario = try Scenario(text: text)
    var jobs = 0
    for replicate in 1...400 {
      jobs +=
        scenario.run(replicate: UInt32(replicate), burnIn: .days(10))
        .state.gauges.jobsInSystem.level
    }
    // Erlang C: 4.53 jobs on average with a deviation of 3.6: four deviations of the mean of 400.
    #expect(abs(Double(jobs) / 400 - 4.53) < 0.72)
  }
}
