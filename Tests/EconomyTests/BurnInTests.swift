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
      jobs += try scenario.run(replicate: UInt32(replicate), burnIn: .days(10))
        .state.gauges.jobsInSystem.level
    }
    // Erlang C: 4.53 jobs on average with a deviation of 3.6: four deviations of the mean of 400.
    #expect(abs(Double(jobs) / 400 - 4.53) < 0.72)
  }
}
