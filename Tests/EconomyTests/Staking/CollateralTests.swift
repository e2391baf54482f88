import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct CollateralTests {
  private static let token = """
    token: {circulating: 1e6, emission: {rule: 'fixed', tokensPerEpoch: 100}, rewards: {work: 1}},
    market: {rule: 'pool', openingPriceUSD: 2, poolShareOfCap: 0.05},
    """
  private static let cheats = "cheats: {rule: 'slips', jobsShare: 0.2}"
  private static let audits = "trust: {audits: {share: 1, detectionShare: 1}},"

  @Test func `every node has its bond from the first day`() throws {
    let run = try CheckedNetwork.scenario(
      hosts: 4, host: "nodesPerOperator: {rule: 'fixed', value: 3}",
      "staking: {collateral: {usdPerNode: 50}}"
    ).finished()
    #expect(try run.measured("staked_usd") == 600)
    #expect(run.state.ledger.balance(.dollars, of: .stakers) == 600_000_000)
    #expect(try run.measured("slashed_usd") == 0)
  }

  @Test func `tokens are bonded as tokens, and do not circulate`() throws {
    let run = try CheckedNetwork.scenario(
      hosts: 4, "\(Self.token) staking: {collateral: {tokensPerNode: 1000}}"
    ).finished()
    #expect(try run.measured("staked_tokens") == 4000)
    let minted = try run.measured("minted_tokens")
    #expect(try abs(run.measured("circulating_tokens") - (1e6 + minted - 4000)) < 1e-3)
  }

  @Test func `under a given price the exchange sells what is bonded on day 0`() throws {
    let run = try CheckedNetwork.scenario(
      hosts: 4,
      """
      token: {circulating: 1e6}, market: {rule: 'exogenous', openingPriceUSD: 2},
      staking: {collateral: {tokensPerNode: 100}}
      """
    ).finished()
    #expect(try run.measured("staked_tokens") == 400)
    #expect(try run.measured("staked_usd") == 800)
    #expect(run.state.nodes.allSatisfy { $0.state.isOnline })
  }

  /// The second job of each node is cut off in its middle: half of what a fault costs, which is the
  /// price of 2 USD and a hundredth of the stake.
  @Test func `a node that goes away under a job loses a part of what a fault costs`() throws {
    let churn =
      "churn: {sessionHours: {rule: 'fixed', value: 1.5}, offlineHours: {rule: 'fixed', value: 0.5}}"
    func slashed(_ share: String) throws -> (slashed: Double, lost: Double) {
      let state = try CheckedNetwork.run(
        days: 3, host: churn,
        """
        staking: {collateral: {usdPerNode: 100, slashTimesPrice: 1, slashShare: 0.01\(share)}}
        """)
      #expect(state.unruledStake() == nil)
      return (state.whole.trust.slashedUSD, Double(state.whole.restarts))
    }
    let (none, lost) = try slashed("")
    #expect(none == 0 && lost > 10)
    let (some, again) = try slashed(", interruptionShare: 0.5")
    #expect(again > 10)
    #expect(abs(some / again - 1.5) < 0.05)
  }

  @Test(arguments: ["treasury", "user"])
  func `a fault costs prices of its job and a share of the stake`(to destination: String) throws {
    let state = try CheckedNetwork.run(
      days: 5, host: Self.cheats,
      """
      \(Self.audits) staking: {collateral: {usdPerNode: 1000, slashTimesPrice: 3, slashShare: 0,
        slashedTo: '\(destination)'}}
      """)
    let faults = state.whole.trust.faultsCaught
    #expect(faults > 20)
    // Prices are 2 USD.
    #expect(abs(state.whole.trust.slashedUSD - 6 * faults) < 1e-6)
    let cost = state.whole.classes[0].usefulCost
    let paid = 2 * state.whole.jobsCompleted
    #expect(abs(cost - (destination == "user" ? paid - 6 * faults : paid)) < 1e-6)
  }

  @Test func `slashed tokens can be burned, and the books know`() throws {
    let run = try CheckedNetwork.scenario(
      host: Self.cheats,
      """
      \(Self.token) \(Self.audits)
      staking: {collateral: {tokensPerNode: 100, slashShare: 0.5, slashedTo: 'burn'}}
      """
    ).finished()
    #expect(try run.measured("burned_tokens") > 100)
    #expect(try run.measured("slashed_usd") > 0)
  }

  @Test func `who cannot top up takes no work, and comes back when he can`() throws {
    // A fault takes all of the stake; a host has earned it again after some sixty jobs or never.
    let state = try CheckedNetwork.run(
      days: 60, host: "cashDays: 0, cheats: {rule: 'slips', jobsShare: 0.05}",
      "\(Self.audits) staking: {collateral: {usdPerNode: 100, slashShare: 1}}")
    #expect(state.trust.isSuspended.contains(true))
    #expect(state.whole.trust.faultsCaught > 20)
    for slot in 0..<state.operators.count where state.trust.isSuspended[slot] {
      #expect(state.operators.nodeRange(slot).allSatisfy { !state.nodes[$0].state.isOnline })
    }
    #expect(state.activeNodes == 20)
  }

  @Test func `what is left comes back after the unbonding time`() throws {
    let text = """
      decisions: {everyDays: 1, attritionPerYear: 10}, cashDays: 0, operatingUSDPerNodeDay: 0
      """
    let state = try CheckedNetwork.run(
      days: 60, host: text,
      "staking: {collateral: {usdPerNode: 70, unbondingDays: 10}}")
    let left = state.operators.leftAt.filter { $0 < .farFuture }
    let returned = left.count { $0 + .days(11) < .days(60) }
    #expect(left.count > 5 && returned > 0)
    let due = state.trust.unbonding.reduce(0) { $0 + $1.amount }
    #expect(due == 70_000_000 * Int64(state.trust.unbonding.count))
    #expect(state.trust.unbonding.count <= left.count - returned)
    #expect(
      state.ledger.balance(.dollars, of: .stakers)
        == 70_000_000 * Int64(state.trust.unbonding.count + 20 - left.count))
  }

  @Test func `who enters buys the tokens that he bonds before his nodes come`() throws {
    let run = try SmallNetwork.scenario(["staking={collateral: {tokensPerNode: 50}}"]).finished()
    #expect(run.state.whole.entries > 0)
    for slot in 0..<run.state.operators.count where run.state.operators.state[slot] == .active {
      if run.state.trust.isSuspended[slot] { continue }
      #expect(run.state.trust.staked[slot] >= 50_000_000 * Int64(run.state.operators.nodes[slot]))
    }
  }

  @Test func `the price of capital in a bond keeps candidates away`() throws {
    func entries(_ bond: Double) throws -> Double {
      try SmallNetwork.scenario(["staking={collateral: {usdPerNode: \(bond)}}"]).finished()
        .measured("entries")
    }
    #expect(try entries(1e6) < entries(1))
  }

  @Test func `what cannot be is refused`() throws {
    func complaint(_ text: String) throws -> [String] {
      try complaints(about: text) { Collateral(reading: &$0) }
    }
    #expect(
      try complaint("{}") == [
        "expected one of usdPerNode, tokensPerNode, usdInTokensPerNode, pledge, found none of them"
      ])
    #expect(
      try complaint("{usdPerNode: 1, tokensPerNode: 1}")
        == [
          "expected one of usdPerNode, tokensPerNode, usdInTokensPerNode, pledge, found usdPerNode "
            + "and tokensPerNode"
        ])
    #expect(
      try complaint("{usdPerNode: 1, slashedTo: 'burn'}")
        == ["expected treasury or user, since stake is in dollars, found \"burn\""])
  }
}
