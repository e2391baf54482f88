import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Everything that a run tells, as bits.
private struct Told: Equatable {
  var series: [[UInt64]]
  let flows: [String]
  let summary: [UInt64]
  let events: Int

  init(_ run: inout NetworkRun) {
    series = run.takeSeries().map { [$0.time.inDays.bits] + $0.values.map(\.bits) }
    flows = run.takeFlows().map {
      "\($0.time.microseconds) \($0.asset) \($0.reason) \($0.from) \($0.to) \($0.amount)"
    }
    summary = run.summary().map(\.bits)
    events = run.events.total
  }
}

struct NetworkRunTests {
  private func whole() throws -> Told {
    var run = try SmallNetwork.scenario().finished()
    return Told(&run)
  }

  @Test func `the small network does everything that its tests need`() throws {
    let run = try SmallNetwork.scenario().finished()
    for name in [
      "entries", "exits", "restarts", "jobs_abandoned", "burned_tokens", "minted_tokens",
      "lost_gpu_hours", "priced_out_share",
    ] {
      #expect(try run.measured(name) > 0, "\(name)")
    }
    #expect(run.events.stale > 0)
    #expect(run.events.byKind.reduce(0) { $0 + $1.count } == run.events.total)
  }

  @Test func `a run told twice is the same to the bit`() throws {
    #expect(try whole() == whole())
  }

  @Test(arguments: [0, 0.37, 7, 12.8125, 20, 39.99])
  func `a copy runs on as the original does`(day: Double) throws {
    var original = try SmallNetwork.scenario().run()
    try original.run(until: .days(day))
    var copy = original
    try copy.run(until: .days(40))
    #expect(original.now <= .days(day))
    try original.run(until: .days(40))
    let told = Told(&copy)
    #expect(told == Told(&original))
    #expect(told == (try whole()))
  }

  @Test(arguments: [0.09, 1, 3.7])
  func `a run in many slices gives the rows of a run in one`(slice: Double) throws {
    var run = try SmallNetwork.scenario().run()
    var rows: [SeriesRow] = []
    var day = 0.0
    while day < 40 {
      day = min(day + slice, 40)
      try run.run(until: .days(day))
      rows += run.takeSeries()
    }
    var told = Told(&run)
    told.series = rows.map { [$0.time.inDays.bits] + $0.values.map(\.bits) }
    #expect(told == (try whole()))
  }

  @Test func `every day has a row, from the first instant to the horizon`() throws {
    var run = try SmallNetwork.scenario().finished()
    let rows = run.takeSeries()
    #expect(rows.map(\.time) == (0...40).map { .days(Double($0)) })
    // At the opening levels are filled and flows are empty.
    #expect(rows[0].values[try #require(Measure.index(of: "minted_tokens"))].isNaN)
    #expect(try rows.column("token_price_usd")[0] == 2)
    #expect(try rows.column("active_nodes")[0] == Double(run.state.openingNodes))
  }

  @Test func `the last interval ends at the horizon, and measuring rarely changes no sum`() throws {
    var run = try SmallNetwork.scenario(["measureEveryDays=7"]).finished()
    let days = run.takeSeries().map(\.time.inDays)
    #expect(days == [0, 7, 14, 21, 28, 35, 40])
    let daily = try SmallNetwork.scenario().finished()
    for name in ["jobs_arrived", "jobs_completed", "entries", "exits", "restarts"] {
      #expect(try run.measured(name) == daily.measured(name), "\(name)")
    }
  }

  @Test func `the flows of the rows add up to the summary`() throws {
    var run = try SmallNetwork.scenario().finished()
    let rows = run.takeSeries().dropFirst()
    for (index, measure) in Measure.all.enumerated() where measure.kind == .flow {
      let sum = rows.reduce(0) { $0 + $1.values[index] }
      let whole = run.summary()[index]
      #expect(abs(sum - whole) <= 1e-12 * abs(whole), "\(measure.name)")
    }
  }

  @Test func `every asset is conserved at any instant, and only the world owes`() throws {
    var run = try SmallNetwork.scenario().run()
    for slice in 1...400 {
      try run.run(until: .days(0.1 * Double(slice)))
      let ledger = run.state.ledger
      for asset in [Asset.dollars, .token] {
        let column = asset.column * ledger.plan.count
        let balances = ledger.balances[column..<column + ledger.plan.count]
        #expect(balances.reduce(0, +) == 0)
        #expect(balances.dropFirst().allSatisfy { $0 >= 0 })
      }
      let inside = -ledger.balance(.token, of: .world) - ledger.balance(.token, of: .burned)
      let column = Asset.token.column
      let issued = ledger.minted[column] - ledger.burned[column]
      #expect(inside == ledger.assets[column].genesis + issued)
      #expect(ledger.balance(.dollars, of: .escrow) >= run.state.jobs.deposits)
    }
  }

  @Test func `slices of so many events give the rows of one run`() throws {
    let scenario = try SmallNetwork.scenario()
    var (straight, sliced) = (try scenario.finished(), scenario.run())
    var slices = 1
    while try !sliced.run(until: .days(scenario.horizonDays), atMost: 500) { slices += 1 }
    #expect(slices > 3)
    #expect(Told(&sliced) == Told(&straight))
  }

  private struct Stopped: Error {}

  /// How often opening looks before it is stopped at a look; nil where it never came to that one.
  private func looks(stoppingAt last: Int, _ settings: [String], burnInDays: Double) throws -> Int?
  {
    let scenario = try SmallNetwork.scenario(settings)
    var looks = 0
    do throws(Stopped) {
      _ = try NetworkRun(
        stages: scenario.variants[0].stages.map { ($0.day, $0.settings) }, start: scenario.start,
        horizon: .days(1), measureEvery: .days(1), burnIn: .days(burnInDays), seed: 1, replicate: 1
      ) { () throws(Stopped) in
        looks += 1
        if looks == last { throw Stopped() }
      }
      return nil
    } catch {
      return looks
    }
  }

  @Test func `opening looks up while candidates enrol and while their nodes come`() throws {
    // 2,000 candidates of 40 nodes are 80,000: one look at 65,536 enrolled, one at as many online.
    let large = [
      "operators.types.home.candidates=2000", "operators.types.home.activeAtStart=2000",
      "operators.types.home.largestFleet=40",
      "operators.types.home.nodesPerOperator={rule: 'fixed', value: 40}",
    ]
    #expect(try looks(stoppingAt: 1, large, burnInDays: 0) == 1)
    #expect(try looks(stoppingAt: 2, large, burnInDays: 0) == 2)
    #expect(try looks(stoppingAt: 3, large, burnInDays: 0) == nil)
  }

  @Test func `opening looks up while jobs fill the queues`() throws {
    #expect(try looks(stoppingAt: 1, [], burnInDays: 0) == nil)
    #expect(try looks(stoppingAt: 1, [], burnInDays: 3000) == 1)
  }

  @Test func `replicates differ, and each is the same alone`() throws {
    let scenario = try SmallNetwork.scenario()
    var runs = (1...2).map { scenario.run(replicate: $0) }
    for index in runs.indices { try runs[index].run(until: .days(10)) }
    var again = scenario.run(replicate: 2)
    try again.run(until: .days(10))
    #expect(Told(&runs[0]) != Told(&again))
    #expect(Told(&runs[1]).summary == Told(&again).summary)
  }

  @Test func `slots of jobs are used again: memory does not grow with the horizon`() throws {
    var run = try Scenario(
      text: """
        {horizonDays: 1095, measureEveryDays: 365, epochHours: 240,
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: 8, activeAtStart: 8,
           churn: {sessionHours: {rule: "exponential", mean: 50}}}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 0.3,
           patienceHours: {rule: "exponential", mean: 20},
           sizeHours: {rule: "exponential", mean: 15}}}}}
        """
    ).run()
    var columns: [Int] = []
    for year in 1...3 {
      try run.run(until: .days(365 * Double(year)))
      columns.append(run.state.jobs.slots)
    }
    // Four and a half nodes' worth of work: far fewer jobs at once than the 7,900 that come.
    #expect(try run.measured("jobs_completed") > 5_000)
    #expect(columns[2] <= columns[0] + 5)
    #expect(columns[2] < 40)
  }
}
