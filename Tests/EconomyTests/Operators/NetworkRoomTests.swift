import Testing

@testable import Economy
@testable import Scenarios

struct NetworkRoomTests {
  private struct Stopped: Error {}

  private func bytes(
    _ settings: [String], among most: Double, look: () throws -> Void = {}
  ) throws -> Double {
    let scenario = try SmallNetwork.scenario(settings)
    return try NetworkRun.leastBytes(
      of: scenario.variants[0].stages[0].settings, seed: 7, replicate: 1, among: most, look: look)
  }

  @Test func `what fits with its largest fleets is not drawn`() throws {
    #expect(try bytes([], among: 1e6) { throw Stopped() } == 1900)
  }

  @Test func `what is drawn is what enrols`() throws {
    let nodes = try SmallNetwork.scenario().run().state.nodes.count
    let most = 1900 + Double(nodes) * NetworkRun.nodeBytes
    #expect(try bytes([], among: most) == most)
  }

  @Test func `five million candidates of 16 million nodes are refused by a few draws`() throws {
    var looks = 0
    let huge = [
      "operators.types.home.candidates=5000000", "operators.types.home.largestFleet=16000000",
      "operators.types.home.nodesPerOperator={rule: 'fixed', value: 16000000}",
    ]
    let found = try bytes(huge, among: 1e12) { looks += 1 }
    // 5 million operators of 190 bytes and 16 million nodes each.
    #expect(found >= 5e6 * (190 + 16e6 * NetworkRun.nodeBytes) && looks < 10)
  }

  @Test func `days for which rewards are locked take room`() throws {
    let rewards = [
      "token.rewards={work: 1, immediateShare: 0.5, vestingDays: 3650}"
    ]
    #expect(try bytes(rewards, among: 1e9) == 1900 + 10 * 16 * 3651)
  }

  @Test func `counting can be stopped`() {
    #expect(throws: Stopped.self) {
      try bytes(["operators.types.home.largestFleet=1000000"], among: 2400) { throw Stopped() }
    }
  }

  @Test func `more kinds than a byte can number are the scenario's mistake`() throws {
    let types = (0..<257).map { "t\($0): 'none'" }.joined(separator: ", ")
    #expect {
      try Scenario(text: "{horizonDays: 1, operators: {types: {\(types)}}}")
    } throws: {
      "\($0)".contains("operators.types: expected at most 256 of them, found 257")
    }
  }
}
