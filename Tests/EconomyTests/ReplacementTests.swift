import Configuration
import Kernel
import TestSupport
import Testing

@testable import Economy
@testable import Scenarios

/// Rules that an amendment replaces under way leave their balances where the rule says.
struct ReplacementTests {
  /// The state just before an amendment on day 6 and at its instant, before anything else of that day
  /// but shocks, and the run at the end of day 12, whose books were checked each day.
  private func replaced(
    _ change: String, setting settings: [String] = [], until end: Int = 12
  ) throws -> (before: NetworkState, after: NetworkState, end: NetworkRun) {
    let scenario = try SmallNetwork.scenario(
      ["amendments={vote: {on: 6.5, set: {\(change)}}}", "horizonDays=\(end)"] + settings)
    var run = scenario.run()
    try run.run(until: .days(6.5 - 1e-9))
    let before = run.state
    try run.run(until: .days(6.5))
    let after = run.state
    try run.run(until: .days(Double(end)))
    #expect(run.state.failure == nil)
    return (before, after, run)
  }

  private func price(_ state: NetworkState) throws -> Double {
    let market = try #require(state.settings.token?.market)
    return try #require(state.venue).price(state.marketRule(market), state.ledger)
  }

  /// Every rule of the market, and who trades under it alone.
  private static let markets: [(rule: String, traders: [Account])] = [
    ("pool", [.pool, .speculators]), ("anchored", [.pool, .traders]),
    ("squareRoot", []), ("exogenous", [.exchange]), ("networkValue", [.exchange]),
    ("imbalance", []),
  ]

  @Test(arguments: markets.map(\.rule), markets.map(\.rule))
  func `a market that is replaced keeps its price, and its traders go`(
    from old: String, to new: String
  ) throws {
    func rule(_ name: String) -> String {
      "{rule: '\(name)', openingPriceUSD: 2, noise: 'none'\(name == "imbalance" ? ", kappa: 0.1" : "")}"
    }
    let (before, after, _) = try replaced("market: \(rule(new))", setting: ["market=\(rule(old))"])
    // What is given from outside is what it says.
    let expected = new == "exogenous" ? 2 : try price(before)
    #expect(try abs(price(after) / expected - 1) < 1e-6)
    let traders = Self.markets.first { $0.rule == old }?.traders ?? []
    let staying = Self.markets.first { $0.rule == new }?.traders ?? []
    for account in traders where !staying.contains(account) {
      #expect(after.ledger.balance(.token, of: account) == 0)
      #expect(after.ledger.balance(.dollars, of: account) == 0)
    }
    for account in staying where !traders.contains(account) {
      #expect(after.ledger.balance(.dollars, of: account) > 0)
    }
    #expect(after.circulatingTokens == before.circulatingTokens)
  }

  @Test func `a pool that is to be twice as deep has twice the reserves at the same price`() throws
  {
    let (before, after, _) = try replaced(
      "'market.poolShareOfCap': 0.1, 'market.fee': 0.01, 'market.traderDollarsShareOfCap': 0.1",
      setting: ["market.poolShareOfCap=0.05"])
    for asset in [Asset.dollars, .token] {
      let reserves = [before, after].map { Double($0.ledger.balance(asset, of: .pool)) }
      #expect(abs(reserves[1] / reserves[0] - 2) < 1e-6)
    }
    #expect(try abs(price(after) / price(before) - 1) < 1e-6)
    let purses = [before, after].map { $0.ledger.balance(.dollars, of: .traders) }
    #expect(abs(purses[1] - purses[0] / 2) <= 1)
    #expect(
      after.ledger.balance(.token, of: .traders) == before.ledger.balance(.token, of: .traders))
  }

  /// A pool that shrinks gives to its providers.
  @Test func `a pool that is to be half as deep gives half to its providers`() throws {
    let (before, after, _) = try replaced(
      "'market.poolShareOfCap': 0.025", setting: ["market.poolShareOfCap=0.05"])
    let given =
      after.ledger.balance(.token, of: .liquidity) - before.ledger.balance(.token, of: .liquidity)
    #expect(abs(given - before.ledger.balance(.token, of: .pool) / 2) <= 1)
  }

  @Test func `traders who come later value what the network has earned since`() throws {
    let later = "market: {rule: 'anchored', openingPriceUSD: 2, valueWindowDays: 5, noise: 'none'}"
    let (_, after, _) = try replaced(
      later,
      setting: [
        "market={rule: 'exogenous', openingPriceUSD: 2}", "payment.burn=0.4", "payment.protocol=0",
      ])
    let market = try #require(after.settings.token?.market)
    let anchor = try #require(market.anchor)
    let yearly = try #require(after.venue).window.yearly(anchor)
    // All dollars of five days bought the token.
    let spent = after.whole.userSpend + after.interval.userSpend
    #expect(yearly > 0 && yearly < 2 * spent / 6 * 365)
    let opening = 2 * 100_000 / anchor.years
    #expect(abs(yearly / opening - 1) > 0.01, "what the opening price says is forgotten")
  }

  @Test func `a stream comes with a pool out of the treasury, and goes`() throws {
    let stream =
      "{poolTokens: 300, poolFrom: 'treasury', rewards: {online: 1}, "
      + "emission: {rule: 'fixed', tokensPerEpoch: 20}}"
    let (before, after, end) = try replaced("'token.streams': {late: \(stream)}")
    #expect(
      before.ledger.balance(.token, of: .treasury) - after.ledger.balance(.token, of: .treasury)
        == 300_000_000)
    #expect(after.ledger.balance(.token, of: .rewardPools) == 300_000_000)
    #expect(end.state.ledger.balance(.token, of: .rewardPools) == 180_000_000)
    let (had, gone, _) = try replaced(
      "'token.streams': 'none'", setting: ["token.streams={early: \(stream)}"])
    #expect(had.ledger.balance(.token, of: .rewardPools) == 180_000_000)
    #expect(gone.ledger.balance(.token, of: .rewardPools) == 0)
    #expect(
      gone.ledger.balance(.token, of: .treasury) - had.ledger.balance(.token, of: .treasury)
        == 180_000_000)
  }

  @Test func `a stream may have any name`() throws {
    let stream = "{rewards: {online: 1}, emission: {rule: 'fixed', tokensPerEpoch: 7}}"
    let (_, _, end) = try replaced(
      "'token.streams.other': \(stream)",
      setting: ["token.streams={emission: \(stream)}", "token.emission=none"])
    #expect(end.state.emission.streams.map(\.paid) == [0, 84_000_000, 42_000_000])
  }

  @Test func `a pool that grows is minted, one that shrinks gives to the treasury`() throws {
    let streams = "token.streams={a: {poolTokens: 300, rewards: {online: 1}}}"
    let (before, after, _) = try replaced("'token.streams.a.poolTokens': 400", setting: [streams])
    #expect(
      after.ledger.minted[Asset.token.column] - before.ledger.minted[Asset.token.column]
        == 100_000_000)
    #expect(after.emission.streams[1].pool == 400_000_000)
    let (_, less, _) = try replaced("'token.streams.a.poolTokens': 50", setting: [streams])
    #expect(less.emission.streams[1].pool == 50_000_000)
    #expect(less.ledger.balance(.token, of: .rewardPools) == 50_000_000)
  }

  /// 1,000 tokens, of which 100 are free on day 4; 600 are to be free on day 8 and the rest on day 10
  /// in place of all on day 20: of the 900 then locked two thirds, rounded down, and one third.
  @Test func `what is locked becomes free by the new table`() throws {
    let table = "{tokens: 1000, unlocks: [{on: 4, share: 0.1}, {on: 20, share: 0.9}]}"
    let other =
      "{tokens: 1000, unlocks: [{on: 2, share: 0.4}, {on: 8, share: 0.4}, {on: 10, share: 0.2}]}"
    let scenario = try SmallNetwork.scenario([
      "token.vesting={team: \(table)}", "horizonDays=12",
      "amendments={vote: {on: 6, set: {'token.vesting.team': \(other)}}}",
    ])
    var run = scenario.run()
    var locked: [Int64] = []
    for day in [5.0, 7, 9, 11] {
      try run.run(until: .days(day))
      locked.append(run.state.ledger.balance(.token, of: run.state.accounts.unvested(0)))
    }
    #expect(locked == [900_000_000, 900_000_000, 300_000_001, 0])
    #expect(run.state.failure == nil)
  }

  @Test func `a class of unvested tokens comes out of the treasury, and goes there`() throws {
    let late = "'token.vesting.fund': {tokens: 700, cliff: 9}"
    let (before, after, end) = try replaced(late)
    #expect(
      before.ledger.balance(.token, of: .treasury) - after.ledger.balance(.token, of: .treasury)
        == 700_000_000)
    #expect(after.ledger.balance(.token, of: after.accounts.unvested(1)) == 700_000_000)
    #expect(end.state.ledger.balance(.token, of: after.accounts.unvested(1)) == 0)
    let (had, gone, _) = try replaced("'token.vesting': 'none'")
    let locked = had.ledger.balance(.token, of: had.accounts.unvested(0))
    #expect(locked > 0)
    #expect(
      gone.ledger.balance(.token, of: .treasury) - had.ledger.balance(.token, of: .treasury)
        == locked)
  }

  @Test func `a table whose days are past frees everything at once`() throws {
    let (_, after, _) = try replaced(
      "'token.vesting.team': {tokens: 999.999999, unlocks: [{on: 2, share: 1}]}")
    #expect(after.ledger.balance(.token, of: after.accounts.unvested(0)) == 0)
  }

  @Test func `wallets come empty and are sold when they go`() throws {
    let tokens = ["payment.burn=0.4", "payment.protocol=0"]
    let (_, _, came) = try replaced("'payment.wallet': {}", setting: tokens)
    #expect(came.state.ledger.balance(.token, of: .users) > 0)
    let (before, after, end) = try replaced(
      "'payment.wallet': 'none'", setting: tokens + ["payment.wallet={}"])
    #expect(before.ledger.balance(.token, of: .users) > 0)
    #expect(after.ledger.balance(.token, of: .users) == 0)
    #expect(
      after.ledger.balance(.dollars, of: .users) > before.ledger.balance(.dollars, of: .users))
    #expect(end.state.ledger.balance(.token, of: .users) == 0)
  }

  private static let purchase = ["payment.burnAt=purchase", "payment.providerPaidIn=dollars"]
  private static let remint = [
    "payment={provider: 0.9, protocol: 0.1, remint: {seedTokens: 900}, credits: {lotUSD: 50}}"
  ]

  @Test func `credits that are no longer sold are used up`() throws {
    let (before, _, end) = try replaced(
      "'payment.burnAt': 'settlement'", setting: Self.purchase, until: 40)
    let asset = try #require(before.creditsAsset)
    #expect(before.freeCredits(asset) > 0)
    #expect(end.state.vaults.creditsMade == before.vaults.creditsMade)
    #expect(end.state.freeCredits(asset) < before.freeCredits(asset) / 2)
    let (_, after, later) = try replaced(
      "'payment.burnAt': 'purchase', 'payment.providerPaidIn': 'dollars'")
    #expect(after.vaults.creditsMade == 0 && later.state.vaults.creditsUsed > 0)
  }

  @Test func `credits that were burned for get what waits for operators as a vault`() throws {
    let (before, after, _) = try replaced(
      "payment: {rule: 'none', provider: 0.9, protocol: 0.1, remint: {seedTokens: 900}}"
        .replacing("rule: 'none', ", with: ""), setting: Self.purchase)
    #expect(before.vaults.providerDollars > 0 && after.vaults.providerDollars == 0)
    let asset = try #require(after.creditsAsset)
    #expect(after.vaults.book.supply == after.freeCredits(asset))
    #expect(after.vaults.book.tokens == after.ledger.balance(.token, of: .remintVault))
    #expect(after.vaults.book.tokens > 0)
  }

  @Test func `credits of a vault get dollars for operators out of it`() throws {
    let (before, after, end) = try replaced(
      "payment: {provider: 0.6, protocol: 0.1, burn: 0.3, burnAt: 'purchase'}",
      setting: Self.remint)
    let asset = try #require(after.creditsAsset)
    #expect(before.vaults.book.tokens > 0 && after.vaults.book.tokens == 0)
    // Operators get six tenths of what the credits are worth, at the price of one large sale.
    let due = 0.6 * Double(after.freeCredits(asset))
    #expect(Double(after.vaults.providerDollars) > 0.7 * due)
    #expect(Double(after.vaults.providerDollars) < 1.3 * due)
    #expect(end.state.vaults.creditsUsed > 0)
  }

  @Test(arguments: [
    ("usdPerNode: 50", "tokensPerNode: 25", Asset.token),
    ("tokensPerNode: 25", "usdPerNode: 50", .dollars),
  ]) func `collateral of another asset is exchanged`(
    old: String, new: String, asset: Asset
  ) throws {
    let (before, after, end) = try replaced(
      "'staking.collateral': {\(new)}",
      setting: ["staking.collateral={\(old)}", "market.noise=none"])
    #expect(before.trust.staked.reduce(0, +) > 0)
    #expect(after.trust.stakeAsset == asset && after.trust.staked.allSatisfy { $0 == 0 })
    let other = asset == .token ? Asset.dollars : .token
    #expect(after.ledger.balance(other, of: .stakers) == 0)
    let state = end.state
    #expect(state.ledger.balance(asset, of: .stakers) == state.trust.staked.reduce(0, +))
    #expect(state.trust.staked.reduce(0, +) > 0)
    let short = (0..<state.operators.count).filter {
      state.operators.state[$0] == .active && state.isShortOfStake($0)
    }
    #expect(short.isEmpty)
  }

  @Test func `epochs are of another length after the one under way`() throws {
    let (_, after, end) = try replaced("epochHours: 6")
    #expect(after.settings.epoch == .hours(24))
    #expect(end.state.settings.epoch == .hours(6))
    // Seven of a day, then four a day for five days.
    #expect(end.state.settlements == 7 + 20)
    let (_, _, long) = try replaced("epochHours: 48", until: 13)
    #expect(long.state.settlements == 7 + 3)
    let years = try [end, long].map { run in
      let state = run.state
      return try #require(state.venue).window.yearly(
        try #require(state.settings.token?.market.anchor))
    }
    #expect(abs(years[0] / years[1] - 1) < 0.1)
  }

  private static let subnets = [
    "token.rewards={subnets: 1}",
    "subnets={networks: {a: {miners: ['home'], tokensInPool: 900, alphaInPool: 900, alphaHeld: 50}}}",
  ]

  @Test func `a subnet comes with tokens of holders, another is dissolved`() throws {
    let late = "{miners: ['site'], tokensInPool: 500, alphaInPool: 250, alphaHeld: 10}"
    let (before, after, end) = try replaced(
      "'subnets.networks.b': \(late)", setting: Self.subnets)
    #expect(before.subnets.rows.map(\.isOpen) == [true, false])
    #expect(after.subnets.rows.map(\.isOpen) == [true, true])
    #expect(after.subnets.rows[1].pool.price == 2)
    #expect(
      before.ledger.balance(.token, of: .holders) - after.ledger.balance(.token, of: .holders)
        == 500_000_000)
    #expect(end.state.subnets.rows[1].minersPay > 0)
    let (_, swapped, _) = try replaced(
      "subnets: {networks: {b: \(late)}}", setting: Self.subnets)
    #expect(swapped.subnets.rows.map(\.isOpen) == [false, true])
    #expect(swapped.ledger.balance(swapped.subnets.asset(0), of: .subnetPools) == 0)
  }

  @Test func `subnets can come to a network that had none, and go`() throws {
    let (_, came, end) = try replaced(
      "'token.rewards': {subnets: 1}, subnets: {rootStake: 300, networks: {a: {miners: ['home'], tokensInPool: 900, alphaInPool: 900}}}"
    )
    #expect(came.ledger.balance(.token, of: .subnetStakers) == 300_000_000)
    #expect(end.state.subnets.rows[0].minersPay > 0)
    let (_, gone, _) = try replaced(
      "'token.rewards': {online: 1}, subnets: 'none'", setting: Self.subnets)
    #expect(gone.subnets.rows.map(\.isOpen) == [false])
    #expect(gone.ledger.balance(.token, of: .subnetPools) == 0)
    #expect(gone.ledger.balance(.token, of: .subnetStakers) == 0)
  }

  @Test func `a subnet gets other miners and another law of its pool`() throws {
    let (before, after, end) = try replaced(
      "'subnets.networks.a.miners': ['site'], 'subnets.networks.a.pool': 'weighted'",
      setting: Self.subnets + ["operators.types.home.sellShare=0"])
    let asset = after.subnets.asset(0)
    let held = before.subnets.rows[0].miners.reduce(0) {
      $0 + before.ledger.balance(asset, of: before.account(of: $1))
    }
    #expect(held > 0)
    #expect(
      after.ledger.balance(asset, of: .subnetStakers)
        - before.ledger.balance(asset, of: .subnetStakers) == held)
    #expect(after.subnets.rows[0].pool.isWeighted)
    let site = try #require(end.state.subnets.rows[0].miners.first)
    #expect(end.state.ledger.balance(asset, of: end.state.account(of: site)) >= 0)
    #expect(end.state.settings.operators.types[Int(end.state.operators.type[site])].name == "site")
  }

  @Test func `a treasury that comes raises its dollars`() throws {
    let (before, after, _) = try replaced("treasury: {openingUSD: 400}")
    #expect(
      after.ledger.balance(.dollars, of: .treasury) - before.ledger.balance(.dollars, of: .treasury)
        == 400_000_000)
  }

  /// Capacity was counted up to one baseline; another begins at the ages that it says.
  @Test func `another baseline begins anew`() throws {
    let rule = "{rule: 'capacityCapped', simpleTokens: 9000, cappedTokens: 9000, baselineAtAge0: 1}"
    let (before, _, end) = try replaced(
      "'token.emission.baselineAtAge0': 2",
      setting: ["token.emission=\(rule)", "token.rewards={online: 1}", "token.cap=none"])
    #expect(before.emission.streams[0].epoch == 6)
    #expect(end.state.emission.streams[0].epoch == 6)
  }

  @Test func `who begins with what a rule no longer asks for is told`() throws {
    let scenario = try SmallNetwork.scenario([
      "amendments={vote: {on: 6, set: {'market.openingPriceUSD': 5}}}"
    ])
    #expect(
      scenario.warnings.map(\.message) == [
        "expected a value that the rule still asks for, found market.openingPriceUSD, which "
          + "counts only when its rule comes into force"
      ])
  }

  /// Half becomes free on day 6 by either table, and the amendment of that day is about sales alone.
  @Test func `an amendment on the day of an unlock leaves it`() throws {
    let scenario = try SmallNetwork.scenario([
      "token.vesting={team: {tokens: 800, unlocks: [{on: 6, share: 0.5}, {on: 9, share: 0.5}]}}",
      "horizonDays=12", "amendments={vote: {on: 6, set: {'token.vesting.team.saleShare': 1}}}",
    ])
    var run = scenario.run()
    var locked: [Int64] = []
    for day in [5.5, 6.5, 9.5] {
      try run.run(until: .days(day))
      locked.append(run.state.ledger.balance(.token, of: run.state.accounts.unvested(0)))
    }
    #expect(locked == [800_000_000, 400_000_000, 0])
  }

  @Test func `the epoch under way brings what it would have brought`() throws {
    let daily = ["token.emission={rule: 'fixed', tokensPerEpoch: 24}", "token.rewards={online: 1}"]
    let (_, _, end) = try replaced(
      "epochHours: 48, 'token.emission.tokensPerEpoch': 48", setting: daily, until: 13)
    #expect(end.state.ledger.minted[Asset.token.column] == 24_000_000 * 13)
    let scenario = try SmallNetwork.scenario(
      daily + [
        "horizonDays=13",
        "amendments={vote: {on: 6.5, set: {epochHours: 48, 'token.emission.tokensPerEpoch': 48}}}",
      ])
    let supply = EconomySettings.scheduledSupply(
      of: scenario.variants[0].stages.map { ($0.day, $0.settings) }, horizonDays: 13)
    #expect(try abs(#require(supply?.streams.first).tokens - 24 * 13) < 1e-6)
  }

  @Test func `collateral that comes is brought where it pays, or the nodes stand still`() throws {
    let pay = [
      "operators.types.home.churn=none", "operators.types.home.decisions.attritionPerYear=0",
    ]
    func suspended(_ bond: String) throws -> (brought: Bool, short: Int) {
      let (before, _, end) = try replaced("'staking.collateral': {\(bond)}", setting: pay)
      let state = end.state
      let short = (0..<state.operators.count).filter {
        before.operators.state[$0] == .active && state.operators.state[$0] == .active
          && state.isShortOfStake($0)
      }
      return (state.trust.staked.contains { $0 > 0 }, short.count)
    }
    #expect(try suspended("usdPerNode: 3") == (true, 0))
    #expect(try suspended("tokensPerNode: 2") == (true, 0))
    #expect(try suspended("usdPerNode: 1e6").short > 0)
  }

  /// Operators are suspended at a settlement for collateral that they lack, while jobs are saved: what
  /// they are owed for the saved part is paid at the next one.
  @Test func `who is suspended is paid for what was saved of its job`() throws {
    let (_, _, end) = try replaced(
      "'staking.collateral': {tokensPerNode: 5000}", setting: ["loss.restart=checkpoint"])
    #expect(end.state.trust.isSuspended.contains(true))
    #expect(end.state.whole.restarts > 0)
  }

  @Test func `a vault of credits that is closed keeps what it has until they are used`() throws {
    let (before, after, end) = try replaced(
      "'payment.remint': 'none'", setting: Self.remint, until: 10)
    let asset = try #require(before.creditsAsset)
    #expect(end.state.freeCredits(asset) > after.freeCredits(asset) / 100)
    #expect(end.state.vaults.book.tokens > 0)
    let given = end.state.ledger.balance(.token, of: .treasury)
    #expect(given - after.ledger.balance(.token, of: .treasury) < before.vaults.book.tokens / 20)
  }

  @Test func `what the treasury has not got is told`() throws {
    let (_, after, end) = try replaced("'token.vesting.fund': {tokens: 20000, cliff: 9}")
    #expect(after.ledger.balance(.token, of: .treasury) == 0)
    #expect(end.warnings.contains { $0.contains("tokens more than the treasury had") })
  }

  @Test func `a price that is given is what it says, whatever luck there was`() throws {
    let (_, after, _) = try replaced(
      "market: {rule: 'exogenous', openingPriceUSD: 1}",
      setting: ["market={rule: 'networkValue', openingPriceUSD: 2, noise: 'gbm'}"])
    #expect(try price(after) == 1)
  }
}
