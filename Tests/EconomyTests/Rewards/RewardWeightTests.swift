import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct RewardWeightTests {
  private func balances(_ rewards: String, others: String = "") throws -> [Int64] {
    try RewardNetwork.run(
      token: "emission: {rule: 'fixed', tokensPerEpoch: 12}, rewards: {\(rewards)}",
      others: others
    ).rewardBalances
  }

  @Test func `power and capacity count nodes by the multiplier of their hardware`() throws {
    // One node against two of 2.5 each: 1 to 5.
    #expect(try balances("power: 1") == [2_000_000, 10_000_000, 0])
    #expect(try balances("capacity: 1") == [2_000_000, 10_000_000, 0])
    #expect(try balances("capacity: 0.5, treasury: 0.5") == [1_000_000, 5_000_000, 6_000_000])
  }

  @Test func `without a multiplier hardware counts by its speed`() throws {
    let hardware = try read(
      "{priceUSD: 1, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1, speed: 3}"
    ) { HardwareClass(name: "it", reading: &$0) }
    #expect(hardware.rewardMultiplier == 3)
  }

  @Test func `idle time leaves out the time of jobs`() throws {
    let run = try RewardNetwork.run(
      token: "emission: {rule: 'fixed', tokensPerEpoch: 12}, rewards: {idle: 1}")
    let busy = Double(run.state.byType[0].busyHours)
    #expect(busy > 1)
    let expected = 12 * (24 - busy) / (24 - busy + 48)
    #expect(abs(run.tokens(of: run.state.accounts.operator(0)) - expected) < 2e-6)
  }

  @Test func `stake weighs operators by what they have bonded`() throws {
    let stake = "staking: {collateral: {usdPerNode: 5}}"
    #expect(try balances("stake: 1", others: stake) == [4_000_000, 8_000_000, 0])
  }

  @Test func `checks weigh operators by audits and proofs that they passed`() throws {
    // Only operator 0 has jobs that can be audited; a proof a day is asked of every node.
    #expect(
      try balances("checks: 1", others: "trust: {audits: {share: 1}}") == [12_000_000, 0, 0])
    let proofs = "trust: {proofs: {everyHours: 5}}"
    #expect(try balances("checks: 1", others: proofs) == [4_000_000, 8_000_000, 0])
  }

  @Test func `parts by what nobody has here are refused`() {
    let stake = RewardNetwork.refusal(token: "rewards: {stake: 1}")
    #expect(
      stake.contains(
        "error: token: expected staking.collateral beside rewards by stake, found none"))
    let checks = RewardNetwork.refusal(
      token: "streams: {miners: {rewards: {checks: 0.5, online: 0.5}}}")
    #expect(
      checks.contains(
        "expected trust.audits or trust.proofs beside rewards by checks, found neither"))
    #expect(checks.contains("help: add one of them, or share miners out otherwise"))
  }

  @Test func `every weight has a key of its own and gives each operator a weight`() throws {
    let keys = RewardWeight.all.map(\.key)
    #expect(Set(keys).count == keys.count && !keys.contains("treasury"))
    let state = try RewardNetwork.run(token: "").state
    for weight in RewardWeight.all {
      let weights = weight.weigh(state)
      #expect(weights.count == state.operators.count && weights.allSatisfy { $0 >= 0 })
    }
  }
}
