import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct FakesTests {
  private func run(_ rest: String, days: Double = 20) throws -> NetworkRun {
    try CheckedNetwork.scenario(
      days: days, hosts: 10,
      host: "spoofedShare: 0.8, nodesPerOperator: {rule: 'fixed', value: 100}",
      """
      token: {circulating: 1e6, emission: {rule: 'fixed', tokensPerEpoch: 1000},
        rewards: {registered: 0.5, online: 0.5}},
      market: {rule: 'exogenous', openingPriceUSD: 1}, \(rest)
      """
    ).finished()
  }

  @Test func `fakes are registered and rewarded, and never serve`() throws {
    let run = try run("trust: {}")
    // Binomial: 1000 × 0.2 ± 3 × √(1000 × 0.16).
    let usable = try run.measured("usable_gpus")
    #expect(abs(usable - 200) < 38)
    #expect(try run.measured("registered_gpus") == 1000)
    #expect(try run.measured("verified_gpus") == 1000)
    #expect(try run.measured("online_gpus") == usable)
    #expect(try abs(run.measured("fake_rewards_usd") - 20_000 * (1 - usable / 1000)) < 100)
  }

  @Test func `the door refuses some, and the check takes some for real`() throws {
    let run = try run("trust: {admission: {refusedShare: 0.5, missedShare: 0.25}}")
    let fakes = 1000 - Double(run.state.trust.nodes.count { !$0.isFake })
    let registered = try run.measured("registered_gpus")
    let usable = try run.measured("usable_gpus")
    let verified = try run.measured("verified_gpus")
    #expect(usable == 1000 - fakes)
    // Three standard errors of a binomial share of 800 and 400.
    #expect(abs((registered - usable) / fakes - 0.5) < 3 * (0.25 / fakes).squareRoot())
    #expect(
      abs((verified - usable) / (registered - usable) - 0.25)
        < 3 * (0.1875 / (registered - usable)).squareRoot())
  }

  @Test func `fakes of day 0 have tried to register too`() throws {
    var run = try run("trust: {admission: {refusedShare: 0.5}}")
    let fakes = Double(run.state.trust.nodes.count { $0.isFake })
    #expect(try run.measured("spoofed_attempts") == fakes)
    let gone = Double(run.state.trust.nodes.count { $0.isEjected })
    #expect(try run.measured("ejected_nodes") == gone)
    let attempts = try run.takeSeries().column("spoofed_attempts")
    #expect(attempts[0].isNaN && attempts[1] == fakes && attempts[2] == 0)
  }

  @Test func `proofs throw fakes out by and by, and nobody else`() throws {
    let run = try run("trust: {proofs: {everyHours: 12, detectionShare: 0.5}}")
    let fakes = run.state.trust.nodes.count { $0.isFake }
    // After 40 rounds the chance that one of them is left is below 10⁻⁹.
    #expect(run.state.activeNodes == 1000 - fakes)
    #expect(run.state.trust.fake.level == 0 && run.state.trust.fakeNodes.isEmpty)
    #expect(Int(run.state.whole.trust.ejected) == fakes)
    // A fake stays 1 ÷ 0.5 rounds of half a day on average, the first round included.
    let days = try (run.measured("registered_gpus") - run.measured("usable_gpus")) * 20
    #expect(abs(days / Double(fakes) - 1) < 3 * (0.5 / Double(fakes)).squareRoot())
  }

  @Test func `an operator of fakes alone is gone with the last of them`() throws {
    let state = try CheckedNetwork.run(
      hosts: 5, host: "spoofedShare: 1", "trust: {proofs: {detectionShare: 1}}")
    #expect(state.operators.state.allSatisfy { $0 == .left })
    #expect(state.activeNodes == 0 && state.whole.jobsCompleted == 0)
  }
}
