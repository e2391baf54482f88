import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func scenario(
  _ outages: String, shocks: String = "{}", churn: String = "'none'", crew: String = "'none'",
  days: Int = 20, arrivals: Double = 0
) throws -> Scenario {
  try Scenario(
    text: """
      {horizonDays: \(days), seed: 3, regions: {us: {}, eu: {}},
       hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
       operators: {outages: \(outages), repairCrew: \(crew), frozenDays: 0, types: {
         a: {hardware: "gpu", candidates: 60, activeAtStart: 60, regions: {us: 1, eu: 1},
           churn: \(churn)},
         b: {hardware: "gpu", candidates: 40, activeAtStart: 40, churn: \(churn)}}},
       demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: \(arrivals),
         sizeHours: {rule: "exponential", mean: 5}}}},
       loss: {detectionSeconds: 0}, shocks: \(shocks)}
      """)
}

struct OutageTests {
  /// Nodes out of reach by operator type and region, at noon of each day.
  private func cutOff(_ scenario: Scenario, days: Int) throws -> [[Int]] {
    var run = scenario.run()
    return try (0..<days).map { day in
      try run.run(until: .days(Double(day) + 0.5))
      let state = run.state
      func count(type: UInt8, region: UInt8) -> Int {
        state.nodes.indices.count { node in
          state.nodes[node].state == .cutOff && state.nodes[node].type == type
            && state.operators.region[Int(state.nodeOwners[node])] == region
        }
      }
      return [count(type: 0, region: 0), count(type: 0, region: 1), count(type: 1, region: 0)]
    }
  }

  @Test func `a shock takes a region, or a share of all, for its days`() throws {
    let shocks = """
      {law: {target: "outage", region: "eu", on: 2, lastingDays: 2, share: 1},
       worm: {target: "outage", on: 3, lastingDays: 3, share: 0.5}}
      """
    let counts = try cutOff(scenario("{}", shocks: shocks), days: 8)
    let state = try scenario("{}", shocks: shocks).run().state
    let europeans = state.operators.region.count { $0 == 1 }
    #expect(counts[1] == [0, 0, 0])
    #expect(counts[2] == [0, europeans, 0])
    // Half of each group beside all of Europe: a binomial of the others, four standard errors.
    #expect(counts[3][1] == europeans)
    #expect(abs(Double(counts[3][0] + counts[3][2]) - Double(100 - europeans) / 2) < 4 * 5)
    // The first is over, the second is not, and it holds those whom it hit from the start.
    #expect(counts[4][0] == counts[3][0] && counts[4][2] == counts[3][2])
    #expect(counts[4][1] > 0 && counts[4][1] < europeans)
    #expect(counts[6] == [0, 0, 0])
  }

  @Test func `intensity thins: who is hit by a weak outage is hit by a strong one`() throws {
    func hit(_ intensity: Double) throws -> [Int] {
      var run = try scenario(
        "{}",
        shocks:
          "{a: {target: 'outage', on: 1, share: 0.8, intensity: \(intensity), lastingDays: 1}}"
      ).run()
      try run.run(until: .days(1.5))
      return run.state.nodes.indices.filter { run.state.nodes[$0].state == .cutOff }
    }
    let idle = try scenario(
      "{}", shocks: "{a: {target: 'outage', on: 1, share: 1, intensity: 0, lastingDays: 1}}"
    ).finished()
    #expect(try idle.measured("outages") == 0)
    let (none, weak, strong, all) = (try hit(0), try hit(0.3), try hit(1), try hit(2))
    #expect(none.isEmpty && weak.count < strong.count && all.count == 100)
    #expect(Set(weak).isSubset(of: strong))
  }

  @Test(arguments: [("region", 2), ("type", 2), ("all", 1)])
  func `areas have outages of their own, and the nodes of one go together`(
    scope: String, areas: Int
  ) throws {
    let text = "{o: {scope: '\(scope)', perYear: 100, durationHours: {rule: 'fixed', value: 6}}}"
    let run = try scenario(text, days: 365).finished()
    // Poisson: four standard errors.
    let count = try run.measured("outages")
    #expect(abs(count - 100 * Double(areas)) < 4 * (100 * Double(areas)).squareRoot())
    // Out of reach where at least one is on, each with probability 1 - e^(-100 x 6 / 8760) = 0.066.
    // An area's share has a deviation of about √(100) x 6 / 8760 = 0.007.
    let away = 1 - (try run.measured("availability"))
    #expect(abs(away + Elementary.expm1(-600 / 8760.0)) < 4 * 0.007)
    #expect(try run.measured("outage_share") == 1)
    let groups = try cutOff(scenario(text, days: 30), days: 30)
    let state = try scenario(text).run().state
    let inUS = state.operators.region[..<60].count { $0 == 0 }
    for found in groups {
      let isWhole = zip(found, [inUS, 60 - inUS, 40]).allSatisfy { $0 == 0 || $0 == $1 }
      #expect(isWhole)
      switch scope {
      case "region": #expect((found[0] > 0) == (found[2] > 0))
      case "type": #expect((found[0] > 0) == (found[1] > 0))
      default: #expect(found.allSatisfy { $0 > 0 } || found.allSatisfy { $0 == 0 })
      }
    }
  }

  private let churn = """
    {sessionHours: {rule: 'weibull', shape: 0.7, scale: 20}, failure: {perYear: 30}}
    """
  private let often =
    "{o: {scope: 'region', perYear: 300, share: 0.7, durationHours: {rule: 'exponential', mean: 5}}}"

  @Test func `sessions, failures and repairs go on as if there were no outage`() throws {
    let plain = try scenario("{}", churn: churn, days: 60, arrivals: 10).finished()
    let hit = try scenario(often, churn: churn, days: 60, arrivals: 10).finished()
    for name in ["sessions_ended", "node_failures", "entries", "jobs_arrived"] {
      #expect(try hit.measured(name) == (try plain.measured(name)))
    }
    // Time in a session is online or cut off; what is lost lies in between.
    func inSession(_ run: NetworkRun) -> Int128 {
      run.state.whole.onlineNodes + run.state.whole.cutOffNodes
    }
    #expect(inSession(hit) == inSession(plain))
    #expect(try hit.measured("outage_share") > 0.02)
    #expect(try hit.measured("restarts") > (try plain.measured("restarts")))
  }

  @Test func `what is counted of nodes and jobs agrees with their states`() throws {
    let scenario = try scenario(often, churn: churn, crew: "1", days: 40, arrivals: 12)
    var run = scenario.run()
    for day in 1...40 {
      try run.run(until: .days(Double(day)))
      let state = run.state
      func count(_ states: NodeState...) -> Int {
        state.nodes.count { states.contains($0.state) }
      }
      #expect(state.gauges.onlineNodes.level == count(.idle, .serving))
      #expect(state.gauges.busyNodes.level == count(.serving))
      #expect(state.gauges.cutOffNodes.level == count(.cutOff))
      #expect(state.gauges.brokenNodes.level == count(.failed))
      #expect(
        state.nodes.indices.allSatisfy {
          (state.nodes[$0].state == .cutOff) <= (state.outages.holds[$0] > 0)
        })
      #expect(Int(state.idle.count(of: 0)) == count(.idle))
      // Little's law on the path, to the microsecond.
      let inSystem = state.gauges.timeInSystem(
        left: state.whole.timeInSystem, at: .days(Double(day)))
      #expect(state.whole.jobsInSystem == inSystem)
    }
    // Online time by operator is that of the network.
    let state = run.state
    let hours = state.byType.reduce(0) { $0 + $1.onlineHours }
    #expect(abs(hours - Double(state.whole.onlineNodes) / 3.6e9) < 1e-6 * hours)
  }

  @Test func `no job goes to a node that is cut off in the same instant`() throws {
    // Everybody is busy or has just as little to do; an outage of all loses each running job once.
    let shocks = "{a: {target: 'outage', on: 5, lastingDays: 1, share: 1}}"
    var run = try scenario("{}", shocks: shocks, days: 10, arrivals: 10).run()
    try run.run(until: .days(4.999999))
    let busy = run.state.gauges.busyNodes.level
    #expect(busy > 20 && busy < 90)
    try run.run(until: .days(5.0000001))
    #expect(abs(run.state.interval.restarts + run.state.whole.restarts - Double(busy)) <= 2)
    #expect(run.state.gauges.onlineNodes.level == 0)
  }

  @Test func `outages that never end and regions that nobody knows are told`() throws {
    #expect(
      try complaints(about: "{target: 'outage', on: 1, share: 0.5, region: 'mars'}") {
        Shock(name: "a", reading: &$0)
      } == [
        "expected the name of a region, found \"mars\"",
        "expected lastingDays of an outage, found none",
      ])
    #expect(
      try complaints(
        about: "{scope: 'all', perYear: 8760, durationHours: {rule: 'fixed', value: 2}}"
      ) { Outage(name: "a", reading: &$0) } == [
        "expected outages that are over before the next comes, found 2 at once on average"
      ])
    #expect(
      try complaints(about: "{scope: 'all', perYear: 1, share: 1.2}") {
        Outage(name: "a", reading: &$0)
      } == ["expected a number from 0 to 1, found 1.2"])
  }
}

extension Bool {
  /// Implication.
  fileprivate static func <= (left: Bool, right: Bool) -> Bool { !left || right }
}
