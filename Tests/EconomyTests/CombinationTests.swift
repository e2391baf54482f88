import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Mechanisms that meet where neither was made for the other.
struct CombinationTests {
  private func finished(_ text: String) throws -> NetworkRun {
    try Scenario(text: text).finished()
  }

  @Test func `what market steps burned is not missed while an oracle halts payments`() throws {
    let run = try CheckedNetwork.scenario(
      days: 40, payment: "provider: 0.6, protocol: 0.3, burn: 0.1, burnAt: 'completion'",
      """
      token: {circulating: 800000}, market: {rule: 'exogenous', openingPriceUSD: 1}, epochHours: 168,
      oracle: {rule: 'spot', onOutage: 'halt'},
      shocks: {out: {target: 'oracleOutage', on: 10.5, lastingDays: 12}}
      """
    ).finished()
    #expect(run.state.failure == nil && run.state.settlements == 5)
    #expect(try run.measured("burned_usd") > 0)
  }

  @Test func `slashes before day 0 leave delegators and burns of day 0 as they were`() throws {
    let text = """
      {start: "2025-01-01", horizonDays: 10, seed: 3,
       hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1}}},
       operators: {types: {host: {hardware: "gpu", candidates: 9, activeAtStart: 9,
         cheats: {rule: "slips"}}}},
       demand: {classes: {jobs: {arrivalsPerHour: 3}}}, trust: {disputes: {}},
       token: {circulating: 1e8, staking: {}, rewards: {online: 1},
         emission: {rule: "netEmission"}},
       market: {rule: "anchored", openingPriceUSD: 1}, payment: {burn: 0.5, provider: 0.5},
       staking: {collateral: {usdPerNode: 200}}}
      """
    let scenario = try Scenario(text: text)
    let run = try scenario.finished(burnIn: .days(30))
    #expect(run.state.failure == nil && run.state.settlements == 10)
    let before = scenario.run(burnIn: .days(30)).state
    #expect(before.epochBurned == 0 && before.delegation.burned == 0)
  }

  /// A base unit is a token, which costs more than all micro-dollars that fit.
  @Test func `promised pay meets a token that nobody can afford`() throws {
    let run = try CheckedNetwork.scenario(
      payment: "provider: 0.5, feeVault: 0.5, demandDriven: {targetUSDPerHour: {gpu: 5}}",
      """
      token: {circulating: 1000, decimals: 0, rewards: {rewardVault: 1},
        emission: {rule: "fixed", tokensPerEpoch: 9}},
      market: {rule: "exogenous", openingPriceUSD: 1e9},
      shocks: {up: {target: "price", on: 5, factor: 1000}, again: {target: "price", on: 6, factor: 1000},
        third: {target: "price", on: 7, factor: 1000}}
      """
    ).finished()
    #expect(run.state.failure == nil && run.state.settlements == 20)
  }

  @Test func `capital beyond what books can hold ends it as a finding`() throws {
    let run = try finished(
      """
      {start: "2025-01-01", horizonDays: 60, seed: 3,
       hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
       operators: {frozenDays: 0, types: {host: {hardware: "gpu", candidates: 60, activeAtStart: 0,
         decisions: {everyDays: 2, entryMultiple: 0, exitMultiple: 0,
           firstLookDays: {rule: "fixed", value: 2}, leadDays: {rule: "fixed", value: 1}}}}},
       demand: {classes: {}}, token: {circulating: 1e6, rewards: {registered: 1},
         emission: {rule: "fixed", tokensPerEpoch: 9}},
       market: {rule: "exogenous", openingPriceUSD: 1e6},
       staking: {collateral: {tokensPerNode: 1e9}}}
      """)
    #expect(run.state.failure == nil)
    #expect(run.warnings.contains { $0.hasPrefix("tokens or dollars left what can be held") })
    #expect(try run.measured("spiral_grade") == Double(SpiralGrade.dead.rawValue))
  }

  @Test func `what is paid ahead is paid ahead once`() {
    #expect {
      try CheckedNetwork.scenario(
        jobs: "contract: {rule: 'prepaid', creditsUSDPerTerm: 1}",
        payment: "provider: 1, remint: {}",
        "token: {circulating: 1000}, market: {rule: 'exogenous', openingPriceUSD: 1}")
    } throws: {
      "\($0)".contains("beside payment in credits, which are bought ahead, found prepaid in jobs")
    }
  }

  /// Buying on a thin pool costs more than the credits are worth.
  @Test func `what credits cost above their face is a cost of the work`() throws {
    func run(_ share: Double) throws -> NetworkRun {
      try CheckedNetwork.scenario(
        payment: "provider: 1, remint: {seedTokens: 100000}",
        "token: {circulating: 1e6, treasury: 1e5}, "
          + "market: {rule: 'pool', openingPriceUSD: 1, poolShareOfCap: \(share)}"
      ).finished()
    }
    let (thin, deep) = try (run(0.002), run(1))
    for run in [thin, deep] {
      let (paid, bought) = try (
        run.measured("user_spend_usd"), run.measured("credit_purchases_usd")
      )
      // All that was bought was used, but for a stock of some days.
      #expect(paid < bought && paid > 0.5 * bought)
    }
    #expect(try deep.measured("useful_gpu_hour_cost_usd") < 1.02)
    #expect(try thin.measured("useful_gpu_hour_cost_usd") > 1.05)
  }

  @Test func `news that changes nothing moves no price`() throws {
    func prices(_ amendment: String) throws -> [Double] {
      var run = try CheckedNetwork.scenario(
        days: 40,
        payment: "provider: 0.5, feeVault: 0.5, "
          + "demandDriven: {targetUSDPerHour: {gpu: 0.05}, rewardVaultSeed: 0}",
        "token: {circulating: 1e6}, market: {rule: 'anchored', openingPriceUSD: 0.01}, "
          + "amendments: {\(amendment)}"
      ).finished()
      return try run.takeSeries().column("token_price_usd")
    }
    let quiet = try prices("")
    let news = try prices("x: {on: 30, announcedDays: 20, set: {'operators.planDays': 31}}")
    #expect(zip(quiet, news).allSatisfy { ($0 / $1 - 1).magnitude < 1e-9 })
  }

  @Test func `a new generation changes what machines of its class are worth while it lasts`() throws
  {
    func prices(on day: Double) throws -> [Double] {
      let scenario = try SmallNetwork.scenario([
        "shocks={new: {target: 'hardwareGeneration', on: 5, lastingDays: 10, factor: 0.5, "
          + "intensity: 0.5, hardwareClass: 'big'}}",
        "amendments={vote: {on: 8, set: {'hardware.classes.gpu.priceUSD': 800}}}",
      ])
      var run = scenario.run()
      try run.run(until: .days(day))
      return run.state.settings.hardware.map(\.price)
    }
    #expect(try prices(on: 4) == [1000, 9000])
    #expect(try prices(on: 6) == [1000, 6750])
    #expect(try prices(on: 9) == [800, 6750])
    #expect(try prices(on: 16) == [800, 9000])
  }

  @Test func `eligibility of a network without hardware is not judged`() {
    #expect {
      try Scenario(
        text: """
          {horizonDays: 5, eligibility: {minimumVramGB: 40},
           operators: {types: {host: {hardware: "gpu", candidates: 9, activeAtStart: 9}}}}
          """)
    } throws: {
      "\($0)".contains("hardware: expected at least one class, found none")
    }
  }

  @Test func `weights of any size stay in proportion, and their sum can be held`() {
    let weights = RewardWeight.whole([3e17, 1e17, 2e17] + Array(repeating: 1e17, count: 200))
    #expect(weights.reduce(0, +) > 0 && weights[0] == 3 * weights[1] || weights[0] > weights[2])
    #expect((Double(weights[0]) / Double(weights[1]) - 3).magnitude < 1e-9)
    #expect(RewardWeight.whole([3, 1.4]) == [3, 1])
  }

  /// A ranking is of its epoch, whatever epochs before it were ranked.
  @Test func `an epoch without emission leaves later scores as they were`() throws {
    func tokens(_ days: Int, _ amendments: String) throws -> [Int64] {
      let state = try finished(
        """
        {horizonDays: \(days), seed: 5,
         hardware: {classes: {a: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
         operators: {types: {one: {hardware: "a", candidates: 6, activeAtStart: 6, sellShare: 0}}},
         demand: {classes: {jobs: {hardware: ["a"], arrivalsPerHour: 3,
           sizeHours: {rule: "fixed", value: 1}}}},
         token: {circulating: 10000, emission: {rule: "fixed", tokensPerEpoch: 60},
           rewards: {rank: 1}},
         ranking: {noise: 0.3}, market: {rule: "exogenous", openingPriceUSD: 1},
         amendments: {\(amendments)}}
        """
      ).state
      return (0..<6).map { state.ledger.balance(.token, of: state.account(of: $0)) }
    }
    func lastDay(_ amendments: String) throws -> [Int64] {
      zip(try tokens(9, amendments), try tokens(8, amendments)).map { $0 - $1 }
    }
    let pause =
      "stop: {on: 3, set: {'token.emission': 'none'}}, "
      + "go: {on: 5, set: {'token.emission': {rule: 'fixed', tokensPerEpoch: 60}}}"
    let shares = try lastDay("")
    #expect(try lastDay(pause) == shares && Set(shares).count > 1)
  }

  @Test(arguments: [
    "rewards: {power: 1}", "rewards: {capacity: 1}", "rewards: {idle: 1}",
    "rewards: {online: 1}",
  ]) func `an empty network attracts by whatever it would pay the first one`(rewards: String) throws
  {
    #expect(
      try entries(
        "token: {circulating: 8e5, emission: {rule: 'fixed', tokensPerEpoch: 2000}, "
          + "\(rewards)}, payment: {provider: 1}") == 40)
  }

  @Test func `an empty network does not attract types that it would not pay`() throws {
    func entries(_ type: String) throws -> Double {
      try self.entries(
        "token: {circulating: 8e5, emission: {rule: 'fixed', tokensPerEpoch: 2000}, "
          + "rewards: {online: 1, operatorTypes: ['\(type)']}}, payment: {provider: 1}",
        types: "other: {hardware: 'gpu', candidates: 1, activeAtStart: 0, decisions: 'none'}")
    }
    #expect(try entries("host") == 40)
    #expect(try entries("other") == 0)
  }

  @Test func `an empty network attracts by what it promises, and not by work there is none of`()
    throws
  {
    let promise = "demandDriven: {targetUSDPerHour: {gpu: 5}, rewardVaultSeed: 1e6}"
    let token = "token: {circulating: 8e5, treasury: 1e6}"
    #expect(try entries("\(token), payment: {provider: 1, \(promise)}") == 40)
    #expect(
      try entries(
        "token: {circulating: 8e5, emission: {rule: 'fixed', tokensPerEpoch: 2000}, "
          + "rewards: {work: 1}}, payment: {provider: 1}") == 0)
  }

  private func entries(_ token: String, types: String = "") throws -> Double {
    try finished(
      """
      {start: "2025-01-01", horizonDays: 60, seed: 1,
       hardware: {classes: {gpu: {priceUSD: 1800, busyWatts: 600, idleWatts: 60,
         priceUSDPerGPUHour: 0.4}}},
       operators: {types: {host: {hardware: "gpu", candidates: 40, activeAtStart: 0, ownedShare: 1,
         decisions: {everyDays: 2, firstLookDays: {rule: "uniform", lower: 0, upper: 5},
           leadDays: {rule: "fixed", value: 1}}}, \(types)}},
       demand: {classes: {}}, market: {rule: "exogenous", openingPriceUSD: 1}, \(token)}
      """
    ).measured("entries")
  }

  @Test func `a fee on what is bonded is a cost of those who pay it`() throws {
    func run(_ fee: String) throws -> NetworkRun {
      try CheckedNetwork.scenario(
        """
        token: {circulating: 800000, emission: {rule: "fixed", tokensPerEpoch: 200},
          rewards: {online: 1}}, market: {rule: "exogenous", openingPriceUSD: 1},
        staking: {collateral: {tokensPerNode: 10, \(fee)}}
        """
      ).finished()
    }
    let (free, paying) = try (
      run(""), run("dailyFee: {shareOfCirculating: 1, mostOfReward: 0.5}")
    )
    let burned = try paying.measured("burned_tokens")
    #expect(burned > 100)
    let cost = try paying.measured("provider_cost_usd") - free.measured("provider_cost_usd")
    #expect((cost / burned - 1).magnitude < 1e-6)
    #expect(paying.state.supply.expectedPay[0] < free.state.supply.expectedPay[0] - 1)
  }

  @Test func `months paid in full begin with the promise`() throws {
    let run = try CheckedNetwork.scenario(
      days: 40,
      """
      token: {circulating: 1000, treasury: 1e6}, market: {rule: "exogenous", openingPriceUSD: 1},
      amendments: {promise: {on: 20, set: {"payment.demandDriven":
        {targetUSDPerHour: {gpu: 0.1}, rewardVaultSeed: 1e6}}}}
      """
    ).finished()
    #expect((try run.measured("months_paid_in_full") * 30.4375 - 20).magnitude <= 1)
  }

  @Test func `subnets issue nothing while an oracle halts payments`() throws {
    func minted(by day: Double) throws -> [Int64] {
      var run = try CheckedNetwork.scenario(
        """
        token: {circulating: 1e6, rewards: {subnets: 1},
          emission: {rule: "fixed", tokensPerEpoch: 100}},
        market: {rule: "exogenous", openingPriceUSD: 1},
        subnets: {networks: {a: {miners: ["host"], tokensInPool: 1000, alphaInPool: 1000}}},
        oracle: {rule: "spot", onOutage: "halt"},
        shocks: {out: {target: "oracleOutage", on: 5.5, lastingDays: 10}}
        """
      ).run()
      try run.run(until: .days(day))
      #expect(run.state.failure == nil)
      return run.state.ledger.minted
    }
    let (before, within, after) = try (minted(by: 5.6), minted(by: 15), minted(by: 19))
    #expect(before.count == 3 && before.suffix(2).allSatisfy { $0 > 0 })
    #expect(within == before)
    #expect(zip(after, before).suffix(2).allSatisfy { $0 > $1 })
  }

  @Test(arguments: [1.0, 24, 168])
  func `the treasury sells what it may of a month, whatever the epoch`(hours: Double) throws {
    let run = try CheckedNetwork.scenario(
      days: 61, payment: "provider: 1",
      """
      epochHours: \(hours), token: {circulating: 800000, treasury: 20000},
      market: {rule: "exogenous", openingPriceUSD: 1},
      treasury: {sale: {keepUSD: 1e6, mostTokensPerMonth: 3000}}
      """
    ).finished()
    let sold = 20_000 - Double(run.state.ledger.balance(.token, of: .treasury)) / 1e6
    // Two months, but for the last market step; what is offered is what was wanted.
    #expect(sold > 5000 && sold <= 6013)
    #expect(try run.measured("treasury_sales_usd") >= sold - 1e-6)
  }

  @Test(arguments: [0, 1e-7, 0.01], [0, 6, 9])
  func `liquidity that nearly all leaves leaves the price`(factor: Double, decimals: Int) throws {
    var run = try CheckedNetwork.scenario(
      payment: "provider: 1",
      """
      token: {circulating: 800000, decimals: \(decimals)},
      market: {rule: "pool", openingPriceUSD: 0.01, poolShareOfCap: 0.5},
      shocks: {dry: {target: "liquidity", on: 5, factor: \(factor), lastingDays: 5}}
      """
    ).finished()
    let prices = try run.takeSeries().column("token_price_usd")
    #expect(prices.dropFirst().allSatisfy { ($0 / 0.01 - 1).magnitude < 2e-3 })
  }

  @Test func `sales of tokens that go round wait for the market without end`() throws {
    let run = try finished(
      """
      {horizonDays: 233, token: {circulating: 1e12},
       market: {rule: "imbalance", openingPriceUSD: 1e-6, kappa: 0.6, marketEveryHours: 8760},
       subnets: {networks: {n: {tokensInPool: 1000, alphaInPool: 2e6, revenueUSDPerDay: 1e6}}}}
      """)
    #expect(run.state.failure == nil && run.state.settlements == 233)
    // No more than there are of it, however often they went round.
    #expect(run.state.token.holdersToSell <= 1_000_000_000_000_000_000)
  }

  /// Traders take a token to be worth its opening price, whatever share of the supply is bonded.
  @Test func `bonded tokens do not move the price on day 1`() throws {
    var run = try CheckedNetwork.scenario(
      "token: {circulating: 1e6, staking: {openingShare: 0.4}}, "
        + "market: {rule: 'anchored', openingPriceUSD: 1}"
    ).finished()
    let prices = try run.takeSeries().column("token_price_usd")
    #expect((prices[1] - 1).magnitude < 0.02)
  }
}
