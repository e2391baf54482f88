import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct SubnetTests {
  @Test func `the first settlement, by hand`() throws {
    let run = try SubnetNetwork.scenario().finished()
    let state = run.state
    // 100 tokens join 100 alpha at a price of 1. The subnet issues 100: 41 to miners, 41 to stakers,
    // 18 to the owner. Miners sell half, so does the owner: 29.5 into 1,100 and 1,100.
    let out = 1_100_000_000 * 29_500_000 / Int64(1_129_500_000)
    let each = out * 10_250_000 / 29_500_000
    let owner = out * 9_000_000 / 29_500_000
    let hosts = (0..<2).map { state.account(of: $0) }
    #expect(hosts.map { state.alpha(0, of: $0) } == [10.25, 10.25])
    #expect(state.alpha(0, of: .subnetStakers) == 41)
    #expect(state.alpha(0, of: .subnetOwners) == 9)
    #expect(state.subnets.rows[0].pool.alpha == 1_129_500_000)
    #expect(state.subnets.rows[0].pool.tokens == 1_100_000_000 - 2 * each - owner)
    // What they got for alpha is on the venue's counter by the end of the day.
    #expect(hosts.map { state.ledger.balance(.token, of: $0) } == [0, 0])
    #expect(try run.measured("alpha_sold_tokens") == Double(2 * each + owner) / 1e6)
    #expect(try run.measured("minted_tokens") == 100)
    #expect(try run.measured("subnet_injected_tokens") == 100)
    // Miners' pay is alpha at the pool's price before it is sold.
    let rows = run.breakdown().filter { $0.dimension == "subnet" && $0.key == "a" }
    #expect(rows.first { $0.measure == "miners_pay_usd" }?.value == 41)
    #expect(rows.first { $0.measure == "alpha_issued" }?.value == 200)
  }

  @Test func `what the root may not inject buys alpha, which the protocol keeps`() throws {
    let run = try SubnetNetwork.scenario("rootStake: 1000", limit: "rootShare").finished()
    // Root proportion 180 / (180 + 1,000) of 100 alpha.
    let joined = 100 * 180.0 / 1180
    #expect((try run.measured("subnet_injected_tokens") - joined).magnitude < 1e-5)
    #expect((try run.measured("subnet_bought_tokens") - (100 - joined)).magnitude < 1e-5)
    #expect(run.state.alpha(0, of: .treasury) > 70)
    // Its part of what stakers get is not issued while prices together are at most 1.
    #expect((run.state.alpha(0, of: .subnetStakers) - 41 * (1 - 180.0 / 1180)).magnitude < 1e-5)
    #expect(try run.measured("root_stake_tokens") == 1000)
  }

  @Test func `the root sells its part while prices together are above 1`() throws {
    let networks = ["a", "b"].map {
      "\($0): {tokensInPool: 9000, alphaInPool: 10000, ageDays: 900, ownerSellShare: 0}"
    }
    let run = try SubnetNetwork.scenario(
      networks: networks.joined(separator: ","), "rootStake: 1000", emission: 0
    ).finished()
    // 82 alpha to stakers where nobody mines, of which the root has 180 / 10,180 of the 41.
    let root = 2 * 41 * 180.0 / 10180
    let stake = try run.measured("root_stake_tokens")
    #expect(stake > 1000 + 0.89 * root)
    #expect(stake < 1000 + 0.9 * root)
  }

  @Test func `weighted pools take what is above the limit without moving their price`() throws {
    let networks = SubnetNetwork.plain.replacing("}", with: ", pool: 'weighted'}")
    let run = try SubnetNetwork.scenario(
      networks: "a: \(networks)", "rootStake: 1000, excess: 'joins'", limit: "rootShare"
    ).finished()
    #expect(try run.measured("subnet_bought_tokens") == 0)
    #expect(run.state.subnets.rows[0].pool.weight < 0.5)
  }

  @Test(arguments: ["fixed", "root", "price", "flow"])
  func `emission is shared out by the rule`(rule: String) throws {
    let run = try SubnetNetwork.scenario(
      days: 30,
      networks: """
        a: {tokensInPool: 1000, alphaInPool: 1000, share: 0.25, weight: 1, ageDays: 900},
        b: {tokensInPool: 1000, alphaInPool: 4000, share: 0.75, weight: 3, ageDays: 900,
          inflowTokensPerDay: 40}
        """, "sharing: '\(rule)'"
    ).finished()
    let rows = run.state.subnets.rows
    let share = rows[0].emission / (rows[0].emission + rows[1].emission)
    switch rule {
    case "fixed", "root": #expect((share - 0.25).magnitude < 1e-9)
    // Averages move by 1e-6 a block: prices of day 0, 1 and 1/4.
    case "price": #expect((share - 0.8).magnitude < 0.01)
    // Nothing but sales flows in the first; the first settlement knows no flow and shares equally.
    default: #expect((share - 0.5 / 30).magnitude < 1e-9)
    }
    #expect(try run.measured("subnets_open") == 2)
    #expect((rows[0].emission + rows[1].emission - 3000).magnitude < 1e-6)
  }

  /// Bittensor's Taoflow weighs a block with 0.000003209: a half-life of 216,000 blocks, 30 days.
  @Test func `a day of inflow counts in its average as 7,200 blocks of Taoflow do`() throws {
    let run = try SubnetNetwork.scenario(
      days: 2,
      networks: "a: {tokensInPool: 1000, alphaInPool: 1000, ownerSellShare: 0, "
        + "inflowTokensPerDay: 40}", "sharing: 'flow'"
    ).finished()
    // The first settlement has seen no inflow, the second that of a day.
    let weight = -Elementary.expm1(7_200 * Elementary.log1p(-0.000_003_209))
    #expect(abs(run.state.subnets.rows[0].flow / (40 * weight) - 1) < 2e-4)
  }

  @Test func `who comes pays for a place, and its alpha is burned`() throws {
    let decisions =
      "decisions: {everyDays: 1, firstLookDays: {rule: 'fixed', value: 2}, "
      + "leadDays: {rule: 'fixed', value: 1}, actOnLossShare: 0}"
    func run(_ price: Double) throws -> NetworkRun {
      try SubnetNetwork.scenario(
        days: 10,
        """
        registration: {openingTokens: \(price), lowestTokens: \(price), highestTokens: \(price)}
        """, one: decisions
      ).finished()
    }
    let cheap = try run(2)
    #expect(try cheap.measured("entries") == 4)
    // Four nodes at 2 tokens, which buy alpha near a price of 1.
    #expect(try cheap.measured("alpha_burn_tokens") == 8)
    #expect(cheap.state.subnets.rows[0].burned > 6_000_000)
    // A place that costs what years bring keeps everybody away.
    #expect(try run(1e6).measured("entries") == 0)
  }

  @Test func `a subnet that is not funded yet still issues its own token`() throws {
    let run = try SubnetNetwork.scenario(
      days: 4,
      networks: """
        a: {tokensInPool: 1000, alphaInPool: 1000},
        b: {tokensInPool: 1000, alphaInPool: 1000, funded: false}
        """, others: "amendments: {on: {on: 2.5, set: {'subnets.networks.b.funded': true}}},"
    ).finished()
    // Two settlements without it, then two by average prices, which differ by what bought in one.
    let rows = run.state.subnets.rows
    #expect(rows[0].emission > 300 && rows[1].emission > 50)
    #expect(rows[1].emission < 110)
    #expect(rows[1].issued > 400_000_000)
  }

  @Test func `users of a subnet buy its token and burn it`() throws {
    let run = try SubnetNetwork.scenario(
      days: 3, networks: "a: {tokensInPool: 1000, alphaInPool: 1000, revenueUSDPerDay: 10}",
      emission: 0
    ).finished()
    // 10 USD a day at a price of 1.
    #expect(try run.measured("alpha_burn_tokens") == 30)
    #expect(run.state.subnets.rows[0].burned > 20_000_000)
  }

  @Test func `a subnet that ends pays its pool out to those who hold its token`() throws {
    let run = try SubnetNetwork.scenario(
      days: 6,
      networks: "a: {miners: ['one'], pay: 'online', tokensInPool: 1000, "
        + "alphaInPool: 1000, endsOn: 3}, b: {tokensInPool: 50, alphaInPool: 50}"
    ).finished()
    let state = run.state
    #expect(try run.measured("subnets_open") == 1)
    let asset = state.subnets.asset(0)
    let accounts = (0..<state.accounts.count).map(Account.init)
    let kept = accounts.filter { $0 != .world && $0 != .burned }
    #expect(kept.allSatisfy { state.ledger.balance(asset, of: $0) == 0 })
    #expect(state.subnets.rootStake > 0)
    // What is issued afterwards goes to the other.
    #expect((state.subnets.rows.reduce(0) { $0 + $1.emission } - 600).magnitude < 1e-6)
    #expect(state.subnets.rows[0].emission < 300)
  }

  @Test func `stakers go where the yield is higher, with what they have`() throws {
    let run = try SubnetNetwork.scenario(
      days: 60,
      networks: """
        a: {tokensInPool: 9000, alphaInPool: 9000, alphaHeld: 9000},
        b: {tokensInPool: 9000, alphaInPool: 9000, alphaHeld: 1000}
        """, "stakers: {response: 0.01}, rootStake: 500, sharing: 'root'", emission: 0
    ).finished()
    let rows = run.state.subnets.rows
    #expect(try run.measured("stakers_moved_tokens") > 500)
    #expect(rows[1].pool.price > 1.1)
    #expect(rows[0].pool.price < 1)
    // All that is in the pools and at the root was there at day 0.
    let tokens = rows.reduce(run.state.subnets.rootStake) { $0 + $1.pool.tokens }
    #expect(tokens <= 18_500_000_000)
  }

  @Test func `rank pays miners by what validators measured`() throws {
    func pay(_ ranking: String) throws -> [Double] {
      let state = try SubnetNetwork.scenario(
        days: 5,
        networks: "a: {miners: ['one', 'two'], pay: 'rank', tokensInPool: 1000, "
          + "alphaInPool: 1000, ranking: {service: 'online', \(ranking)}}"
      ).finished().state
      return (0..<state.operators.count).map { state.operators.spells[$0].income }
    }
    let even = try pay("noise: 0")
    // Four hosts in slots 0, 1, 6 and 7 share alike, each paid for its jobs beside that.
    let cabal = try pay("noise: 0, cabalStake: 0.6, cabalFavours: 'two'")
    #expect(even[0] - cabal[0] > 40)
    #expect(cabal[6] - even[6] > 40)
  }

  @Test func `the price of alpha tends to what is paid for it over what is sold of it`() throws {
    // 40 tokens a day buy, of 400 alpha a day the owner sells its 18 %: T / S = 40 / 72. The pool
    // closes 2 T / y = 5 % of a gap a day.
    func end(alpha: Double) throws -> SubnetPool {
      let run = try SubnetNetwork.scenario(
        days: 250,
        networks: "a: {tokensInPool: 1000, alphaInPool: \(alpha), ownerSellShare: 1}",
        "alphaPerBlock: 4", emission: 40, limit: "rootShare"
      ).finished()
      return run.state.subnets.rows[0].pool
    }
    for pool in [try end(alpha: 4000), try end(alpha: 500)] {
      // What is sold of a day comes after what is bought: it trades between the price at the end and
      // that price times ((y + T) / y)^2, at their geometric mean.
      let traded = pool.price * (1 + 40e6 / Double(pool.tokens))
      #expect((traded / (40.0 / 72) - 1).magnitude < 1e-4, "\(traded)")
    }
  }

  @Test func `a fault in any posting of a settlement of subnets is found`() throws {
    let scenario = try SubnetNetwork.scenario(
      days: 4,
      networks: """
        a: {miners: ['one'], pay: 'rank', tokensInPool: 1000, alphaInPool: 3000, alphaHeld: 500,
          revenueUSDPerDay: 3, endsOn: 2.5},
        b: {tokensInPool: 500, alphaInPool: 100, alphaHeld: 90, inflowTokensPerDay: 5}
        """, "stakers: {response: 1}, rootStake: 5000", limit: "rootShare")
    var run = scenario.run()
    let first = run.state.ledger.postings
    try run.run(until: .days(3))
    let last = run.state.ledger.postings
    #expect(last - first > 60)
    for number in stride(from: first + 1, through: last, by: 17) {
      let fault = Tamper.Fault.allCases[number % 3]
      var faulty = scenario.run(tamper: Tamper(posting: number, fault: fault))
      #expect(throws: InvariantFailure.self, "\(fault) posting \(number)") {
        try faulty.run(until: .days(4))
      }
    }
  }

  @Test func `how emission is shared out may be amended`() throws {
    let run = try SubnetNetwork.scenario(
      days: 10,
      networks: """
        a: {tokensInPool: 1000, alphaInPool: 1000, share: 1, weight: 0},
        b: {tokensInPool: 1000, alphaInPool: 1000, share: 0, weight: 1}
        """, "sharing: 'fixed'",
      others: "amendments: {root: {on: 5.5, set: {'subnets.sharing': 'root'}}},"
    ).finished()
    #expect(run.state.subnets.rows.map(\.emission) == [500, 500])
  }

  @Test func `under every market and payment the books of subnets hold`() throws {
    let decisions =
      "decisions: {everyDays: 2, attritionPerYear: 10, reentry: true, "
      + "firstLookDays: {rule: 'uniform', lower: 0, upper: 9}, "
      + "leadDays: {rule: 'fixed', value: 1}}, operatingUSDPerNodeDay: 3"
    for market in ["pool", "anchored", "exogenous"] {
      let scenario = try SubnetNetwork.scenario(
        days: 40,
        networks: """
          a: {miners: ['one'], pay: 'rank', tokensInPool: 1000, alphaInPool: 3000, alphaHeld: 500,
            minerBurnShare: 0.2, revenueUSDPerDay: 3, endsOn: 30},
          b: {miners: ['two'], pool: 'weighted', tokensInPool: 500, alphaInPool: 100, alphaHeld: 90,
            inflowTokensPerDay: 5}
          """,
        """
        registration: {openingTokens: 1}, stakers: {}, rootStake: 5000, excess: "joins"
        """, one: decisions,
        others: "payment: {provider: 0.7, burn: 0.3},",
        market: "{rule: '\(market)', openingPriceUSD: 2}",
        rewards: "{subnets: 0.8, rank: 0.1, treasury: 0.1}", limit: "rootShare", fee: 0.001)
      let run = try scenario.finished()
      #expect(run.state.settlements == 40)
      #expect(try run.measured("exits") > 0)
      #expect(run.state.subnets.rows[0].pool.tokens > 0)
    }
  }
}

struct SubnetSharingTests {
  private func snapshots(_ subnets: [(average: Double, flow: Double)]) throws -> [SubnetSnapshot] {
    let terms = try read("{tokensInPool: 1, alphaInPool: 1, minerBurnShare: 0.5}") {
      Subnet(name: "a", types: [], reading: &$0)
    }
    return subnets.map { SubnetSnapshot(average: $0.average, flow: $0.flow, terms: terms) }
  }

  @Test func `a share of the miners' part that is burned lowers the weight of a price`() throws {
    #expect(PriceSharing().weights(try snapshots([(0.5, 0), (0.25, 0)])) == [0.25, 0.125])
  }

  @Test func `net flow counts above its floor`() throws {
    let rule = try rule(
      "{rule: 'flow', floorTokensPerDay: 2, exponent: 2}", from: SubnetSharings.all)
    let weights = rule.weights(try snapshots([(1, 5), (1, 2), (1, -9)]))
    #expect((weights[0] - 9).magnitude < 1e-12)
    #expect(weights.dropFirst() == [0, 0])
  }

  @Test func `stakers leave in proportion to what they miss`() {
    let rule = StakerMoves(response: 0.02, most: 0.1)
    let moves = rule.moves(staked: [100, 100, 0], yields: [0.1, 0.3, 0.2], days: 1)
    #expect((moves.leaving[0] - 0.002).magnitude < 1e-15)
    #expect(moves.leaving[1...] == [0, 0])
    #expect(moves.arriving == [0, 1, 0])
    // Never more than the most, and nowhere to go where all yield the same.
    #expect(rule.moves(staked: [1, 1], yields: [0, 90], days: 9).leaving == [0.1, 0])
    #expect(rule.moves(staked: [1, 1], yields: [2, 2], days: 9).leaving == [0, 0])
    #expect(rule.moves(staked: [0, 0], yields: [2, 3], days: 9).arriving == [0, 0])
  }
}

struct SubnetRefusalTests {
  /// What is wrong with `subnets` of a network with types `one` and `two`.
  private func complaint(_ text: String) throws -> [String] {
    try complaints(about: text) { SubnetsSettings(types: ["one", "two"], reading: &$0) }
  }

  private func refusal(_ networks: String, _ settings: String = "") -> String {
    do {
      _ = try SubnetNetwork.scenario(networks: networks, settings)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `shares that do not add to 1 are refused with their sum`() throws {
    #expect(
      try complaint(
        """
        {sharing: "fixed", networks: {
          a: {tokensInPool: 1, alphaInPool: 1, share: 0.5},
          b: {tokensInPool: 1, alphaInPool: 1, share: 0.2}}}
        """) == [
          "expected shares that add to 1, since sharing is fixed, found 0.5 + 0.2 = 0.7"
        ])
    #expect(
      try complaint("{networks: {a: {tokensInPool: 1, alphaInPool: 1}}, parts: {owner: 0.2}}")
        == ["expected shares that add to 1, found 0.41 + 0.41 + 0.2 = 1.02"])
  }

  @Test func `names that nobody has are refused, and types in two subnets`() throws {
    #expect(
      try complaint("{networks: {a: {tokensInPool: 1, alphaInPool: 1, miners: ['three']}}}")
        == ["expected types of operators.types, found \"three\""])
    #expect(
      try complaint(
        """
        {networks: {a: {tokensInPool: 1, alphaInPool: 1, miners: ["one"]},
          b: {tokensInPool: 1, alphaInPool: 1, miners: ["two", "one"]}}}
        """) == ["expected each type of operator in one subnet, found one in a and in b"])
  }

  @Test func `pools need reserves, and alpha stays below its cap`() throws {
    #expect(
      try complaint("{networks: {a: {tokensInPool: 0, alphaInPool: 1}}}")
        == ["expected a pool with reserves on both sides, found 0"])
    #expect(
      try complaint(
        "{alphaCap: 100, networks: {a: {tokensInPool: 1, alphaInPool: 90, alphaHeld: 20}}}")
        == ["expected at least what a has at day 0: 90 + 20 = 110, found 100"])
    #expect(try complaint("{}") == ["expected at least one subnet, found none"])
    #expect(
      try complaint("{excess: 'joins', networks: {a: {tokensInPool: 1, alphaInPool: 1}}}")
        == ["expected a weighted pool for it to join, found \"joins\""])
  }

  @Test func `what pools take at day 0 must be there, and be whole units`() {
    let tooMuch = refusal("a: {tokensInPool: 900000, alphaInPool: 1}", "rootStake: 200000")
    #expect(
      tooMuch.contains(
        """
        error: subnets: expected pools and root within what holders have at day 0, \
        1000000 x (1 - 0), found 200000 + 900000 = 1100000
        """))
    let dust = refusal("a: {tokensInPool: 1e-9, alphaInPool: 1}")
    #expect(dust.contains("expected a pool of a with a base unit on either side at least"))
    let huge = refusal(
      SubnetNetwork.plain.isEmpty ? "" : "a: \(SubnetNetwork.plain)",
      "alphaCap: 1e12, ")
    #expect(huge == "" || huge.contains("below 2^62"))
  }

  @Test func `emission for subnets needs subnets`() {
    #expect(throws: (any Error).self) {
      try QuietNetwork.scenario(["token.rewards={subnets: 1}"])
    }
  }
}
