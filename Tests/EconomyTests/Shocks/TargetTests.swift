import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Shocks of which a network must have something to strike.
struct TargetTests {
  private func run(_ shocks: String, _ more: [String] = []) throws -> NetworkRun {
    try SmallNetwork.scenario(["shocks={\(shocks)}"] + more).run()
  }

  private func unvested(_ state: NetworkState) -> Int64 {
    state.ledger.balance(.token, of: state.accounts.unvested(0))
  }

  @Test func `an unlock frees a share of what is still locked, and the rest comes when due`() throws
  {
    var run = try run("early: {target: 'unlock', on: 2, share: 0.25, vestingClass: 'team'}")
    try run.run(until: .days(1.5))
    #expect(unvested(run.state) == 999_999_999)
    try run.run(until: .days(2.5))
    // Rounded down; then a tenth of all at the cliff on day 6, and 22.5 % every five days.
    #expect(unvested(run.state) == 750_000_000)
    try run.run(until: .days(6.5))
    #expect(unvested(run.state) == 750_000_000 - 99_999_999)
    try run.run(until: .days(40))
    #expect(unvested(run.state) == 0)
  }

  /// Half of what becomes free is sold over thirty days; the class sells all of the rest at once.
  @Test func `insiders who leave sell what they kept and what they were selling`() throws {
    var run = try run("go: {target: 'insiderExit', on: 27.5, share: 1}")
    try run.run(until: .days(27.25))
    let kept = run.state.token.kept[0]
    let selling = run.state.token.instalments.reduce(0) { $0 + $1.left }
    // All parts are free on day 26: half is kept, each part rounded up.
    #expect(kept > 499_999_999 && kept <= 500_000_003 && selling > 0)
    try run.run(until: .days(27.75))
    #expect(run.state.token.holdersToSell == kept + selling)
    #expect(run.state.token.kept == [0])
    try run.run(until: .days(28))
    #expect(run.state.token.holdersToSell == 0)
  }

  private static let regions = [
    "regions={north: {electricityUSDPerKWh: {rule: 'fixed', value: 0.1}, roundTripMs: {south: 50}}, "
      + "south: {electricityUSDPerKWh: {rule: 'fixed', value: 0.1}}}",
    "operators.types.home.regions={north: 0.5, south: 0.5}",
    "operators.types.home.candidates=40", "operators.types.home.activeAtStart=20",
    "operators.types.site.regions={south: 1}",
  ]

  /// Active operators of each region.
  private func active(_ state: NetworkState) -> [Int] {
    (0..<2).map { region in
      (0..<state.operators.count).filter {
        state.operators.state[$0] == .active && Int(state.operators.region[$0]) == region
      }.count
    }
  }

  @Test func `where providers are banned they leave at once, and come when it is over`() throws {
    var run = try run(
      "ban: {target: 'closedToProviders', on: 3.5, lastingDays: 20, share: 1, region: 'north'}",
      Self.regions + ["operators.types.home.decisions.actOnLossShare=0"])
    try run.run(until: .days(3.25))
    #expect(active(run.state).allSatisfy { $0 > 3 })
    try run.run(until: .days(3.75))
    #expect(active(run.state)[0] == 0 && active(run.state)[1] > 3)
    // Who was on the way leaves with a look, at most five days later.
    try run.run(until: .days(23.25))
    #expect(active(run.state)[0] == 0)
    try run.run(until: .days(40))
    #expect(run.state.closures.providers.isEmpty)
    #expect(run.state.failure == nil)
  }

  @Test func `a ban can strike some of the operators of a region`() throws {
    var run = try run(
      "ban: {target: 'closedToProviders', on: 3.5, share: 0.5, region: 'north'}", Self.regions)
    try run.run(until: .days(3.25))
    let before = active(run.state)
    try run.run(until: .days(3.75))
    let after = active(run.state)
    #expect(after[0] < before[0] && after[0] > 0 && after[1] == before[1])
  }

  @Test func `users who may not come are left out of what arrives`() throws {
    func arrived(_ shocks: String, users: String) throws -> Double {
      try SmallNetwork.scenario(
        [
          "shocks={\(shocks)}", "demand.classes.render.regions=\(users)",
          "demand.classes.train.regions=\(users)",
        ] + Self.regions
      ).finished().measured("jobs_arrived")
    }
    let ban = "ban: {target: 'closedToUsers', on: 0, share: 1, region: 'north'}"
    let half = "ban: {target: 'closedToUsers', on: 0, share: 0.5, region: 'north'}"
    let (north, south) = ("{north: 1}", "{south: 1}")
    let free = try arrived("", users: north)
    #expect(try arrived(ban, users: south) == arrived("", users: south))
    #expect(try arrived(ban, users: north) == 0)
    let some = try arrived(half, users: north)
    // Users who stay away leave more room to the others.
    #expect(some < 0.8 * free && some > 0.3 * free)
  }

  @Test func `a rival that pays more is worth more to a machine`() throws {
    var run = try run(
      "rival: {target: 'rivalPay', on: 2, lastingDays: 3, factor: 3}",
      ["operators.types.home.alternative={rule: 'network', netUSDPerNodeDay: 2}"])
    let pays = try [1.5, 2.5, 5.5].map { day in
      try run.run(until: .days(day))
      return run.state.alternativePay(of: 0, at: .days(day))
    }
    #expect(pays == [2, 6, 2])
  }

  @Test func `intensity scales how long the oracle is out`() throws {
    func shock(_ intensity: Double) throws -> Shock {
      try read("{target: 'oracleOutage', on: 3, lastingDays: 4, intensity: \(intensity)}") {
        Shock(name: "test", reading: &$0)
      }
    }
    #expect(try shock(0.5).lasting == 2 && shock(1).lasting == 4 && shock(2).lasting == 8)
    #expect(try shock(0).share == 0)
  }

  @Test(arguments: [
    (
      "{target: 'closedToUsers', on: 3, share: 1}",
      "expected a region that is closed, found none"
    ),
    (
      "{target: 'unlock', on: 3, share: 1, vestingClass: 'teem'}",
      "expected the name of a vesting class, found \"teem\""
    ),
    (
      "{target: 'oracleOutage', on: 3}", "expected lastingDays of an outage, found none"
    ),
    ("{target: 'unlock', on: 3, factor: 0.5}", "expected a number from 0 to 1, found nothing"),
  ])
  func `a shock that does not say what it strikes is refused`(text: String, message: String) throws
  {
    let found = try complaints(about: text) {
      Shock(name: "test", regions: ["us"], vesting: ["team"], reading: &$0)
    }
    #expect(found.contains(message), "\(found)")
  }
}
