import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Collateral that is fixed in tokens when it is posted, and what is owed for it later.
struct PostsTests {
  private static func network(
    days: Double = 20, price: String = "{rule: 'exogenous', openingPriceUSD: 2}",
    host: String = "", token: String = "circulating: 1e6", _ collateral: String
  ) throws -> NetworkRun {
    try CheckedNetwork.scenario(
      days: days, hosts: 4, host: host,
      """
      token: {\(token)}, market: \(price), staking: {collateral: {\(collateral)}}
      """
    ).finished()
  }
  private static let halved = """
    {rule: 'exogenous', openingPriceUSD: 2}, shocks: {fall: {target: 'price', on: 5, factor: 0.5}}
    """

  @Test func `dollars are fixed in tokens at the price of the day they are posted`() throws {
    let run = try Self.network(price: Self.halved, "usdInTokensPerNode: 200")
    #expect(try run.measured("staked_tokens") == 400)
    #expect(try run.measured("staked_usd") == 400)
  }

  @Test func `or follow the price where they are revalued`() throws {
    let run = try Self.network(
      price: Self.halved, host: "cashDays: 3650", "usdInTokensPerNode: 200, revalued: true")
    #expect(try run.measured("staked_tokens") == 800)
    let dear = try Self.network(
      price: Self.halved.replacing("0.5", with: "4"),
      "usdInTokensPerNode: 200, revalued: true, unbondingDays: 3")
    // What is too much is on its way back, or there.
    #expect(try dear.measured("staked_tokens") == 100)
    #expect(dear.state.trust.unbonding.isEmpty)
  }

  @Test func `a class of hardware bonds its multiple`() throws {
    // io.net: 200 IO x 10 for an H100, eight cards: 16,000 IO.
    let run = try CheckedNetwork.scenario(
      hosts: 1, host: "nodesPerOperator: {rule: 'fixed', value: 8}, largestFleet: 8",
      """
      token: {circulating: 1e6}, market: {rule: 'exogenous', openingPriceUSD: 2},
      staking: {collateral: {tokensPerNode: 200, multipliers: {gpu: 10}}}
      """
    ).finished()
    #expect(try run.measured("staked_tokens") == 16_000)
  }

  @Test func `a pledge follows reward and supply until it is fixed`() throws {
    let run = try Self.network(
      token: """
        circulating: 1e6, emission: {rule: 'fixed', tokensPerEpoch: 40},
        rewards: {registered: 1}
        """, "pledge: {rewardDays: 20, supplyShare: 0.3}")
    // A quarter of 30 % of what circulates on day 0 each, and twenty days of the 10 tokens that the
    // first settlement shows.
    for post in run.state.trust.posts { #expect(abs(post.perNode - 75_200) < 1e-3) }
  }

  @Test func `who leaves before the term loses a part, and after it nothing`() throws {
    func state(term: Double) throws -> NetworkState {
      try Self.network(
        days: 60, host: "cashDays: 0, decisions: {everyDays: 1, attritionPerYear: 10}",
        """
        tokensPerNode: 1000, slashedTo: 'burn', slashShare: 0, unbondingDays: 3650,
        termination: {termDays: \(term), leastShare: 0.02, share: 0.1, fullAfterDays: 100}
        """
      ).state
    }
    let early = try state(term: 540)
    let left = (0..<4).filter { early.operators.leftAt[$0] < .farFuture }
    #expect(!left.isEmpty)
    let lost = left.reduce(Int64(0)) { sum, slot in
      let age = early.operators.leftAt[slot].inDays
      return sum + Int64((1e9 * max(0.02, 0.1 * age / 100)).rounded(.down))
    }
    // Ages count in whole minutes: 0.1 of 1,000 tokens over 144,000 of them.
    #expect(abs(early.ledger.balance(.token, of: .burned) - lost) <= 700 * Int64(left.count))
    #expect(
      early.trust.unbonding.reduce(0) { $0 + $1.amount } + early.ledger.balance(.token, of: .burned)
        == Int64(left.count) * 1_000_000_000)
    let late = try state(term: 0)
    #expect(late.ledger.balance(.token, of: .burned) == 0)
  }

  @Test func `a daily fee is burned, out of tokens at hand and then of the stake`() throws {
    let run = try Self.network(
      host: "sellShare: 1",
      token: """
        circulating: 1e6, emission: {rule: 'fixed', tokensPerEpoch: 40},
        rewards: {registered: 1}
        """, "tokensPerNode: 10, dailyFee: {shareOfCirculating: 4e-6, mostOfReward: 0.3}")
    // Four nodes each burn 3 of the 10 tokens that a day brings, fixed on the first day.
    #expect(abs(try run.measured("burned_tokens") - 20 * 4 * 3) < 1e-3)
  }

  @Test func `what cannot be is refused`() throws {
    func complaint(_ text: String) throws -> [String] {
      try complaints(about: text) { Collateral(hardware: ["h100", "l4"], reading: &$0) }
    }
    #expect(
      try complaint("{usdPerNode: 5, dailyFee: {shareOfCirculating: 1e-9}}") == [
        "expected collateral in tokens, since the fee is burned in tokens, found dollars"
      ])
    #expect(
      try complaint("{tokensPerNode: 200, multipliers: {h1000: 10}}") == [
        "expected names of hardware.classes, found \"h1000\""
      ])
    #expect(
      try complaint("{tokensPerNode: 200, revalued: true}") == [
        "expected usdInTokensPerNode or a pledge beside it, found a fixed amount"
      ])
  }
}
