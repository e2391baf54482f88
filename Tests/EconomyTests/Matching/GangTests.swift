import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct GangTests {
  private func finished(_ settings: [String]) throws -> NetworkState {
    var run = OpenRun(try MatchingBench.scenario(settings))
    run.run()
    #expect(run.state.failure == nil)
    return run.state
  }

  private static let pair = [
    "operators.types={home: {hardware: 'gpu', candidates: 2, activeAtStart: 2}}",
    "demand.classes.jobs.gpus=2", "demand.classes.jobs.sizeHours={rule: 'fixed', value: 6}",
  ]

  /// A job of 6 GPU-hours on two GPUs takes 3 h and costs 2 × 3 × 0.5 USD, half of it for each.
  @Test func `a gang shares the work, and its nodes the pay`() throws {
    let state = try finished(Self.pair + ["demand.classes.jobs.arrivalsPerHour=0.01"])
    let jobs = state.whole.jobsCompleted
    #expect(jobs >= 2 && state.whole.servedHours == 6 * jobs)
    #expect(abs(state.whole.timeInSystem - Int128(3 * 3.6e9 * jobs)) < 100)
    #expect(Totals.hours(state.whole.busyNodes) == 6 * jobs)
    #expect(state.whole.userSpend == 3 * jobs)
    #expect(state.operators.income == [1.5 * jobs, 1.5 * jobs])
  }

  @Test func `units that do not divide go to the first nodes`() throws {
    let odd = "hardware.classes.gpu.priceUSDPerGPUHour=0.5000005"
    let state = try finished(Self.pair + ["demand.classes.jobs.arrivalsPerHour=0.01", odd])
    let jobs = state.whole.jobsCompleted
    // 3.000003 USD a job: one of the two gets a micro-dollar more.
    #expect(abs(state.whole.userSpend - 3.000003 * jobs) < 1e-9)
    let income = state.operators.income
    #expect(abs(income[0] - income[1]) < 1.5e-6 * jobs && income[0] != income[1])
  }

  @Test func `a job waits until there are enough nodes at once`() throws {
    // Two nodes and gangs of two: one job at a time, each of 3 h: M/D/1 at load 0.6.
    let state = try finished(
      Self.pair + ["demand.classes.jobs.arrivalsPerHour=0.2", "horizonDays=2000"])
    let wait = state.whole.firstWait / state.whole.firstStarts / 3600
    // λ E[S²] ÷ (2 (1 − ρ)) = 0.2 × 9 ÷ 0.8 = 2.25 h. Waits of 9,600 jobs are correlated over some
    // 20 of them (2 ÷ (1 − ρ)²), each deviating by about 3.3 h: 0.15 h; four deviations.
    #expect(abs(wait - 2.25) < 0.6)
  }

  @Test func `a gang is lost when one of its nodes is, and all it did is lost`() throws {
    // The only jobs need two nodes for 3 h; one of the two stays for 2 h.
    let state = try finished([
      """
      operators.types={
        home: {hardware: 'gpu', candidates: 1, activeAtStart: 1},
        away: {hardware: 'gpu', candidates: 1, activeAtStart: 1, churn: {
          sessionHours: {rule: 'fixed', value: 2}, offlineHours: {rule: 'fixed', value: 1}}}}
      """,
      "demand.classes.jobs.gpus=2", "demand.classes.jobs.sizeHours={rule: 'fixed', value: 6}",
      "demand.classes.jobs.arrivalsPerHour=1",
    ])
    #expect(state.whole.jobsCompleted == 0 && state.whole.restarts > 50)
    // A stretch of 2 h, on both nodes, but for the first.
    #expect(abs(state.whole.lostHours - 4 * state.whole.restarts) < 4)
    #expect(state.ledger.balance(.dollars, of: .escrow) == state.jobs.deposits)
  }

  @Test func `a gang within a region or of one operator runs on nodes of that place alone`() throws
  {
    for (place, key) in [("region", "region"), ("operator", "operator")] {
      var run = OpenRun(
        try MatchingBench.scenario([
          "demand.classes.jobs.gpus=3", "demand.classes.jobs.gangWithin=\(key)",
          "operators.types.home.nodesPerOperator={rule: 'fixed', value: 3}",
          "operators.types.away.nodesPerOperator={rule: 'fixed', value: 2}",
        ]))
      var mixed = 0
      var seen: Set<Int> = []
      run.run { state, _ in
        for job in 0..<state.jobs.slots where state.jobs[job].node >= 0 {
          var node = Int(state.jobs[job].node)
          guard Int(state.nodes[node].link) == job, state.nodes[node].state == .serving else {
            continue
          }
          var places: Set<Int> = []
          while node >= 0 {
            places.insert(
              place == "region" ? state.region(of: node) : Int(state.nodeOwners[node]))
            node = Int(state.match.nextOfGang[node])
          }
          if places.count != 1 { mixed += 1 }
          seen.formUnion(places)
        }
      }
      #expect(mixed == 0 && seen.count > 1, "\(place)")
      // The two nodes of an operator of the south are never enough.
      if place == "operator" { #expect(seen.isDisjoint(with: 4..<8)) }
    }
  }

  @Test func `nodes that are kept for a gang shorten its wait and lengthen that of others`() throws
  {
    func waits(_ holds: Bool) throws -> [Double] {
      try finished([
        "operators.types.site=none", "horizonDays=100",
        """
        demand.classes={
          jobs: {arrivalsPerHour: 2.6, headroom: 1, sizeHours: {rule: 'exponential', mean: 2}},
          wide: {arrivalsPerHour: 0.15, gpus: 6, holdsNodes: \(holds),
            sizeHours: {rule: 'fixed', value: 6}}}
        """,
      ]).match.waits.map(\.mean)
    }
    let (behind, held) = (try waits(false), try waits(true))
    #expect(held[1] < behind[1] && held[0] > behind[0])
  }

  @Test func `nodes where a gang may not run are not kept for it`() throws {
    func waits(_ holds: Bool) throws -> [Double] {
      try finished([
        "operators.types.site=none",
        """
        demand.classes={
          jobs: {arrivalsPerHour: 1, headroom: 1, allowedRegions: ['south'],
            sizeHours: {rule: 'exponential', mean: 2}},
          wide: {arrivalsPerHour: 0.5, gpus: 4, holdsNodes: \(holds), allowedRegions: ['north'],
            sizeHours: {rule: 'fixed', value: 6}}}
        """,
      ]).match.waits.map(\.mean)
    }
    let (behind, held) = (try waits(false), try waits(true))
    #expect(behind == held && held[1] > 0)
  }

  @Test func `an operator that leaves takes no work on its way out`() throws {
    var run = OpenRun(
      try MatchingBench.scenario([
        "operators.frozenDays=0", "demand.classes.jobs.gpus=2", "horizonDays=60",
        "demand.classes.jobs.arrivalsPerHour=6", "demand.classes.jobs.hardware=['big']",
        "operators.types.site.nodesPerOperator={rule: 'fixed', value: 8}",
        "operators.types.site.candidates=4", "operators.types.site.activeAtStart=2",
        "operators.types.site.decisions={everyDays: 1, attritionPerYear: 9, reentry: true, "
          + "entryMultiple: 0, exitMultiple: 0}",
      ]))
    var before = (exits: 0.0, restarts: 0.0)
    var most = 0.0
    var leavings = 0
    run.run { state, event in
      let exits = state.whole.exits + state.interval.exits
      let restarts = state.whole.restarts + state.interval.restarts
      if exits > before.exits {
        leavings += 1
        most = max(most, restarts - before.restarts)
      }
      before = (exits, restarts)
    }
    // Eight nodes serve eight jobs at the most: one a gang's half.
    #expect(leavings > 0 && most > 0 && most <= 8 && run.state.matchingFaults == [])
  }

  @Test func `a gang pays one price: the highest that won, or the lowest that lost`() throws {
    // The four of the north bid 0.06 USD, those of the south 0.12.
    for (gpus, pays, rate) in [(3, "winning", 0.06), (4, "second", 0.12), (5, "winning", 0.12)] {
      let state = try finished([
        "demand.classes.jobs.hardware=['gpu']", "demand.classes.jobs.gpus=\(gpus)",
        "matching={rule: 'cheapestBid', noise: 0, pays: '\(pays)'}",
        "demand.classes.jobs.arrivalsPerHour=0.02",
        "demand.classes.jobs.sizeHours={rule: 'fixed', value: 1}",
      ])
      let jobs = state.whole.jobsCompleted
      #expect(jobs > 4 && abs(state.whole.userSpend - rate * jobs) < 1e-4, "\(gpus) \(pays)")
    }
  }
}
