import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Contracts that set nodes aside or take them back, and copies of jobs, beside gangs, regions and
/// rules of matching.
struct ContractMatchingTests {
  private static let jobs =
    "jobs: {arrivalsPerHour: 2, headroom: 1, sizeHours: {rule: 'exponential', mean: 2}}"
  private static func spot(gpus: Int = 1) -> String {
    "spot: {arrivalsPerHour: 1.5, headroom: 1, contract: 'spot', allowedRegions: ['south'], "
      + "sizeHours: {rule: 'exponential', mean: 4}, gpus: \(gpus)}"
  }
  private static func kept(gpus: Int = 1) -> String {
    "kept: {arrivalsPerHour: 0.3, headroom: 1, hardware: ['gpu', 'big'], gpus: \(gpus), "
      + "contract: {rule: 'reserved', nodes: 2}, sizeHours: {rule: 'exponential', mean: 3}, "
      + "allowedRegions: ['north']}"
  }
  private static func demand(_ classes: String...) -> String {
    "demand.classes={" + classes.joined(separator: ", ") + "}"
  }
  private static let churn =
    "operators.types.home.churn={sessionHours: {rule: 'exponential', mean: 20}, "
    + "offlineHours: {rule: 'exponential', mean: 2}}"
  private static let copies = [
    "trust={redundancy: {copies: 2, classes: ['jobs', 'spot']}, audits: {share: 0.3}}",
    "operators.types.away.cheats={rule: 'slips', jobsShare: 0.5}",
  ]
  private static let saved = [
    "loss.restart='checkpoint'", "loss.checkpoint.every={rule: 'fixed', hours: 0.5}",
  ]

  private static func classes(spotGPUs: Int = 1, keptGPUs: Int = 1) -> [String] {
    [demand(jobs, spot(gpus: spotGPUs), kept(gpus: keptGPUs)), churn]
  }

  private static let cases: [[String]] =
    ["random", "postedPrice", "cheapestBid", "nearest", "weighted", "leastWorked"].map {
      classes() + ["matching=\($0)"]
    } + [
      classes() + copies,
      classes() + copies + ["matching=nearest"],
      classes() + copies + saved + ["matching=leastWorked"],
      classes(spotGPUs: 2, keptGPUs: 2) + ["demand.classes.jobs.gpus=2"],
      classes(spotGPUs: 3) + saved + ["demand.classes.jobs.gpus=2", "matching=nearest"],
      classes(spotGPUs: 2) + [
        "demand.classes.jobs.gpus=3", "demand.classes.jobs.holdsNodes=true",
        "demand.classes.jobs.gangWithin=region", "trust={audits: {share: 0.4}, reputation: {}}",
        "operators.types.site.cheats={rule: 'slips', jobsShare: 0.3}",
      ],
      // Without regions or gangs: contracts and copies on the plain path.
      [
        demand(
          jobs, "spot: {arrivalsPerHour: 1.5, contract: 'spot', hardware: ['gpu']}",
          "kept: {arrivalsPerHour: 0.3, hardware: ['gpu'], contract: {rule: 'reserved', nodes: 2}}"),
        churn,
      ] + copies,
    ]

  @Test(arguments: cases)
  func `who serves what, who is covered and the books agree after every event`(settings: [String])
    throws
  {
    var run = OpenRun(try MatchingBench.scenario(settings))
    var faults: [String] = []
    run.run { state, _ in
      if faults.isEmpty { faults = state.matchingFaults + state.contractFaults }
    }
    #expect(faults == [])
    #expect(run.state.failure == nil)
    #expect(run.state.interval.jobsCompleted + run.state.whole.jobsCompleted > 100)
    #expect(run.state.whole.demand.preemptions > 0)
    #expect(run.state.whole.demand.reservationFees > 0)
  }

  @Test func `no job waits where it could take a node back, and spot jobs go behind all others`()
    throws
  {
    for rule in ["nearest", "postedPrice", "leastWorked"] {
      var run = OpenRun(
        try MatchingBench.scenario([
          Self.demand(Self.jobs, Self.spot()), "matching=\(rule)",
          "demand.classes.jobs.allowedRegions=['south']", "demand.classes.jobs.hardware=['gpu']",
        ]))
      var waits = 0
      run.run { state, event in
        let taken = state.contracts.spotNodes.count(of: 0)
        if state.lines[0].head >= 0, taken > 0 { waits += 1 }
      }
      #expect(waits == 0)
      #expect(run.state.whole.demand.preemptions > 2)
    }
  }

  /// The six nodes of the north, two of them set aside, never leave: the class finds one at once
  /// unless it has two already.
  @Test func `nodes set aside are kept in the regions that the class may use`() throws {
    var run = OpenRun(
      try MatchingBench.scenario([
        Self.demand(Self.jobs, Self.kept()), "matching=nearest",
        "operators.types.home.candidates=6", "operators.types.home.activeAtStart=6",
        "demand.classes.jobs.hardware=['gpu']", "demand.classes.jobs.arrivalsPerHour=6",
        "demand.classes.jobs.regions={north: 1}", "demand.classes.kept.arrivalsPerHour=0.5",
      ]))
    var broken = 0
    var full = 0
    run.run { state, _ in
      if state.lines[1].head >= 0, state.users[1].running < 2 { broken += 1 }
      if state.lines[0].head >= 0 { full += 1 }
    }
    #expect(broken == 0 && full > 100)
    // The fee is for the nodes of the north alone: two of six, at 0.5 x 0.6 USD an hour, 20 days.
    #expect(abs(run.state.whole.demand.reservationFees - 2 * 0.3 * 480) < 1e-6)
  }

  @Test func `copies of a job run with different operators in regions that it may use`() throws {
    var run = OpenRun(
      try MatchingBench.scenario([
        "trust={redundancy: {copies: 3, needed: 2}}", "matching=nearest", Self.churn,
        "demand.classes.jobs.allowedRegions=['south']", "demand.classes.jobs.hardware=['gpu']",
        "demand.classes.jobs.arrivalsPerHour=0.5",
      ]))
    var faults = 0
    run.run { state, _ in
      for group in state.trust.groups where !group.isClosed {
        let running = (0..<group.issued).compactMap { number -> Int? in
          let job = Int(group.members[number])
          return job >= 0 && state.jobs[job].node >= 0 ? Int(state.jobs[job].node) : nil
        }
        let owners = Set(running.map { state.nodeOwners[$0] })
        if owners.count != running.count { faults += 1 }
        if running.contains(where: { state.region(of: $0) != 1 }) { faults += 1 }
      }
    }
    #expect(faults == 0 && run.state.whole.jobsCompleted > 100)
    #expect(run.state.whole.trust.redundantHours > 100)
  }

  /// Four nodes with spot jobs of one GPU on some, then a job that needs two.
  @Test func `a gang takes back as few nodes as will do`() throws {
    var run = OpenRun(
      try MatchingBench.scenario([
        "operators.types={home: {hardware: 'gpu', candidates: 4, activeAtStart: 4}}",
        Self.demand(
          "jobs: {arrivalsPerHour: 0.05, gpus: 2, sizeHours: {rule: 'fixed', value: 6}}",
          "spot: {arrivalsPerHour: 0.2, contract: 'spot', hardware: ['gpu'], "
            + "sizeHours: {rule: 'fixed', value: 9}}"),
      ]))
    var preempted = 0.0
    var busyBefore = 0
    var tooMany = 0
    run.run { state, event in
      let taken = state.interval.demand.preemptions + state.whole.demand.preemptions - preempted
      if event.kind == .jobArrived, taken > 0 {
        // What was idle before was used first.
        if Int(taken) != max(0, 2 - (4 - busyBefore)) { tooMany += 1 }
      }
      preempted += taken
      busyBefore = state.gauges.busyNodes.level
    }
    #expect(preempted > 5 && tooMany == 0)
  }
}

extension NetworkState {
  /// What is wrong with who is known to serve spot jobs or to be covered by a term.
  fileprivate var contractFaults: [String] {
    var faults: [String] = []
    var spot = 0
    var covered = Array(repeating: 0, count: users.count)
    for node in nodes.indices {
      let isServing = nodes[node].state == .serving
      let kind = isServing ? Int(jobs[Int(nodes[node].link)].kind) : -1
      if isServing, users[kind].isSpot { spot += 1 }
      guard !contracts.isCovered.isEmpty, contracts.isCovered[node] else { continue }
      if isServing { covered[kind] += 1 } else { faults.append("node \(node) is covered and idle") }
    }
    let listed = settings.hardware.indices.reduce(0) { $0 + contracts.spotNodes.count(of: $1) }
    if listed != spot { faults.append("\(spot) nodes serve spot jobs, \(listed) are listed") }
    for kind in users.indices where users[kind].running != covered[kind] {
      faults.append("\(covered[kind]) nodes are covered, \(users[kind].running) are counted")
    }
    return faults
  }
}
