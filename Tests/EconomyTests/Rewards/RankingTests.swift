import Testing

@testable import Economy
@testable import Scenarios

struct RankingTests {
  /// Twelve hosts online all day, two types of six; emission of 60 tokens a day by rank.
  private func state(
    _ ranking: String, days: Double = 10, amend: String = "", rewards: String = "{rank: 1}"
  ) throws -> NetworkState {
    try finished(ranking, days: days, amend: amend, rewards: rewards).state
  }

  private func finished(
    _ ranking: String, days: Double = 10, amend: String = "", rewards: String = "{rank: 1}"
  ) throws -> NetworkRun {
    try Scenario(
      text: """
        {horizonDays: \(days), seed: 5,
         hardware: {classes: {
           a: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1},
           b: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
         operators: {types: {
           one: {hardware: "a", candidates: 6, activeAtStart: 6, sellShare: 0},
           two: {hardware: "b", candidates: 6, activeAtStart: 6, sellShare: 0}}},
         demand: {classes: {jobs: {hardware: ["a", "b"], arrivalsPerHour: 3,
           sizeHours: {rule: "fixed", value: 1}}}},
         token: {circulating: 10000, emission: {rule: "fixed", tokensPerEpoch: 60},
           rewards: \(rewards)},
         ranking: \(ranking), market: {rule: "exogenous", openingPriceUSD: 1}, \(amend)}
        """
    ).finished()
  }

  private func tokens(_ state: NetworkState) -> [Double] {
    (0..<state.operators.count).map {
      Double(state.ledger.balance(.token, of: state.account(of: $0))) / 1e6
    }
  }

  @Test func `rewards by rank know no limits, so that none may be asked for`() {
    for limit in ["capPerNode: 1", "probationDays: 2", "immediateShare: 0.5, vestingDays: 9"] {
      #expect {
        try state("{noise: 0}", rewards: "{rank: 1, \(limit)}")
      } throws: {
        "\($0)".contains("expected rank without caps, probation, uptime, types and vesting")
      }
    }
  }

  @Test func `validators who see alike pay service as it is`() throws {
    let ranked = tokens(try state("{noise: 0}"))
    let paid = tokens(try state("{}", rewards: "{work: 1}"))
    #expect((ranked.reduce(0, +) - 600).magnitude < 1e-9)
    // Shares are rounded to 10^-12 before they are shared out.
    #expect(zip(ranked, paid).allSatisfy { ($0 - $1).magnitude < 1e-4 })
    let online = tokens(try state("{noise: 0, service: 'online'}"))
    #expect(online.allSatisfy { ($0 - 50).magnitude < 1e-4 })
  }

  /// Bonds of version 3 belong to pairs, those of version 2 are shares of a column.
  @Test func `shares of validators in dividends are told, and differ between the rules`() throws {
    func dividends(_ consensus: String) throws -> [Double] {
      let run = try finished(
        """
        {consensus: '\(consensus)', noise: 0.4, validators: 3, cabalStake: 0.4, cabalFavours: "one"}
        """)
      let rows = run.breakdown().filter { $0.measure == "dividend_share" }
      #expect(rows.map(\.key) == ["1", "2", "3", "cabal"])
      return rows.map(\.value)
    }
    let (second, third) = try (dividends("yuma2"), dividends("yuma3"))
    for shares in [second, third] {
      #expect((shares.reduce(0, +) - 1).magnitude < 1e-9)
      #expect(shares.allSatisfy { $0 > 0 })
    }
    #expect(zip(second, third).contains { ($0 - $1).magnitude > 1e-3 })
  }

  @Test func `a cabal of less than half the stake is cut back, a larger one takes all`() throws {
    func share(_ cabal: Double) throws -> Double {
      let tokens = tokens(
        try state(
          """
          {noise: 0, service: "online", validators: 3, cabalStake: \(cabal), cabalFavours: "one"}
          """))
      return tokens.prefix(6).reduce(0, +) / 600
    }
    // The cabal says 1/6 of each friend, the honest 1/12 of everybody, which caps it. Of the others
    // only the honest stake counts: (1/2) / (1/2 + 0.7 / 2).
    #expect((try share(0.3) - 0.5 / 0.85).magnitude < 1e-6)
    #expect((try share(0.6) - 1).magnitude < 1e-6)
  }

  @Test func `more validators see better`() throws {
    // All have the same service: what is not a twelfth is noise. The median of n views has a
    // deviation of some 1.25 / √n of one view.
    func spread(_ validators: Int) throws -> Double {
      let tokens = tokens(
        try state(
          "{noise: 0.5, service: 'online', stakeTail: 0, validators: \(validators)}", days: 20))
      let mean = tokens.reduce(0, +) / 12
      return tokens.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    #expect(try spread(1) > 4 * spread(64))
    #expect(try spread(64) > 0)
  }

  @Test func `who validates may be amended`() throws {
    let state = try state(
      "{noise: 0.1}", amend: "amendments: {more: {on: 5, set: {'ranking.validators': 4}}}")
    #expect(state.ranks.bonds.count == 4 * 12)
    #expect((tokens(state).reduce(0, +) - 600).magnitude < 1e-9)
  }

  @Test func `what makes no sense is refused`() throws {
    func complaint(_ text: String) throws -> [String] {
      try complaints(about: text) { Ranking(types: ["one", "two"], reading: &$0) }
    }
    #expect(
      try complaint("{cabalStake: 0.2}")
        == ["expected cabalFavours beside it, found 0.2"])
    #expect(
      try complaint("{cabalFavours: 'three'}")
        == ["expected a type of operators.types, found \"three\""])
    #expect(
      try complaint("{consensus: 'yuma2', liquidAlpha: {}}")
        == ["expected consensus yuma3, whose bonds belong to pairs, found yuma2"])
  }
}
