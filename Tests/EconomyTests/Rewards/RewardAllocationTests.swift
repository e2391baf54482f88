import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct RewardAllocationTests {
  @Test func `parts must add to 1`() throws {
    let said = try complaints(about: "{work: 0.5, online: 0.4, treasury: 0.2}") {
      RewardAllocation(reading: &$0)
    }
    #expect(said == ["expected parts that add to 1, found 0.5 + 0.4 + 0 + 0.2 = 1.1"])
  }

  @Test func `each weight has its part`() throws {
    let rewards = try read("{work: 0.5, online: 0.3, registered: 0.15, treasury: 0.05}") {
      RewardAllocation(reading: &$0)
    }
    let parts = [RewardWeight.work, .online, .registered, .power].map(rewards.part)
    #expect(parts == [0.5, 0.3, 0.15, 0])
    #expect(rewards.treasury == 0.05)
  }

  /// Operator 0 has one node that takes the only job, operator 1 two nodes of other hardware.
  private func balances(_ rewards: String) throws -> [Int64] {
    let run = try Scenario(
      text: """
        {horizonDays: 1,
         hardware: {classes: {
           a: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1},
           b: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
         operators: {types: {
           one: {hardware: "a", candidates: 1, activeAtStart: 1, sellShare: 0},
           two: {hardware: "b", candidates: 2, activeAtStart: 1, sellShare: 0,
             nodesPerOperator: {rule: "fixed", value: 2}}}},
         demand: {classes: {jobs: {hardware: ["a"], arrivalsPerHour: 1,
           sizeHours: {rule: "fixed", value: 0.5}}}},
         token: {circulating: 1000, emission: {rule: "fixed", tokensPerEpoch: 9},
           rewards: \(rewards)},
         market: {rule: "exogenous", openingPriceUSD: 1}}
        """
    ).finished()
    let state = run.state
    #expect(try run.measured("jobs_completed") > 0)
    return ((0..<3).map(state.accounts.operator) + [.treasury]).map {
      state.ledger.balance(.token, of: $0)
    }
  }

  @Test func `emission goes to those who have the weight, and to nobody else`() throws {
    #expect(try balances("{registered: 1}") == [3_000_000, 6_000_000, 0, 0])
    #expect(try balances("{online: 1}") == [3_000_000, 6_000_000, 0, 0])
    #expect(try balances("{work: 1}") == [9_000_000, 0, 0, 0])
    #expect(try balances("{work: 0.5, treasury: 0.5}") == [4_500_000, 0, 0, 4_500_000])
  }
}
