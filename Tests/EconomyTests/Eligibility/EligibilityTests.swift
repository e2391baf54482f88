import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct EligibilityTests {
  private func finished(_ settings: [String]) throws -> NetworkState {
    var run = OpenRun(try MatchingBench.scenario(settings))
    run.run()
    #expect(run.state.failure == nil)
    return run.state
  }

  @Test func `registered, verified and online are three numbers`() throws {
    let state = try finished([
      "eligibility={minimumVramGB: 40}",
      "operators.types.site.churn={sessionHours: {rule: 'fixed', value: 9}, "
        + "offlineHours: {rule: 'fixed', value: 3}}",
    ])
    func level(_ name: String) throws -> Double {
      try #require(state.series.last).values[
        try #require(Measure.index(of: name))]
    }
    #expect(try level("registered_gpus") == 12)
    #expect(try level("verified_gpus") == 4)
    #expect(abs(try level("online_gpus") - 3) < 1e-9)
    // Only the large ones have worked.
    #expect(
      state.operators.income.prefix(8).allSatisfy { $0 == 0 } && state.operators.income[8] > 0)
  }

  /// Twelve nodes, four a day from day 0, two days for an answer: the first after 2.25 days, then
  /// every six hours, the last after 5.
  @Test func `nodes are looked at in order, so many a day, and answers take their time`() throws {
    let state = try finished([
      "eligibility={approval: {nodesPerDay: 4, delayDays: {rule: 'fixed', value: 2}, "
        + "approvesOpening: false}}"
    ])
    let verified = try state.series.column("verified_gpus")
    let places = [0, 0, 0, 1.5, 5.5, 9.5, 12, 12]
    for (day, value) in places.enumerated() { #expect(abs(verified[day] - value) < 1e-6, "\(day)") }
    #expect(state.counts[Int(NetworkEvent.Kind.nodeVerified.rawValue)] == 12)
  }

  @Test func `nodes of day 0 have been approved before, unless the terms say no`() throws {
    let state = try finished(["eligibility={approval: {}}"])
    #expect(try state.series.column("verified_gpus").allSatisfy { $0 == 12 })
    let plain = try MatchingBench.scenario().finished().state
    #expect(
      state.series.map { $0.values.map(\.bits) } == plain.series.map { $0.values.map(\.bits) })
  }

  @Test func `a line that carries too little shuts an operator out, always the same ones`() throws {
    let settings = [
      "operators.types.home.candidates=1000", "operators.types.home.activeAtStart=1000",
      "operators.types.home.downloadMbps={rule: 'lognormal', median: 300, sigma: 1}",
      "horizonDays=1", "demand.classes.jobs.arrivalsPerHour=0",
    ]
    func verified(_ least: Double) throws -> [Int] {
      let state = try finished(settings + ["eligibility={minimumDownloadMbps: \(least)}"])
      return (0..<1000).filter { state.nodes[$0].state != .pending }
    }
    let half = try verified(300)
    // 1,000 draws at one half deviate by 15.8; four deviations.
    #expect((437...563).contains(half.count))
    #expect(Set(try verified(500)).isSubset(of: half))
    #expect(try verified(0).count == 1000)
  }

  @Test func `who leaves while it waits is not verified, and starts anew when it returns`() throws {
    var run = OpenRun(
      try MatchingBench.scenario([
        "eligibility={approval: {delayDays: {rule: 'fixed', value: 4}, approvesOpening: false}}",
        "operators.frozenDays=0", "horizonDays=60", "hardware.classes.gpu.priceUSDPerGPUHour=5",
        "operators.types.home.decisions={everyDays: 1, attritionPerYear: 10, reentry: true, "
          + "entryMultiple: 0.01, exitMultiple: 0}",
      ]))
    var isRight = true
    run.run { state, _ in
      let counted = state.nodes.count { $0.state == .pending }
      if counted != state.gauges.pendingNodes.level { isRight = false }
    }
    #expect(isRight && run.state.failure == nil)
    #expect(run.state.whole.exits > 3 && run.state.whole.entries > 0 && run.state.stale > 0)
  }
}
