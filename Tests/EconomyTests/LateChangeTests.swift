import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// What amendments take away or lower is given back.
struct LateChangeTests {
  private let token = """
    token: {circulating: 800000, treasury: 100000},
    market: {rule: "exogenous", openingPriceUSD: 1},
    """

  @Test func `collateral that is lowered comes back after its time`() throws {
    func staked(on day: Double) throws -> Double {
      var run = try CheckedNetwork.scenario(
        """
        staking: {collateral: {usdPerNode: 20, unbondingDays: 5}},
        amendments: {less: {on: 6, set: {"staking.collateral.usdPerNode": 5}}}
        """
      ).run()
      try run.run(until: .days(day))
      return Double(run.state.ledger.balance(.dollars, of: .stakers)) / 1e6
    }
    #expect(try staked(on: 5) == 400)
    #expect(try staked(on: 10) == 400)
    #expect(try staked(on: 13) == 100)
  }

  @Test func `a daily fee ends when it is taken away`() throws {
    func burned(_ days: Double) throws -> Double {
      try CheckedNetwork.scenario(
        days: days,
        """
        token: {circulating: 800000, emission: {rule: "fixed", tokensPerEpoch: 200},
          rewards: {online: 1}}, market: {rule: "exogenous", openingPriceUSD: 1},
        staking: {collateral: {tokensPerNode: 10,
          dailyFee: {shareOfCirculating: 1, mostOfReward: 0.5}}},
        amendments: {free: {on: 10, set: {"staking.collateral.dailyFee": "none"}}}
        """
      ).finished().measured("burned_tokens")
    }
    let before = try burned(10)
    #expect(before > 100)
    #expect(try burned(20) == before)
  }

  @Test func `a loan to the pool grows, and comes again`() throws {
    func lent(on day: Double) throws -> Double {
      var run = try CheckedNetwork.scenario(
        days: 40,
        """
        token: {circulating: 1e6, treasury: 1e5},
        market: {rule: "pool", openingPriceUSD: 1, poolShareOfCap: 0.01},
        treasury: {openingUSD: 9000, marketMaking: {usd: 1000, until: 20}},
        amendments: {
          more: {on: 10, set: {"treasury.marketMaking.usd": 3000}},
          again: {on: 30, set: {"treasury.marketMaking": {usd: 2000, from: 30}}}}
        """
      ).run()
      try run.run(until: .days(day))
      return 9000 - Double(run.state.ledger.balance(.dollars, of: .treasury)) / 1e6
    }
    // The treasury earns fees beside, a few dollars a day.
    #expect(try (lent(on: 9) / 1000 - 1).magnitude < 0.2)
    #expect(try (lent(on: 19) / 3000 - 1).magnitude < 0.2)
    #expect(try lent(on: 29) < 50)
    #expect(try (lent(on: 39) / 2000 - 1).magnitude < 0.4)
  }

  @Test func `a vault of credits that is taken away keeps what they are worth and no more`() throws
  {
    var run = try CheckedNetwork.scenario(
      days: 40, payment: "provider: 1, remint: {seedTokens: 50000}",
      token + "amendments: {end: {on: 20, set: {'payment.remint': 'none'}}}"
    ).run()
    try run.run(until: .days(19.5))
    func vault() -> Int64 { run.state.ledger.balance(.token, of: .remintVault) }
    func credits() -> Int64 { run.state.vaults.book.supply - run.state.vaults.book.kept }
    #expect(vault() > 50_000_000_000)
    try run.run(until: .days(40))
    #expect(run.state.failure == nil)
    #expect(vault() == credits() && credits() < 1_000_000_000)
    #expect(run.state.ledger.balance(.token, of: .treasury) >= 100_000_000_000)
  }

  @Test func `runway is that of the days since pay was promised`() throws {
    func runway(_ days: Double, _ promise: String) throws -> Double {
      try CheckedNetwork.scenario(
        days: days, payment: "provider: 0.9, protocol: 0.1, burn: 0" + promise,
        token
          + """
          amendments: {promise: {on: 60, set: {"payment.demandDriven":
            {targetUSDPerHour: {gpu: 0.1}, rewardVaultSeed: 1e5}}}}
          """
      ).finished().measured("vault_runway_months")
    }
    // Twenty nodes get 2 USD an hour: 48 of 100,000 a day.
    let months = (100_000 - 20 * 48) / 48.0 / 30.4375
    #expect(try (runway(80, "") / months - 1).magnitude < 0.1)
  }

  @Test func `a factor on the emission does not move the dollars that it is steered to`() throws {
    func pay(_ scale: Double) throws -> Double {
      var run = try CheckedNetwork.scenario(
        days: 100,
        """
        token: {circulating: 1e6, emissionScale: \(scale), rewards: {registered: 1},
          emission: {rule: "targetUSD", targetUSDPerNode: 3, initialTokens: 60,
            minimumTokens: 1, maximumTokens: 10000}},
        market: {rule: "exogenous", openingPriceUSD: 1}
        """
      ).finished()
      let minted = try run.takeSeries().column("minted_tokens")
      return minted.suffix(40).reduce(0, +) / 40 / 20
    }
    for scale in [0.5, 1, 4] { #expect(try (pay(scale) / 3 - 1).magnitude < 0.06) }
  }
}
