import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct RepairTests {
  /// Machines that break after six hours of work and wait days for a crew, while their operators
  /// leave and come back.
  private func run(crew: String) throws -> NetworkRun {
    try Scenario(
      text: """
        {horizonDays: 60, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 1, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {repairCrew: \(crew), frozenDays: 0, types: {a: {
           hardware: "gpu", candidates: 6, activeAtStart: 6, ownedShare: 1,
           nodesPerOperator: {rule: "fixed", value: 4},
           decisions: {everyDays: 1, attritionPerYear: 10, reentry: true, entryMultiple: 0,
             exitMultiple: 0, leadDays: {rule: "fixed", value: 0.1}},
           churn: {failure: {perYear: 1500, repairHours: {rule: "exponential", mean: 2}}}}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 1}}}}
        """
    ).finished()
  }

  @Test(arguments: [1, 2, 5])
  func `crews work on no more machines than they are, and none is lost`(crew: Int) throws {
    let state = try run(crew: "\(crew)").state
    #expect(state.whole.exits > 20 && state.whole.entries > 20)
    let failed = (0..<state.nodes.count).count { state.nodes.state[$0] == .failed }
    #expect(state.freeCrews >= 0 && state.freeCrews <= crew)
    // Where machines wait, every crew is at work.
    #expect(failed <= crew || state.freeCrews == 0)
    #expect(state.whole.restarts > 100)
  }

  @Test func `without a limit every machine is repaired at once`() throws {
    let state = try run(crew: "'none'").state
    #expect(state.broken.isEmpty)
    // Work of 365 x 24 / 1500 = 5.84 h, then 2 h of repair: 0.7449 of the time online. Both are
    // exponential: over n = 4,000 cycles or more the standard error is A (1 - A) √(2/n) = 0.0042.
    let availability = Double(state.whole.onlineNodes) / Double(state.whole.activeNodes)
    #expect(abs(availability - 5.84 / 7.84) < 4 * 0.0042)
  }
}
