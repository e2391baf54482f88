import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Limits, terms and locks of rewards.
struct RewardTermsTests {
  private func run(
    _ rewards: String, days: Double = 1, tokens: Double = 12, others: String = "",
    types: String = "", price: Double = 1
  ) throws -> NetworkRun {
    try RewardNetwork.run(
      days: days,
      token: "emission: {rule: 'fixed', tokensPerEpoch: \(tokens)}, rewards: {\(rewards)}",
      others: others, types: types, price: price)
  }

  @Test func `caps cut what an operator or a node gets, and the rest is not issued`() throws {
    // 4 and 8 of 12 tokens, for one node and two.
    let each = try run("registered: 1, capPerOperator: 5")
    #expect(each.rewardBalances == [4_000_000, 5_000_000, 0])
    #expect(try each.measured("minted_tokens") == 9)
    #expect(try each.measured("unissued_tokens") == 3)
    let node = try run("registered: 1, capPerNode: 3, aboveCap: 'treasury'")
    #expect(node.rewardBalances == [3_000_000, 6_000_000, 3_000_000])
    #expect(try node.measured("minted_tokens") == 12)
  }

  @Test func `a stream can be for one type of operator`() throws {
    let run = try run("registered: 1, operatorTypes: ['two']")
    #expect(run.rewardBalances == [0, 12_000_000, 0])
    #expect(
      RewardNetwork.refusal(
        token: "emission: {rule: 'fixed'}, rewards: {work: 1, operatorTypes: ['tow']}"
      ).contains(
        "expected names of operators.types in operatorTypes of emission, found \"tow\""))
  }

  @Test func `an epoch in which nobody of the type is there issues nothing`() throws {
    let run = try run(
      "registered: 1, operatorTypes: ['three']",
      types: "three: {hardware: 'b', candidates: 1, activeAtStart: 0, decisions: 'none'}")
    #expect(run.rewardBalances == [0, 0, 0])
    #expect(try run.measured("unissued_tokens") == 12)
  }

  @Test func `a cap counts all parts of a stream, epoch by epoch`() throws {
    let run = try run("registered: 0.5, online: 0.5, capPerOperator: 5", days: 2)
    #expect(run.rewardBalances == [8_000_000, 10_000_000, 0])
  }

  @Test func `a cap by spending holds rewards to a multiple of what was paid`() throws {
    let run = try run("registered: 1, capOfSpend: 0.5", tokens: 1000, price: 0.25)
    let spent = try run.measured("user_spend_usd")
    #expect(spent > 1)
    #expect(abs(try run.measured("minted_tokens") - 0.5 * spent / 0.25) < 1e-5)
  }

  /// Two worked cases of HIP-149's own tests: 70 % of the rewards are those of who served; what is
  /// above the cap goes elsewhere. The others ask what an escrow with less in it pays out, and what a
  /// price of nothing allows: there is no escrow here, and nobody is paid where nothing was.
  @Test(arguments: VectorFile.rows("helium_hip149_overflow").prefix(2))
  func `what is above three times the spending goes to the treasury`(row: VectorFile.Row) throws {
    let terms = "work: 0.7, treasury: 0.3, capOfSpend: 3, aboveCap: 'treasury'"
    let rewards = row.number("rewards_hnt")
    let spent = try run(terms).measured("user_spend_usd")
    let run = try run(terms, tokens: rewards, price: 3 * spent / row.number("cap_hnt"))
    let overflow = run.tokens(of: .treasury) - 0.3 * rewards
    #expect(
      abs(overflow - row.number("expected_overflow_hnt")) <= row.number("tolerance") + 1e-5)
  }

  @Test func `who is online too little gets nothing`() throws {
    let churn = "churn: {sessionHours: {rule: 'fixed', value: 12}, offlineHours: "
    let sleeper =
      "three: {hardware: 'b', candidates: 1, activeAtStart: 1, sellShare: 0, "
      + churn + "{rule: 'fixed', value: 12}}}"
    let free = try run("online: 1", types: sleeper)
    let asked = try run("online: 1, minimumUptimeShare: 0.95", types: sleeper)
    let third = free.state.accounts.operator(2)
    #expect(free.tokens(of: third) > 1)
    #expect(asked.tokens(of: third) == 0)
    // What it would have got goes to the others.
    #expect(asked.rewardBalances == [4_000_000, 8_000_000, 0])
  }

  @Test func `newcomers wait out their probation, those of day 0 do not`() throws {
    let newcomer = """
      three: {hardware: 'b', candidates: 1, activeAtStart: 0, ownedShare: 1, sellShare: 0,
        decisions: {entryMultiple: 0, exitMultiple: 0, actOnLossShare: 0, everyDays: 1,
          firstLookDays: {rule: 'fixed', value: 2}, leadDays: {rule: 'fixed', value: 1}}}
      """
    func paid(_ terms: String) throws -> [Int64] {
      var run = try Scenario(
        text: RewardNetwork.text(
          days: 10,
          token: "emission: {rule: 'fixed', tokensPerEpoch: 12}, rewards: {registered: 1\(terms)}",
          types: newcomer)
      ).run()
      return try (1...10).map { day in
        try run.run(until: .days(Double(day)))
        return run.state.ledger.balance(.token, of: run.state.accounts.operator(2))
      }
    }
    // It comes on day 3; a quarter of each epoch is its.
    #expect(try paid("") == [0, 0, 3, 6, 9, 12, 15, 18, 21, 24].map { $0 * 1_000_000 })
    #expect(
      try paid(", probationDays: 4") == [0, 0, 0, 0, 0, 0, 3, 6, 9, 12].map { $0 * 1_000_000 })
  }

  @Test func `nodes of large wallets count for less`() throws {
    let fleet = """
      three: {hardware: 'b', candidates: 1, activeAtStart: 1, sellShare: 0, largestFleet: 9,
        nodesPerOperator: {rule: "fixed", value: 5}}
      """
    let run = try run("registered: 1, walletPenalty: {}", tokens: 100, types: fleet)
    // Five nodes of one owner, two above the free three.
    let worth = 5 * Elementary.exp(-1.3)
    let due = 100 * worth / (3 + worth)
    #expect(abs(run.tokens(of: run.state.accounts.operator(2)) - due) < 1e-5)
    let online = try self.run("online: 1, walletPenalty: {}", tokens: 100, types: fleet)
    #expect(abs(online.tokens(of: online.state.accounts.operator(2)) - due) < 1e-5)
  }

  @Test func `rewards that vest become free in equal daily parts`() throws {
    let text = RewardNetwork.text(
      days: 8,
      token: """
        emission: {rule: 'table', rows: [{from: 0, tokensPerEpoch: 12},
          {from: 1, tokensPerEpoch: 0}]},
        rewards: {registered: 1, immediateShare: 0.25, vestingDays: 4}
        """)
    var run = try Scenario(text: text).run()
    var free: [Double] = []
    var locked: [Double] = []
    for day in 1...8 {
      try run.run(until: .days(Double(day)))
      free.append(run.tokens(of: run.state.accounts.operator(1)))
      locked.append(run.tokens(of: .rewardLocks))
    }
    #expect(free == [2, 3.5, 5, 6.5, 8, 8, 8, 8])
    #expect(locked == [9, 6.75, 4.5, 2.25, 0, 0, 0, 0])
    #expect(try run.measured("minted_tokens") == 12)
    #expect(try run.measured("released_reward_tokens") == 9)
    #expect(run.state.circulatingTokens == 1012)
  }

  /// Filecoin: 75 % over 180 days. A constant stream settles at 0.75 x 180 / 2 days' worth of locks,
  /// and half a day's step more.
  @Test func `the locks of a steady stream settle where theory says`() throws {
    let run = try run(
      "registered: 1, immediateShare: 0.25, vestingDays: 180", days: 400, tokens: 1200)
    let locked = run.tokens(of: .rewardLocks)
    // Σ of what a grant has left after 0, 1, … 179 days: 0.75 x 1200 x (180 + 1) / 2.
    // What a daily part rounds down to is up to 179 units less, for 180 grants to two operators.
    #expect(abs(locked - 0.75 * 1200 * 181 / 2) < 180 * 2 * 179e-6)
  }

  @Test(arguments: [("burn", 0.5), ("treasury", 1)])
  func `who leaves loses a share of what is locked`(to: String, share: Double) throws {
    let leaver = """
      three: {hardware: 'b', candidates: 1, activeAtStart: 1, sellShare: 0,
        operatingUSDPerNodeDay: 1, decisions: {
          entryMultiple: 100, exitMultiple: 100, actOnLossShare: 1, everyDays: 1}}
      """
    func end(_ terms: String) throws -> NetworkRun {
      try run(
        "registered: 1, immediateShare: 0, vestingDays: 100\(terms)", days: 9,
        others: "flowsEveryDays: 9", types: leaver)
    }
    let kept = try end("")
    let lost = try end(", forfeitOnExit: \(share), forfeitedTo: '\(to)'")
    #expect(try kept.measured("exits") == 1)
    #expect(try kept.measured("forfeited_reward_tokens") == 0)
    let forfeited = try lost.measured("forfeited_reward_tokens")
    #expect(forfeited > 0)
    #expect(try lost.measured("burned_tokens") == (to == "burn" ? forfeited : 0))
    #expect(lost.tokens(of: .treasury) == (to == "burn" ? 0 : forfeited))
  }

  @Test func `a proven fault costs what is locked`() throws {
    let cheat = "cheats: {rule: 'slips', jobsShare: 0.3}"
    let text = RewardNetwork.text(
      days: 10,
      token: """
        emission: {rule: 'fixed', tokensPerEpoch: 12},
        rewards: {registered: 1, immediateShare: 0, vestingDays: 30, forfeitOnFault: 1}
        """, others: "trust: {audits: {share: 1}}"
    ).replacing(
      "activeAtStart: 1, sellShare: 0},", with: "activeAtStart: 1, sellShare: 0, \(cheat)},")
    let run = try Scenario(text: text).finished()
    #expect(try run.measured("faults_caught") > 0)
    #expect(try run.measured("forfeited_reward_tokens") > 0)
    // Operator 1 has no jobs and loses nothing: 8 of 12 tokens each day, less what is free by now.
    let locks = try #require(run.state.emission.streams[0].locks)
    #expect(locks.locked[0] < locks.locked[1] / 4)
  }

  @Test(arguments: [
    (
      "registered: 1, immediateShare: 0.25",
      "expected vestingDays of at least 1 for the 0.75 that is not free at once, found 0"
    ),
    (
      "registered: 0.5, power: 0.4",
      "expected parts that add to 1, found 0 + 0 + 0.5 + 0.4 + 0 = 0.9"
    ),
  ]) func `terms that cannot be are refused`(rewards: String, message: String) {
    let said = RewardNetwork.refusal(token: "rewards: {\(rewards)}")
    #expect(said.contains(message), "\(said)")
  }

  @Test func `a limit of nothing is doubted`() throws {
    let scenario = try Scenario(
      text: RewardNetwork.text(token: "rewards: {work: 1, capPerNode: 0}"))
    #expect(
      scenario.warnings.contains {
        $0.message.contains("expected a limit above 0 on the rewards of emission, found 0")
      })
  }
}
