import Economy
import Scenarios
import TestSupport
import Testing

@testable import Experiments

/// A real network under other luck is no alarm, and under the same luck the same bytes.
struct NoChangeTests {
  /// A reference of the calm loop as if it were of `seed`, made with the luck of another.
  private func reference(
    _ scenario: Scenario, replicates: Int, days: Double, seed: UInt64 = 1, luck: UInt64
  ) async throws -> Reference {
    func plan(_ seed: UInt64) -> Plan {
      Plan(
        scenario,
        options: RunOptions(seed: seed, replicates: replicates, horizonDays: days))
    }
    let lucky = plan(luck)
    let sink = CheckSink([])
    let result = try await Experiment(plan(seed), threads: 2) {
      variant, replicate, horizon, _ in
      lucky.networkRun(variant, replicate: replicate, horizon: horizon)
    }.run(into: sink, watch: Watch())
    return Reference(
      result, digest: sink.digest(of: result.plan), origin: .init(date: "2026-03-01", reason: ""))
  }

  @Test func `the same luck gives the same digest and other luck another`() async throws {
    let scenario = try shippedScenario("Checks/calm")
    let first = try await reference(scenario, replicates: 2, days: 3, luck: 1)
    let again = try await reference(scenario, replicates: 2, days: 3, luck: 1)
    let other = try await reference(scenario, replicates: 2, days: 3, luck: 2)
    #expect(first == again)
    #expect(first.resultDigest != other.resultDigest)
    #expect(ScenarioCheck(now: again, reference: first, assertions: [], seconds: 0).hasPassed)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn), arguments: [true, false])
  func `over 200 pairs of seeds at most one check in twenty of the loop gives an alarm`(
    paired: Bool
  ) async throws {
    let scenario = try shippedScenario("Checks/calm")
    var alarms = 0
    for pair in UInt64(0)..<200 {
      let before = try await reference(
        scenario, replicates: 12, days: 30, luck: 10_000 + 2 * pair)
      let now = try await reference(
        scenario, replicates: 12, days: 30, seed: paired ? 1 : 2, luck: 10_001 + 2 * pair)
      #expect((before.whyUnpaired(with: now) == nil) == paired)
      let check = ScenarioCheck(now: now, reference: before, assertions: [], seconds: 0)
      alarms += check.hasPassed ? 0 : 1
    }
    let interval = ConfidenceInterval.wilson(successes: alarms, of: 200)
    print(
      "the loop, \(paired ? "paired" : "unpaired"): \(alarms) alarms in 200, "
        + "Wilson [\(interval.low), \(interval.high)]")
    #expect(alarms <= 10)
  }
}
