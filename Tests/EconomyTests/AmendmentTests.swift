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
    ("epochHours: 12", "epochHours"),
    ("'token.decimals': 4", "token.decimals"),
    ("'token.circulating': 5", "token.circulating"),
    ("'token.vesting.team.parts': 2", "token.vesting"),
    ("'market': {rule: 'pool', openingPriceUSD: 2}", "market.rule"),
    ("'market.poolShareOfCap': 0.1", "market"),
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

  @Test func `what is bonded can be more or less, not something else`() {
    let bond = "staking={collateral: {usdPerNode: 5}}"
    let other = refusal("staking: {collateral: {tokensPerNode: 5}}", setting: [bond])
    #expect(
      other.contains(
        "expected an amendment that leaves staking.collateral as it is, found a change of it"))
    let more = refusal("'staking.collateral.usdPerNode': 50", setting: [bond])
    #expect(more.isEmpty)
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
