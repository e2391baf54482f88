import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Forty nodes with work for about half of them.
private func scenario(
  _ churn: String, decisions: String = "'none'", more: String = "", seed: Int = 4
) throws -> Scenario {
  try Scenario(
    text: """
      {horizonDays: 60, seed: \(seed), hardware: {classes: {gpu: {priceUSD: 10000, busyWatts: 0,
         idleWatts: 0, priceUSDPerGPUHour: 1}}},
       operators: {frozenDays: 0, types: {a: {hardware: "gpu", candidates: 40, activeAtStart: 40,
         ownedShare: 1, churn: \(churn), decisions: \(decisions)}}},
       demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 6,
         sizeHours: {rule: "fixed", value: 3}}}}\(more)}
      """)
}

struct DrainTests {
  private let session = "sessionHours: {rule: 'exponential', mean: 40}"

  @Test func `with notice longer than any job no job is lost`() throws {
    let told = try scenario(
      "{\(session), drain: {noticeHours: 3.5, plannedShare: 1}}"
    ).finished()
    let plain = try scenario("{\(session)}").finished()
    // Sessions shorter than the notice end without a word: 1 - e^(-3.5/40) = 0.084 of them.
    let ended = try told.measured("sessions_ended")
    let lost = try told.measured("restarts")
    #expect(lost < 0.084 * ended + 4 * (0.084 * ended).squareRoot())
    #expect(try plain.measured("restarts") > 4 * lost)
    // A job is on about half of the nodes that are told to finish.
    let drained = try told.measured("drained_nodes")
    #expect(drained > 0.3 * ended && drained < 0.7 * ended)
    #expect(try told.measured("fill_rate") == 1)
  }

  @Test func `a job longer than the notice is lost when the time is up`() throws {
    let run = try scenario(
      "{sessionHours: {rule: 'fixed', value: 20}, drain: {noticeHours: 1, plannedShare: 1}}"
    ).finished()
    let drained = try run.measured("drained_nodes")
    let lost = try run.measured("restarts")
    // With one hour's notice a job of three hours is done in time in one case of three.
    let share = drained / (drained + lost)
    #expect(abs(share - 1.0 / 3) < 4 * (2.0 / 9 / (drained + lost)).squareRoot())
  }

  @Test func `without a share nothing is told, and nothing changes`() throws {
    var told = try scenario("{\(session), drain: {noticeHours: 6, plannedShare: 0}}").finished()
    var plain = try scenario("{\(session)}").finished()
    let rows = (told.takeSeries(), plain.takeSeries())
    #expect(rows.0.map { $0.values.map(\.bits) } == rows.1.map { $0.values.map(\.bits) })
  }

  private let leaving = """
    {everyDays: 1, attritionPerYear: 10, entryMultiple: 100, exitMultiple: 0, reentry: false}
    """

  @Test func `operators who give notice leave a day later, with their jobs done`() throws {
    let plain = try scenario("'none'", decisions: leaving).finished()
    let told = try scenario("{drain: {noticeHours: 24}}", decisions: leaving).finished()
    #expect(try plain.measured("exits") > 25)
    #expect(try plain.measured("restarts") > 5)
    #expect(try told.measured("restarts") == 0)
    #expect(try told.measured("drained_nodes") > 5)
    // The same operators, each a day later; those who tell on the last day are still there.
    for slot in 0..<40 where plain.state.operators.leftAt[slot] < .days(58.9) {
      let day = plain.state.operators.leftAt[slot].inDays
      #expect(told.state.operators.leftAt[slot] == .days(day + 1))
    }
    for run in [plain, told] {
      for slot in 0..<40 where run.state.operators.state[slot] == .left {
        #expect(run.state.nodes[slot].state == .absent)
      }
    }
  }

  @Test(arguments: 0..<5)
  func `operators who come and go with notice, failures and outages keep their nodes in order`(
    seed: Int
  ) throws {
    let scenario = try scenario(
      """
      {\(session), failure: {perYear: 60, transientPerYear: 60, ageing: {scaleYears: 0.2}},
       drain: {noticeHours: 8, plannedShare: 0.5}}
      """,
      decisions: """
        {everyDays: 1, leadDays: {rule: "fixed", value: 0.01}, reentry: true, entryMultiple: 0,
         exitMultiple: 0, interestPerYear: 10, actOnLossShare: 0.3}
        """, more: ", shocks: {a: {target: 'outage', on: 20, lastingDays: 5, share: 0.6}}",
      seed: seed)
    var run = scenario.run()
    for day in 1...60 {
      try run.run(until: .days(Double(day)))
      let state = run.state
      #expect(state.gauges.onlineNodes.level == state.nodes.count { $0.state.isOnline })
      #expect(state.gauges.brokenNodes.level == state.nodes.count { $0.state == .failed })
      #expect(state.gauges.cutOffNodes.level == state.nodes.count { $0.state == .cutOff })
      for node in state.nodes.indices {
        let owner = Int(state.nodeOwners[node])
        let isIn = state.operators.state[owner] == .active
        if !isIn { #expect(state.nodes[node].state == .absent) }
        if state.nodes[node].state == .absent { #expect(!isIn || state.drains.isLeaving[owner]) }
        if state.drains.isDraining[node] { #expect(state.nodes[node].state == .serving) }
      }
    }
    #expect(try run.measured("exits") > 20 && run.measured("entries") > 20)
  }

  @Test func `a node that is told to leave by the clock is back with its next window`() throws {
    var run = try scenario(
      """
      {sessions: {rule: "daily", startHour: {rule: "fixed", value: 0},
        hoursPerDay: {rule: "fixed", value: 12}}, drain: {noticeHours: 4, plannedShare: 1}}
      """
    ).finished()
    #expect(try run.measured("restarts") == 0)
    #expect(try run.measured("sessions_ended") == 40 * 60)
    // An idle node leaves 4 h ahead, at 8 h; a busy one at 11 h at the latest.
    let rows = try run.takeSeries().column("availability").dropFirst()
    #expect(rows.allSatisfy { $0 >= 8.0 / 24 && $0 <= 11.0 / 24 })
  }
}
