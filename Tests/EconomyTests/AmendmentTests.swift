import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct AmendmentTests {
  private func amended(_ amendments: String, setting settings: [String] = []) throws -> Scenario {
    try SmallNetwork.scenario(["amendments={\(amendments)}", "horizonDays=12"] + settings)
  }

  private func refusal(_ change: String, setting settings: [String] = []) -> String {
    do {
      _ = try amended("vote: {on: 6, set: {\(change)}}", setting: settings)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `emission changes with the first epoch that ends after the day`() throws {
    var run = try amended(
      "cut: {on: 6, set: {'token.emission': {rule: 'fixed', tokensPerEpoch: 10}}}",
      setting: ["token.emission={rule: 'fixed', tokensPerEpoch: 100}", "token.rewards={online: 1}"]
    ).finished()
    let minted = try run.takeSeries().column("minted_tokens").dropFirst()
    // An amendment comes before the settlement of its instant.
    #expect(Array(minted) == Array(repeating: 100, count: 5) + Array(repeating: 10, count: 7))
  }

  /// A rule of another kind begins at its own epoch 0, as one does that follows none.
  @Test(arguments: ["{rule: 'fixed', tokensPerEpoch: 7}", "'none'"])
  func `a schedule begins when it comes into force`(before: String) throws {
    var run = try amended(
      """
      cut: {on: 6, set: {'token.emission': {rule: 'halving', initialTokensPerEpoch: 64,
        halvingEpochs: 1}}}
      """, setting: ["token.emission=\(before)", "token.rewards={online: 1}"]
    ).finished()
    let minted = try run.takeSeries().column("minted_tokens")
    #expect(Array(minted[6...]) == [64, 32, 16, 8, 4, 2, 1])
  }

  @Test func `what stands inside a minimum has no memory of what stood there before`() throws {
    func rule(_ schedule: String) -> String {
      "{rule: 'minimum', tokensPerEpochPerNode: 1e6, schedule: \(schedule)}"
    }
    let tail = "{rule: 'tail', initialTokensPerEpoch: 5, factor: 1, tailTokensPerEpoch: 1}"
    let target = "{rule: 'targetUSD', initialTokens: 500, minimumTokens: 1, maximumTokens: 900}"
    var run = try amended(
      "swap: {on: 6, set: {'token.emission': \(rule(target))}}",
      setting: [
        "token.emission=\(rule(tail))", "token.rewards={online: 1}",
      ]
    ).finished()
    #expect(try run.takeSeries().column("minted_tokens")[6] == 500)
  }

  @Test func `an amendment leaves everything before its day as it was`() throws {
    var plain = try amended("").finished()
    var changed = try amended(
      "vote: {on: 6, set: {'payment.provider': 0, 'payment.burn': 0.9}}"
    ).finished()
    let rows = (plain.takeSeries(), changed.takeSeries())
    func bits(_ rows: ArraySlice<SeriesRow>) -> [[UInt64]] { rows.map { $0.values.map(\.bits) } }
    #expect(bits(rows.0[..<6]) == bits(rows.1[..<6]))
    #expect(bits(rows.0[6...]) != bits(rows.1[6...]))
  }

  @Test(arguments: [
    ("'token.decimals': 4", "token.decimals"),
    ("'token.circulating': 5", "token.circulating"),
    ("'operators.types.home.candidates': 9", "operators.types.home.candidates"),
    ("'operators.repairCrew': 2", "operators.repairCrew"),
    ("'operators.outages': {cut: {scope: 'all', perYear: 1}}", "operators.outages"),
    ("'demand.classes.render.headroom': 3", "demand.classes.render.headroom"),
    ("'shocks.fall.factor': 0.1", "shocks"),
    ("'operators.types.home.spoofedShare': 0.5", "operators.types.home.spoofedShare"),
    ("cut: ['revenueToPrice']", "cut"),
  ]) func `what a run is built on cannot be amended`(change: String, key: String) {
    #expect(
      refusal(change).contains(
        "expected an amendment that leaves \(key) as it is, found a change of it"))
  }

  @Test func `what was observed cannot be amended`() throws {
    let text = """
      {start: "2025-01-01", horizonDays: 12, hardware: {classes: {gpu: {priceUSD: 1,
         busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
       operators: {types: {a: {hardware: "gpu", candidates: 1, activeAtStart: 1}}},
       demand: {classes: {past: {hardware: ["gpu"], trace: {table: {csv: "spend.csv"},
         from: "from", to: "to", spendUSD: {column: "usd"}, usdPerJob: 7}}}},
       amendments: {vote: {on: 2, set: {"demand.classes.past.trace.usdPerJob": 8}}}}
      """
    let error = #expect(throws: ScenarioError.self) {
      _ = try Scenario(
        text: text, tables: ["spend.csv": "from,to,usd\n2025-01-01,2025-01-03,1\n"])
    }
    #expect(
      error?.description.contains(
        "expected an amendment that leaves demand.classes.past.trace as it is") == true)
  }

  @Test(arguments: [
    ("trust: {audits: {share: 1}, redundancy: {copies: 2}}", "audits"),
    ("trust: {redundancy: {copies: 2}}", "redundant_gpu_hours"),
    ("'loss.restart': 'checkpoint'", "checkpoint_gpu_hours"),
    ("staking: {collateral: {usdPerNode: 5}}", "staked_usd"),
  ]) func `trust can come with a vote, and go with another`(
    change: String, measure: String
  ) throws {
    var run = try amended("come: {on: 6, set: {\(change)}}").finished()
    let rows = try run.takeSeries().column(measure).dropFirst()
    let (before, after) = (rows.prefix(5).reduce(0, +), rows.suffix(6).reduce(0, +))
    #expect(before == 0 && after > 0)
    let key = change.split(separator: ":")[0].replacing("'", with: "")
    let back = key == "loss.restart" ? "'loss.restart': 'repeat'" : "\(key): {}"
    var gone = try amended("come: {on: 3, set: {\(change)}}, go: {on: 8, set: {\(back)}}")
      .finished()
    let last = try gone.takeSeries().column(measure).last
    #expect(last == 0)
  }

  @Test func `a token cannot be taken away`() {
    let change = "token: 'none', market: 'none', payment: {provider: 1, protocol: 0, burn: 0, "
    #expect(
      refusal(change + "providerPaidIn: 'dollars'}").contains(
        "expected an amendment that leaves token as it is"))
  }

  @Test(arguments: [
    "'operators.types.home.churn': 'none'", "'operators.types.home.churn.failure': 'none'",
    "'operators.types.home.churn.sessionHours': 'none'",
    "'market.noise': 'none'", "'payment.burn': 0, 'payment.provider': 0.9",
    "'operators.types.home.decisions': 'none'", "'token.emission': 'none'",
    "'loss.detectionSeconds': 0", "cut: ['priceToPay', 'capacityToCost', 'nodesToRevenue']",
  ]) func `subjects can be taken away in the middle of a run`(change: String) throws {
    let run = try amended("vote: {on: 6, set: {\(change)}}").finished()
    #expect(run.state.settlements == 12)
    #expect(try run.measured("jobs_completed") > 0)
  }

  @Test func `nodes stay online once nothing takes them away`() throws {
    let run = try amended(
      "vote: {on: 2, set: {'operators.types.home.churn': 'none', "
        + "'operators.types.home.decisions': 'none'}}"
    ).finished()
    let state = run.state
    let states = state.nodes.indices.filter {
      state.operators.state[Int(state.nodeOwners[$0])] == .active
    }.map { state.nodes[$0].state }
    #expect(!states.isEmpty)
    #expect(states.allSatisfy { $0.isOnline || $0 == .failed })
  }
}

/// Amendments that are known before they take effect, and balances that move with them.
struct PassageTests {
  private func run(_ amendments: String, _ settings: [String] = []) throws -> NetworkRun {
    try SmallNetwork.scenario(
      ["amendments={\(amendments)}", "horizonDays=12", "shocks={}"] + settings
    ).run()
  }

  @Test func `a vote takes effect after its days, and is known from the decision on`() throws {
    let scenario = try SmallNetwork.scenario([
      "amendments={vote: {decidedOn: 3, voteDays: 4, set: {'token.emissionScale': 0.5}}}"
    ])
    let stages = scenario.variants[0].stages
    #expect(stages.map(\.day) == [0, 7])
    #expect(stages[1].settings.passage?.announcedDays == 4)
    var run = scenario.run()
    try run.run(until: .days(2.5))
    #expect(run.state.outlook.stages.isEmpty)
    try run.run(until: .days(3.5))
    #expect(run.state.outlook.stages == [1])
    try run.run(until: .days(7.5))
    #expect(run.state.outlook.stages.isEmpty && run.state.outlook.payRatio == 1)
  }

  /// Without jobs pay is the emission: halved in n days, the mean of the coming ten is
  /// 1 - 0.5 (10 - n) ÷ 10 of what it was.
  @Test func `operators expect the mean pay of the days they plan for`() throws {
    var run = try QuietNetwork.scenario([
      "horizonDays=30", "operators.planDays=10",
      "amendments={cut: {on: 20, announcedDays: 6, set: {'token.emissionScale': 0.5}}}",
    ]).run()
    var found: [Double] = []
    for day in [13.5, 14.5, 17.5, 19.5, 20.5] {
      try run.run(until: .days(day))
      found.append(run.state.anticipation(at: .days(day)))
    }
    let expected = [1, 1 - 0.05 * 4.5, 1 - 0.05 * 7.5, 1 - 0.05 * 9.5, 1]
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-12) }
  }

  /// All of a job's dollars buy the token instead of nine tenths: the value is 10/9 of what it was from
  /// the announcement on, and stays so when it takes effect.
  @Test func `traders value the token as they will under what is announced`() throws {
    func values(_ announced: Double) throws -> [Double] {
      var run = try run(
        "vote: {on: 6.5, announcedDays: \(announced), "
          + "set: {'payment.protocol': 0, 'payment.burn': 0.4}}", ["market.noise=none"])
      return try [3.5, 4.5, 6.75].map { day in
        try run.run(until: .days(day))
        let state = run.state
        guard let market = state.settings.token?.market, let venue = state.venue,
          case .anchored(_, let anchor) = market.rule
        else { return .nan }
        return venue.value(anchor, circulating: 1e5)
      }
    }
    let (known, surprise) = (try values(2.5), try values(0))
    #expect(known[0] == surprise[0])
    // What was paid since differs a little, since the price did: of ninety days one.
    #expect(abs(known[1] / surprise[1] / (10 / 9) - 1) < 0.01)
    #expect(abs(known[2] / surprise[2] / (10 / 9) - 1) < 0.01)
    #expect(abs(known[2] / known[1] - 1) < 0.02)
  }

  @Test func `an announcement far ahead changes nothing before it`() throws {
    func rows(_ days: Double) throws -> [SeriesRow] {
      var run = try run("cut: {on: 9.5, announcedDays: \(days), set: {'token.emissionScale': 0.5}}")
      try run.run(until: .days(12))
      return run.takeSeries()
    }
    let (early, late) = (try rows(4), try rows(1))
    func bits(_ rows: ArraySlice<SeriesRow>) -> [[UInt64]] { rows.map { $0.values.map(\.bits) } }
    #expect(bits(early[..<6]) == bits(late[..<6]))
  }

  @Test func `balances move by a posting that says why`() throws {
    var run = try run(
      "burn: {on: 2.5, moves: [{to: 'burned', share: 0.4}]}, "
        + "drop: {on: 3.5, moves: [{from: 'unvested', vestingClass: 'team', to: 'treasury'}, "
        + "{from: 'treasury', to: 'liquidity', asset: 'dollars', share: 0.5}]}",
      ["token.emission=none", "payment={provider: 1}", "flowsEveryDays=1"])
    try run.run(until: .days(2.25))
    let before = run.state.ledger.balance(.token, of: .treasury)
    try run.run(until: .days(2.75))
    #expect(run.state.ledger.balance(.token, of: .treasury) == before - before / 10 * 4)
    #expect(run.state.token.burnedByVote == before / 10 * 4)
    try run.run(until: .days(3.75))
    #expect(run.state.ledger.balance(.token, of: run.state.accounts.unvested(0)) == 0)
    try run.run(until: .days(12))
    let flows = run.takeFlows().filter { $0.reason == "migration" }
    #expect(flows.map(\.amount).contains("999.999999"))
    #expect(run.state.failure == nil)
  }

  @Test(arguments: [
    ("vote: {set: {'token.emissionScale': 1}}", "expected either on or decidedOn, found neither"),
    (
      "vote: {on: 3, decidedOn: 2, set: {'token.emissionScale': 1}}",
      "expected either on or decidedOn, found both"
    ),
    (
      "vote: {on: 3, moves: [{from: 'burned', to: 'holders'}]}",
      "expected two parties, and tokens that are burned as the last, found from burned to holders"
    ),
    (
      "vote: {on: 3, moves: [{asset: 'dollars', to: 'burned'}]}",
      "expected token, since dollars are neither burned nor unvested, found \"dollars\""
    ),
    (
      "vote: {on: 3, moves: [{from: 'unvested', vestingClass: 'teem', to: 'treasury'}]}",
      "expected the name of a vesting class, found \"teem\""
    ),
    (
      "vote: {decidedOn: -9, set: {'token.emissionScale': 1}}",
      "expected a day after the start"
    ),
  ]) func `a passage that makes no sense is refused`(amendments: String, message: String) {
    let error = #expect(throws: ScenarioError.self) { _ = try run(amendments) }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }
}
