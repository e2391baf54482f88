import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct RepairTests {
  /// Machines that break often, for 60 days.
  private func run(crew: String, machines: String) throws -> NetworkState {
    try Scenario(
      text: """
        {horizonDays: 60, hardware: {classes: {gpu: {priceUSD: 10000, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {repairCrew: \(crew), frozenDays: 0, types: {a: {
           hardware: "gpu", candidates: 20, activeAtStart: 20, ownedShare: 1, \(machines)}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 1}}}}
        """
    ).finished().state
  }

  @Test(arguments: [1, 2, 5])
  func `crews outlive operators who leave in the line and come back`(crew: Int) throws {
    // Any pay brings an operator in, and none is enough to hold it: half of them leave each day and
    // are back the day after, some with a machine that still waits and breaks again.
    let state = try run(
      crew: "\(crew)",
      machines: """
        decisions: {everyDays: 1, leadDays: {rule: "fixed", value: 0.01}, reentry: true,
          entryMultiple: 0, exitMultiple: 0, interestPerYear: 10, actOnLossShare: 0.5},
        churn: {failure: {perYear: 6000, repairHours: {rule: "exponential", mean: 12}}}
        """)
    #expect(state.whole.exits > 100 && state.whole.entries > 100)
    let failed = state.nodes.count { $0.state == .failed }
    let waiting = state.broken[state.brokenHead...].count { machine in
      state.nodes[Int(machine.slot)].generation == machine.generation
    }
    #expect(state.freeCrews >= 0 && state.freeCrews <= crew)
    #expect(failed - waiting <= crew - state.freeCrews)
    #expect(waiting == 0 || state.freeCrews == 0)
  }

  @Test func `without a limit every machine is repaired at once`() throws {
    let state = try run(
      crew: "'none'",
      machines: """
        churn: {failure: {perYear: 1500, repairHours: {rule: "exponential", mean: 2}}}
        """)
    #expect(state.broken.isEmpty)
    // Work of 365 x 24 / 1500 = 5.84 h, then 2 h of repair: A = 0.745 of the time online. Both are
    // exponential: over n = 20 x 1440 / 7.84 cycles the standard error is A (1 - A) √(2/n).
    let availability = Double(state.whole.onlineNodes) / Double(state.whole.activeNodes)
    #expect(abs(availability - 5.84 / 7.84) < 4 * 0.190 * (2 / 3673.0).squareRoot())
  }
}
