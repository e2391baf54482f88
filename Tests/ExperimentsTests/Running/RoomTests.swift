import Scenarios
import TestSupport
import Testing

@testable import Experiments

struct RoomTests {
  /// Five million candidates with 16 million nodes each.
  private static let huge = """
    { horizonDays: 1, replicates: 1,
      hardware: {classes: {gpu: {
        priceUSD: 1000, busyWatts: 500, idleWatts: 50, priceUSDPerGPUHour: 1}}},
      operators: {types: {all: {
        hardware: "gpu", candidates: 5000000, activeAtStart: 0, largestFleet: 16000000,
        nodesPerOperator: {rule: "fixed", value: 16000000}, sellShare: 1}}} }
    """

  @Test func `a network that memory cannot hold is refused before it enrols`() async throws {
    let scenario = try ScenarioText.scenario(Self.huge)
    let plan = Plan(scenario, options: RunOptions())
    await #expect {
      try await Experiment(plan, of: scenario, threads: 2).run(into: MemorySink(), watch: Watch())
    } throws: {
      guard case .limit(let error)? = $0 as? ExperimentError else { return false }
      return error.quantity == .memory && error.reached > 1e15
    }
  }

  @Test func `a signal is noticed while nodes are counted`() async throws {
    let scenario = try ScenarioText.scenario(Self.huge)
    let interrupt = Interrupt()
    interrupt.raise()
    #expect {
      try Watch(interrupt: interrupt).checkRoom(
        for: scenario.variants[0].stages[0].settings, seed: 1, replicate: 1, atOnce: 1)
    } throws: {
      guard case .interrupted? = $0 as? ExperimentError else { return false }
      return true
    }
  }
}
