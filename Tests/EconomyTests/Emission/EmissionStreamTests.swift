import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct EmissionStreamTests {
  @Test func `streams add up, each with its own amount, scale and receivers`() throws {
    let run = try RewardNetwork.run(
      days: 3,
      token: """
        emission: {rule: 'fixed', tokensPerEpoch: 3}, rewards: {registered: 1},
        streams: {
          work: {emission: {rule: 'halving', initialTokensPerEpoch: 8, halvingEpochs: 1}, scale: 2,
            rewards: {work: 1}},
          grants: {emission: {rule: 'linear', tokens: 30, days: 2, from: 1},
            rewards: {treasury: 1}},
          idle: {rewards: {online: 1}},
        }
        """)
    #expect(run.rewardBalances == [(3 + 28) * 1_000_000, 6_000_000, 30_000_000])
    #expect(try run.measured("minted_tokens") == 9 + 28 + 30)
  }

  @Test func `a pool pays out what exists until none is left, and mints nothing`() throws {
    let run = try RewardNetwork.run(
      days: 5,
      token: """
        treasury: 100, streams: {
          mining: {emission: {rule: 'fixed', tokensPerEpoch: 12}, rewards: {registered: 1},
            poolTokens: 30},
          aside: {emission: {rule: 'fixed', tokensPerEpoch: 6}, rewards: {registered: 1},
            poolTokens: 40, poolFrom: 'treasury'}}
        """)
    #expect(run.rewardBalances == [20_000_000, 40_000_000, 60_000_000])
    #expect(try run.measured("minted_tokens") == 0)
    #expect(try run.measured("pool_reward_tokens") == 60)
    #expect(try run.measured("pool_tokens") == 10)
    #expect(run.state.emission.streams.map(\.pool) == [0, 0, 10_000_000])
    // 1,000 in free hands at the start, and what was paid out; pools and treasury do not circulate.
    #expect(run.state.circulatingTokens == 1060)
    #expect(run.state.ledger.assets[1].genesis == 1_130_000_000)
    var flows = run
    let reasons = Set(flows.takeFlows().filter { $0.asset == "TOKEN" }.map(\.reason))
    #expect(reasons == ["opening balance", "reward from a pool"])
  }

  @Test func `a stream ends with its own cap, and all of them with the token's`() throws {
    let token = """
      streams: {
        a: {emission: {rule: 'fixed', tokensPerEpochPerNode: 2}, rewards: {registered: 1}, cap: 9},
        b: {emission: {rule: 'fixed', tokensPerEpochPerNode: 1}, rewards: {treasury: 1}}}
      """
    let run = try RewardNetwork.run(days: 4, token: token)
    #expect(run.rewardBalances == [3_000_000, 6_000_000, 12_000_000])
    // 6 + 3, then one of the 3 that the first stream has left: the first in the file comes first.
    let capped = try RewardNetwork.run(days: 4, token: "cap: 1010, " + token)
    #expect(capped.rewardBalances == [2_333_333, 4_666_667, 3_000_000])
    #expect(try capped.measured("minted_tokens") == 10)
  }

  @Test func `a cap on the supply lets burned tokens come again`() throws {
    func minted(_ counts: String) throws -> (Double, Double) {
      let run = try RewardNetwork.run(
        days: 6,
        token: "cap: 1000, capCounts: '\(counts)', "
          + "emission: {rule: 'fixed', tokensPerEpoch: 5}, rewards: {registered: 1}",
        others: "payment: {provider: 0.5, protocol: 0, burn: 0.5}")
      return (try run.measured("minted_tokens"), try run.measured("burned_tokens"))
    }
    let issued = try minted("issued")
    #expect(issued.0 == 0 && issued.1 > 10)
    let supply = try minted("supply")
    // What was burned up to a settlement makes room at it.
    #expect(supply.0 > 10 && supply.0 <= supply.1)
  }

  @Test func `streams that together exceed the cap are refused with the sum`() {
    let token = """
      cap: 1200, treasury: 50, emission: {rule: 'fixed', tokensPerEpoch: 10},
      rewards: {registered: 1},
      streams: {miners: {emission: {rule: 'fixed', tokensPerEpoch: 20}, scale: 0.5,
          rewards: {online: 1}},
        clients: {emission: {rule: 'linear', tokens: 70, days: 20}, rewards: {work: 1}, cap: 25},
        known: {emission: {rule: 'fixed', tokensPerEpochPerNode: 9}, rewards: {work: 1}}}
      """
    // 100 + 100 + the 25 of its own cap in ten days; what depends on nodes is not known yet.
    let said = RewardNetwork.refusal(token: token, days: 10)
    #expect(
      said.contains(
        """
        error: token.streams: expected streams within the cap of 1200 tokens, found day 0 1050 + \
        emission 100 + miners 100 + clients 25 = 1275 by the horizon
        """), "\(said)")
    #expect(
      said.contains(
        "help: raise token.cap by 75, or give a stream a cap or a smaller scale"))
    #expect(RewardNetwork.refusal(token: token, days: 6).isEmpty)
  }

  @Test func `an amendment in time keeps streams below the cap`() {
    let token = """
      cap: 1100, streams: {miners: {emission: {rule: 'fixed', tokensPerEpoch: 20},
        rewards: {online: 1}}}
      """
    func refusal(_ day: Int) -> String {
      RewardNetwork.refusal(
        token: token, days: 10,
        others: "amendments: {end: {on: \(day), set: {'token.streams.miners.scale': 0}}}")
    }
    // The epoch that ends with the day of the amendment already follows it: five epochs of 20.
    #expect(refusal(6).isEmpty)
    #expect(refusal(7).contains("day 0 1000 + miners 120 = 1120 by the horizon"))
  }

  @Test(arguments: [
    (
      "treasury: 50, streams: {a: {poolTokens: 30, poolFrom: 'treasury', rewards: {work: 1}}, "
        + "b: {poolTokens: 25, poolFrom: 'treasury', rewards: {work: 1}}}",
      "expected pools within the treasury's 50 tokens, found a 30 + b 25 = 55"
    ),
    (
      "cap: 1020, streams: {a: {poolTokens: 30, rewards: {work: 1}}}",
      "expected at least circulating + treasury + vesting + pools = 1000 + 0 + 0 + 30 = 1030, "
        + "found 1020"
    ),
    (
      "streams: {a: {poolTokens: 30, cap: 40, rewards: {work: 1}}}",
      "expected at most poolTokens (30), found 40"
    ),
    ("streams: {a: {poolFrom: 'treasury'}}", "expected poolTokens beside it, found none"),
    (
      "streams: {a: {emission: {rule: 'fixed', tokensPerEpoch: 1}}}",
      "expected rewards beside it, found no rewards"
    ),
  ]) func `pools and streams that cannot be are refused`(token: String, message: String) {
    let said = RewardNetwork.refusal(token: token)
    #expect(said.contains(message), "\(said)")
  }

  @Test func `an amendment of its figures leaves a policy its memory, another policy starts anew`()
    throws
  {
    func pools(_ change: String) throws -> [Double] {
      var run = try Scenario(
        text: RewardNetwork.text(
          days: 4,
          token: """
            emission: {rule: 'targetUSD', initialTokens: 100, targetUSDPerNode: 1000,
              minimumTokens: 1, maximumTokens: 1e6}, rewards: {treasury: 1}
            """, others: "amendments: {vote: {on: 3, set: {\(change)}}}")
      ).run()
      try run.run(until: .days(4))
      return try run.takeSeries().column("minted_tokens").dropFirst().map { $0.rounded() }
    }
    #expect(try pools("'token.emission.raising': 2") == [100, 110, 220, 440])
    #expect(
      try pools(
        "'token.emission': {rule: 'burnLinked', leastOfBurn: 0, initialTokens: 50, stepShare: 0}")
        == [100, 110, 50, 50])
  }
}
