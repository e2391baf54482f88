import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct MatchingRuleTests {
  /// Nodes 0–3 are in the north, 4–7 in the south, 8–11 of the site.
  private func run(
    _ settings: [String], _ change: (inout NetworkState) -> Void = { _ in }
  ) throws -> OpenRun {
    var run = OpenRun(try MatchingBench.scenario(settings), change)
    run.run()
    #expect(run.state.failure == nil)
    return run
  }

  private func served(_ run: OpenRun) -> [Double] { run.state.match.served }

  /// A class of which nobody comes makes matching look at more; the rest must not notice.
  @Test func `random matching is the same to the bit where another class asks for more`() throws {
    let train = #"train: {arrivalsPerHour: 0.1, sizeHours: {rule: "fixed", value: 30}"#
    let rare = #"rare: {arrivalsPerHour: 0, hardware: ["gpu", "big"], gpus: 2}, "#
    #expect(SmallNetwork.text.contains(train))
    // Behind the others, where it takes no luck of theirs.
    let end = #"hardware: ["big"]},"#
    let plain = try Scenario(text: SmallNetwork.text)
    let more = try Scenario(text: SmallNetwork.text.replacing(end, with: end + rare))
    func series(_ scenario: Scenario) throws -> [[UInt64]] {
      try scenario.finished().state.series.map { $0.values.map(\.bits) }
    }
    #expect(OpenRun(more).state.match.isGeneral && !OpenRun(plain).state.match.isGeneral)
    let rows = try series(plain)
    let others = try series(more)
    #expect(rows.count > 30 && others == rows)
  }

  @Test func `the posted price sends work where it is cheapest, whatever the class prefers`() throws
  {
    let few = [
      "demand.classes.jobs.arrivalsPerHour=0.2", "demand.classes.jobs.hardware=['gpu','big']",
    ]
    let random = try run(few + ["demand.classes.jobs.allowedRegions=['north', 'south']"])
    #expect(served(random)[0] > 0 && served(random)[1] == 0)
    let posted = try run(few + ["matching=postedPrice"])
    #expect(served(posted)[0] == 0 && served(posted)[1] > 0)
  }

  /// In the north half a kilowatt costs 0.05 USD an hour, in the south 0.1; bids are 1.2 of that.
  @Test(arguments: [
    ("winning", 0.06), ("second", 0.12),
  ]) func `the cheapest bid wins and is paid, or the second`(pays: String, rate: Double) throws {
    let run = try run([
      "matching={rule: 'cheapestBid', noise: 0, pays: '\(pays)'}",
      "operators.types.home.candidates=1", "operators.types.home.activeAtStart=1",
      "demand.classes.jobs.hardware=['gpu']", "demand.classes.jobs.arrivalsPerHour=0.02",
      "demand.classes.jobs.sizeHours={rule: 'fixed', value: 2}",
    ])
    let state = run.state
    // Jobs do not meet, so that the only node of the north gets all of them.
    #expect(state.whole.jobsCompleted > 4)
    #expect(state.gauges.busyNodes.level == 0)
    #expect(abs(state.whole.userSpend - 2 * rate * state.whole.jobsCompleted) < 1e-4)
    #expect(state.operators.income[0] > 0)
    #expect(state.operators.income.dropFirst().allSatisfy { $0 == 0 })
  }

  @Test func `a lone bidder asks its bid, or gets the reserve as second price`() throws {
    for (pays, rate) in [("winning", 0.06), ("second", 0.5)] {
      let run = try run([
        "matching={rule: 'cheapestBid', noise: 0, pays: '\(pays)'}",
        "operators.types={home: {hardware: 'gpu', candidates: 1, activeAtStart: 1}}",
        "demand.classes.jobs.sizeHours={rule: 'fixed', value: 3}",
      ])
      #expect(run.state.whole.jobsCompleted > 100)
      let spent = run.state.whole.userSpend
      #expect(abs(spent - 3 * rate * run.state.whole.jobsCompleted) < 1e-3)
    }
  }

  @Test func `bids above the reserve are not taken until costs fall`() throws {
    // 0.06 and 0.12 USD against a reserve of 0.05; a tariff at a third brings 0.02 and 0.04.
    let run = try run([
      "matching={rule: 'cheapestBid', noise: 0, reserveShare: 0.1}",
      "demand.classes.jobs.hardware=['gpu']",
      "shocks={cheap: {target: 'electricity', on: 10, factor: 0.333}}",
    ])
    let completed = try run.state.series.column("jobs_completed")
    #expect(completed[1...10].allSatisfy { $0 == 0 })
    // The settlement of day 10 stands in the row of that day; its jobs end in the next one.
    #expect(completed[11] > 0 && completed[12...].allSatisfy { $0 > 0 })
  }

  @Test func `bids differ by node as their noise says, and a node keeps its own`() throws {
    let settings = [
      "matching={rule: 'cheapestBid', noise: 0.5}", "operators.types.home.candidates=2000",
    ]
    let factors = OpenRun(try MatchingBench.scenario(settings)).state.match.bidFactors
    let again = OpenRun(try MatchingBench.scenario(settings + ["horizonDays=3"])).state.match
    #expect(factors == again.bidFactors && factors.count == 2008)
    var tally = Tally()
    for factor in factors { tally.add(Elementary.log(factor)) }
    // Deviations of mean and variance of 2,008 normal draws: 0.011 and 0.0079; four of them.
    #expect(abs(tally.mean) < 0.045 && abs(tally.variance - 0.25) < 0.032)
  }

  @Test func `the nearest node serves as long as one is idle`() throws {
    let light = [
      "demand.classes.jobs.arrivalsPerHour=0.2", "demand.classes.jobs.hardware=['gpu']",
      "demand.classes.jobs.regions={south: 1}",
    ]
    let near = try run(light + ["matching=nearest"])
    #expect(near.state.operators.income.prefix(4).allSatisfy { $0 == 0 })
    #expect(near.state.operators.income[4..<8].allSatisfy { $0 > 0 })
    let far = try run(light + ["matching=nearest", "demand.classes.jobs.regions={north: 1}"])
    #expect(far.state.operators.income[4..<8].allSatisfy { $0 == 0 })
  }

  @Test func `users are in their regions by share, each always in the same one`() throws {
    let scenario = try MatchingBench.scenario(["demand.classes.jobs.regions={north: 3, south: 1}"])
    let state = OpenRun(scenario).state
    let regions = (0..<1000).map {
      state.userRegion(of: JobRow(kind: 0, identity: UInt64($0), at: .zero, work: 1))
    }
    // 1,000 draws at 0.75 deviate by 13.7; four deviations.
    #expect((695...805).contains(regions.count { $0 == 0 }))
  }

  /// Chances 3 : 1 : 0, once for each of many jobs that meet an empty network.
  @Test func `by lot nodes get work in proportion to their reputation`() throws {
    let run = try run([
      "matching=weighted", "operators.types.home.candidates=3",
      "operators.types.home.activeAtStart=3", "operators.types.away=none",
      "demand.classes.jobs.hardware=['gpu']", "demand.classes.jobs.arrivalsPerHour=10",
      "demand.classes.jobs.sizeHours={rule: 'fixed', value: 0.0001}",
      "trust={audits: {share: 0}, reputation: {}}",
    ]) {
      for (node, alpha) in [0.75, 0.25, 0].enumerated() {
        $0.trust.nodes[node].reputation = Reputation(alpha: alpha, beta: 1 - alpha)
      }
    }
    let income = run.state.operators.income.prefix(3)
    let jobs = income.reduce(0, +)
    // 4,800 jobs at 0.75 deviate by 0.00625 of them; four deviations.
    #expect(abs(income[0] / jobs - 0.75) < 0.025 && income[2] == 0)
  }

  /// Bonds are by node: who has bonded for ten nodes has ten chances, as many as its nodes.
  @Test func `by stake a node weighs what is bonded for it`() throws {
    let run = try run([
      "matching={rule: 'weighted', by: 'stake'}",
      "staking={collateral: {usdPerNode: 250, slashShare: 0}}",
    ])
    #expect((0..<12).allSatisfy { run.state.matchWeight(of: $0) == 250 })
    #expect(run.state.operators.income.allSatisfy { $0 > 0 })
  }

  @Test func `nodes weigh the same where nobody says anything`() throws {
    let run = try run(["matching=weighted"])
    #expect(run.state.matchWeight(of: 3) == 1)
    #expect(run.state.operators.income.allSatisfy { $0 > 0 })
  }

  @Test func `the node that worked least is next, so that work stays even`() throws {
    let light = [
      "demand.classes.jobs.hardware=['gpu']", "demand.classes.jobs.arrivalsPerHour=0.5",
      "demand.classes.jobs.sizeHours={rule: 'fixed', value: 1}",
    ]
    let even = try run(light + ["matching=leastWorked"]).state.match.worked.prefix(8)
    let hour = SimDuration.hours(1).microseconds
    let most = try #require(even.max())
    let least = try #require(even.min())
    #expect(least > 0 && most - least <= hour)
    // Old news keep sending work to the same nodes.
    let stale = try run(light + ["matching={rule: 'leastWorked', staleSeconds: 432000}"])
    let uneven = stale.state.match.worked.prefix(8)
    #expect(uneven.max()! - uneven.min()! > 3 * hour)
  }

  @Test(arguments: [
    "nearest", "{rule: 'nearest', among: 2}", "{rule: 'cheapestBid', reserveShare: 9}",
    "{rule: 'cheapestBid', bidders: 3, pays: 'second'}", "weighted", "{rule: 'leastWorked'}",
    "postedPrice", "leastLoaded", "{rule: 'leastLoaded', choices: 3, staleSeconds: 3600}",
    "{rule: 'leastLoaded', choices: 1}", "random",
  ]) func `who serves and who waits fits together after every event`(rule: String) throws {
    let churn = """
      {sessionHours: {rule: 'exponential', mean: 8}, failure: {perYear: 200, \
      repairHours: {rule: 'fixed', value: 3}}}
      """
    let gang = rule.contains("leastLoaded") ? 1 : 3
    let settings = [
      "matching=\(rule)", "operators.types.home.churn=\(churn)",
      "operators.types.away.churn=\(churn)",
      "operators.types.away.decisions={everyDays: 1, attritionPerYear: 10, reentry: true}",
      "operators.types.home.decisions={everyDays: 1, attritionPerYear: 10, reentry: true}",
      "operators.frozenDays=1", "horizonDays=15",
      """
      demand.classes={
        jobs: {arrivalsPerHour: 2, headroom: 1, sizeHours: {rule: 'exponential', mean: 2},
          patienceHours: {rule: 'exponential', mean: 2}, allowedRegions: ['south']},
        wide: {arrivalsPerHour: 0.5, gpus: \(gang), sizeHours: {rule: 'exponential', mean: 6}},
        near: {arrivalsPerHour: 0.2, gpus: \(gang), gangWithin: 'region',
          sizeHours: {rule: 'exponential', mean: 6}},
        one: {arrivalsPerHour: 0.1, gpus: \(gang), gangWithin: 'operator', holdsNodes: true,
          patienceHours: {rule: 'exponential', mean: 9}},
        plain: {arrivalsPerHour: 1, hardware: ['gpu', 'big']}}
      """,
    ]
    var run = OpenRun(try MatchingBench.scenario(settings))
    var faults: [String] = []
    var times: Int128 = 0
    run.run { state, event in
      if faults.isEmpty { faults = state.matchingFaults.map { "\(event.kind): \($0)" } }
    }
    #expect(faults == [])
    let state = run.state
    #expect(state.failure == nil && state.settlements == 15)
    #expect(state.whole.restarts > 10 && state.whole.jobsCompleted > 300)
    #expect(state.whole.jobsAbandoned > 0 && state.whole.exits > 0)
    // Little's law, as the identity that it is.
    let unused = Set(state.jobs.unusedSlots)
    times = state.whole.timeInSystem
    for job in 0..<state.jobs.slots where !unused.contains(job) {
      times += Int128((run.queue.now - state.jobs[job].arrival).microseconds)
    }
    #expect(times == state.whole.jobsInSystem)
  }
}
