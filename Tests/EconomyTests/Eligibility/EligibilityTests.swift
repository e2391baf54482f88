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

  /// What an amendment says, and how many are verified before it, the day after and at the end.
  struct Change: Sendable {
    let terms: String
    let verified: [Double]
  }

  /// On day 6 the terms change. Until then the eight consumer cards are kept out for their memory.
  @Test(arguments: [
    // No terms any more: they come in at once.
    Change(terms: "{'eligibility': 'none'}", verified: [4, 12, 12]),
    // Terms that they meet: likewise.
    Change(terms: "{'eligibility.minimumVramGB': 20}", verified: [4, 12, 12]),
    // And a queue, two nodes a day: they join it.
    Change(
      terms: "{'eligibility': {approval: {nodesPerDay: 2, delayDays: {rule: 'fixed', value: 0}}}}",
      verified: [4, 5, 12]),
    Change(terms: "{'eligibility.minimumVramGB': 60}", verified: [4, 4, 4]),
  ]) func `who was kept out is looked at again when terms change`(change: Change) throws {
    let state = try finished([
      "eligibility={minimumVramGB: 40}", "amendments={vote: {on: 6, set: \(change.terms)}}",
    ])
    let series = try state.series.column("verified_gpus")
    #expect(series[6] == change.verified[0])
    // Of day 6 to 7: two a day are on average one more over the day, less what is not a whole day.
    #expect(abs(series[7] - change.verified[1]) < 0.51)
    #expect(series[20] == change.verified[2])
    #expect(state.gauges.pendingNodes.level == 12 - Int(change.verified[2]))
  }

  @Test func `who waits for approval that nobody asks for any more comes in`() throws {
    let state = try finished([
      "eligibility={approval: {nodesPerDay: 0.5, approvesOpening: false}}",
      "amendments={vote: {on: 6, set: {'eligibility.approval': 'none'}}}",
    ])
    #expect(try state.series.column("verified_gpus")[7] == 12)
    #expect(state.stale > 0)
    // A queue that stays is not joined twice: one a day, the last after twelve.
    let kept = try finished([
      "eligibility={approval: {nodesPerDay: 1, delayDays: {rule: 'fixed', value: 0}, "
        + "approvesOpening: false}}",
      "amendments={vote: {on: 6, set: {'eligibility.minimumVramGB': 1}}}",
    ])
    #expect(kept.counts[Int(NetworkEvent.Kind.nodeVerified.rawValue)] == 12)
    #expect(try kept.series.column("verified_gpus")[13] == 12)
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
