import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func jobs(_ keys: String) -> String {
  "jobs: {arrivalsPerHour: 2, sizeHours: {rule: 'exponential', mean: 3}, hardware: ['gpu'], \(keys)}"
}

struct ServiceTermsTests {
  @Test func `a promise is missed above its time`() throws {
    let terms = try read("{waitingHours: 1, completionHours: 5}") { ServiceTerms(reading: &$0) }
    #expect(!terms.isMissed(waited: 1, completed: 5))
    #expect(terms.isMissed(waited: 1.1, completed: 2))
    #expect(terms.isMissed(waited: 0, completed: 5.1))
  }

  @Test func `terms that promise nothing are refused`() throws {
    let said = try complaints(about: "{creditShare: 0.5}") { ServiceTerms(reading: &$0) }
    #expect(
      said == [
        "expected a promise: waitingHours, completionHours or uptime, found none"
      ])
  }

  @Test func `credits out of escrow are what operators do not get`() throws {
    // No job has its result at once, so that all of them are credited.
    let run = try PlainNetwork.scenario(
      classes: jobs("sla: {completionHours: 0, creditShare: 0.25}")
    ).finished()
    let plain = try PlainNetwork.scenario(classes: jobs("")).finished()
    let gross = plain.moved(.jobPayment)
    let count = try run.measured("jobs_completed")
    // Each credit is rounded by at most half a micro-dollar.
    #expect(abs(Double(run.moved(.slaCredit)) - 0.25 * Double(gross)) <= count / 2)
    #expect(abs(Double(run.moved(.jobPayment)) - 0.75 * Double(gross)) <= count / 2)
    // Those of jobs that finished after the last settlement are paid already.
    #expect(microdollars(try run.measured("sla_credits_usd")) == run.moved(.slaCredit))
    let cost = run.measured("useful_gpu_hour_cost_usd", of: "jobs")
    #expect(abs(cost - 0.75 * plain.measured("useful_gpu_hour_cost_usd", of: "jobs")) < 1e-4)
  }

  @Test func `the treasury pays as far as it has dollars`() throws {
    func run(protocolShare: Double) throws -> NetworkRun {
      try PlainNetwork.scenario(
        classes: jobs("sla: {completionHours: 0, creditShare: 0.25, paidBy: 'treasury'}"),
        others: "payment: {provider: \(1 - protocolShare), protocol: \(protocolShare)}"
      ).finished()
    }
    let rich = try run(protocolShare: 0.5)
    let (gross, credits) = (rich.moved(.jobPayment), rich.moved(.slaCredit))
    #expect(abs(Double(credits) / Double(gross) - 0.25) < 1e-6)
    #expect(rich.state.users[0].creditsDue == 0)
    let poor = try run(protocolShare: 0.1)
    #expect(abs(Double(poor.moved(.slaCredit)) / Double(gross) - 0.1) < 1e-6)
    #expect(poor.state.ledger.balance(.dollars, of: .treasury) == 0)
    #expect(poor.state.users[0].creditsDue > 0)
  }

  /// Jobs of 5 h whose node goes every 9 h on average, which is noticed after an hour: they have a
  /// node for 9 h of 10. Some 290 job-hours lose it 320 times in forty days; √320 losses of an hour in
  /// 3,200 h are 0.006.
  private func credits(_ uptime: Double, _ keys: String = "", others: String = "") throws -> Int64 {
    try PlainNetwork.scenario(
      days: 40, nodes: 20,
      classes: "jobs: {arrivalsPerHour: 0.6, headroom: 1, sizeHours: {rule: 'fixed', value: 5}, "
        + "hardware: ['gpu'], sla: {uptime: \(uptime)}\(keys)}",
      others: "epochHours: 960, payment: {provider: 0.5, protocol: 0.5}, "
        + "loss: {detectionSeconds: 3600}\(others)",
      setting: [
        "operators.types.host.churn={sessionHours: {rule: 'exponential', mean: 9}, "
          + "offlineHours: {rule: 'exponential', mean: 1}}"
      ]
    ).finished().moved(.slaCredit)
  }

  @Test func `uptime is that of the jobs of the class from their first starts on`() throws {
    #expect(try credits(0.876) == 0)
    #expect(try credits(0.924) > 0)
    // Nodes are online as often, and jobs that ask for nothing more than the first copy see more.
    let copies = ", trust: {redundancy: {copies: 3}}"
    #expect(try credits(0.93, others: copies) == 0)
  }

  @Test func `a class whose nodes stay has the uptime that it was promised`() throws {
    let run = try MatchingBench.scenario([
      "operators.types.home.churn={sessionHours: {rule: 'exponential', mean: 5}, "
        + "offlineHours: {rule: 'exponential', mean: 5}}",
      "demand.classes={jobs: {arrivalsPerHour: 1, hardware: ['gpu'], allowedRegions: ['north'], "
        + "sizeHours: {rule: 'exponential', mean: 2}, sla: {uptime: 0.99}}, "
        + "safe: {arrivalsPerHour: 1, hardware: ['big'], sla: {uptime: 1}}}",
      "payment={provider: 0.5, protocol: 0.5}", "loss.detectionSeconds=600",
    ]).finished()
    #expect(run.state.users[0].creditsDue + run.moved(.slaCredit) > 0)
    // Credits are a tenth of what their own class paid: of the other one nothing is due.
    let paid = run.moved(.slaCredit)
    #expect(microdollars(run.state.whole.classes[0].treasuryCost) == paid)
    #expect(run.state.whole.classes[1].treasuryCost == 0 && run.state.users[1].creditsDue == 0)
  }

  @Test func `levels behind the uptime are those of jobs that run and jobs that lost their node`()
    throws
  {
    var run = OpenRun(
      try SmallNetwork.scenario([
        "demand.classes.render.sla={uptime: 0.999}", "loss.detectionSeconds=7200",
        "trust={audits: {share: 0.3}}", "operators.types.home.cheats={rule: 'slips'}",
        "demand.classes.train.contract='spot'",
      ]))
    var faults = 0
    run.run { state, _ in
      for kind in state.users.indices {
        var (up, down) = (0, 0)
        let unused = Set(state.jobs.unusedSlots)
        for job in 0..<state.jobs.slots where !unused.contains(job) {
          let row = state.jobs[job]
          guard Int(row.kind) == kind else { continue }
          if row.node >= 0 { up += 1 } else if row.attempts > 0 { down += 1 }
        }
        let uptime = state.contracts.uptimes[kind]
        if uptime.up.level != up || uptime.down.level != down { faults += 1 }
      }
    }
    #expect(faults == 0 && run.state.whole.restarts > 10)
  }
}

struct SubsidyTests {
  @Test func `the treasury pays part of the price back, as far as it can`() throws {
    func run(_ protocolShare: Double) throws -> NetworkRun {
      try PlainNetwork.scenario(
        classes: jobs("subsidy: {share: 0.3}"),
        others: "payment: {provider: \(1 - protocolShare), protocol: \(protocolShare)}"
      ).finished()
    }
    let none = try run(0)
    #expect(none.moved(.subsidy) == 0)
    #expect(try none.measured("organic_demand_share") == 0)
    let some = try run(0.5)
    let paid = some.moved(.subsidy)
    #expect(microdollars(try some.measured("subsidies_usd")) == paid && paid > 0)
    // The first day's jobs find an empty treasury, which is a thirtieth of them.
    #expect(abs(Double(paid) / Double(some.moved(.jobPayment)) - 0.3) < 0.03)
    #expect(
      some.measured("useful_gpu_hour_cost_usd", of: "jobs")
        < 0.75 * none.measured("useful_gpu_hour_cost_usd", of: "jobs"))
  }

  @Test func `a tag can be written, or follows from what the class has`() throws {
    func tag(_ keys: String) throws -> DemandTag {
      try PlainNetwork.scenario(classes: jobs(keys)).variants[0].stages[0].settings.demand
        .classes[0].tag
    }
    #expect(try tag("") == .organic)
    #expect(try tag("subsidy: {share: 0.3}") == .subsidised)
    #expect(try tag("selfDealing: {}") == .wash)
    #expect(try tag("selfDealing: {}, tag: 'organic'") == .organic)
    #expect(try tag("tag: 'wash'") == .wash)
  }
}

struct SelfDealingTests {
  @Test func `the rate rises from the least gain to the full one`() throws {
    let rule = try read("{leastGain: 0.1, fullGain: 0.3}") { SelfDealing(reading: &$0) }
    #expect(
      [-1, 0.1, 0.2, 0.3, 5].map(rule.share).map { ($0 * 1e9).rounded() / 1e9 } == [
        0, 0, 0.5, 1, 1,
      ])
    let said = try complaints(about: "{leastGain: 0.3, fullGain: 0.2}") {
      SelfDealing(reading: &$0)
    }
    #expect(said == ["expected a gain above leastGain (0.3), found 0.2"])
  }

  private func run(tokens: Double, provider: Double = 0.9) throws -> NetworkRun {
    try PlainNetwork.scenario(
      days: 60,
      classes: jobs("") + ", wash: {arrivalsPerHour: 4, hardware: ['gpu'], selfDealing: {}}",
      others: """
        token: {circulating: 1e6, rewards: {work: 1},
          emission: {rule: "fixed", tokensPerEpoch: \(tokens)}},
        market: {rule: "exogenous", openingPriceUSD: 1},
        payment: {provider: \(provider), protocol: \(1 - provider)}
        """
    ).finished()
  }

  @Test func `operators buy their own work while the reward is higher than what it costs`() throws {
    // Jobs bring 72 USD a day: 0.9 and 3.6/72 of a dollar come back of each.
    let poor = try run(tokens: 3.6)
    #expect(try poor.measured("organic_demand_share") == 1)
    #expect(try poor.measured("wash_spend_usd") == 0)
    #expect(abs(try poor.measured("wash_gain_usd_per_usd") + 0.05) < 0.03)
    let rich = try run(tokens: 36)
    #expect(try rich.measured("organic_demand_share") < 0.8)
    // The reward on a dollar is diluted by the wash itself, down to a gain that is still worth it.
    let gain = try rich.measured("wash_gain_usd_per_usd")
    #expect(gain > 0 && gain < 0.3)
  }

  @Test func `what it costs is charged to operators`() throws {
    let rich = try run(tokens: 36)
    let washed = try rich.measured("wash_spend_usd")
    #expect(washed > 100)
    let charged = Double(rich.moved(.selfDealing)) / 1e6
    #expect(charged <= washed + 1e-3 && charged > 0.5 * washed)
    #expect(try rich.measured("provider_cost_usd") >= washed - 1e-3)
    var ledger = rich.state.ledger
    #expect(ledger.discrepancy() == nil)
  }
}
