import Experiments
import Kernel
import Scenarios
import TestSupport
import Testing

/// Lines at nodes against the fixed point of Mitzenmacher (1996): with n nodes, n large, the share of
/// lines of at least i jobs is s_i = ρ^((dⁱ − 1)/(d − 1)), hence by Little's law the time in the
/// system is Σ s_i ÷ ρ = Σ ρ^((dⁱ − d)/(d − 1)) mean services.
struct PowerOfChoicesTests {
  /// Mean time in the system [mean services].
  private func time(load: Double, choices: Int) -> Double {
    if choices == 1 { return 1 / (1 - load) }
    var sum = 0.0
    var power = Double(choices)
    while power < 1e6 {
      sum += Elementary.pow(load, (power - Double(choices)) / Double(choices - 1))
      power *= Double(choices)
    }
    return sum
  }

  @Test func `the formula gives the numbers of the literature`() {
    // model-facts §4.6.
    #expect(abs(time(load: 0.9, choices: 1) - 10) < 1e-9)
    #expect(abs(time(load: 0.9, choices: 2) - 2.614) < 0.001)
  }

  /// How close a variant must come to the limit: what its horizon and its number of nodes may miss
  /// of it, and the largest half-width of its interval, both ÷ the limit.
  private struct Bound {
    let variant: String
    let choices: Int
    let bias: Double
    let width: Double
  }

  /// A hundred nodes miss the limit by some hundredth of it, and so does a start without jobs, of a
  /// horizon of 120 mean services.
  @Test func `two and three choices at 0.7 wait as the limit says`() async throws {
    try await compare(
      nodes: 100, load: 0.7, days: 5,
      [
        Bound(variant: "two", choices: 2, bias: 0.03, width: 0.08),
        Bound(variant: "three", choices: 3, bias: 0.03, width: 0.08),
      ])
  }

  /// Without choice the queues are M/M/1, whose memory is 1 ÷ (1 − √ρ)² = 380 mean services: a start
  /// without jobs still shows after 1,440 of them.
  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `two and three choices at 0.9 wait as the limit says, one as M/M/1`() async throws {
    try await compare(
      nodes: 300, load: 0.9, days: 60,
      [
        Bound(variant: "one", choices: 1, bias: 0.15, width: 0.15),
        Bound(variant: "two", choices: 2, bias: 0.02, width: 0.06),
        Bound(variant: "three", choices: 3, bias: 0.02, width: 0.06),
      ])
  }

  private func compare(
    nodes: Int, load: Double, days: Double, _ bounds: [Bound]
  ) async throws {
    let scenario = try shippedScenario(
      "Checks/theory-choices",
      setting: [
        "operators.types.owner.candidates=\(nodes)", "operators.types.owner.activeAtStart=\(nodes)",
        "demand.classes.jobs.arrivalsPerHour=\(Double(nodes) * load)",
      ])
    let run = try await Replicated(scenario, RunOptions(horizonDays: days))
    for bound in bounds {
      let index = try #require(scenario.variants.firstIndex { $0.name == bound.variant })
      let (mean, halfWidth) = run.mean("time_in_system_mean_s", in: index)
      let expected = 3600 * time(load: load, choices: bound.choices)
      let comment: Comment = "\(bound.variant): \(mean) ± \(halfWidth), \(expected)"
      #expect(abs(mean - expected) < halfWidth + bound.bias * expected, comment)
      #expect(halfWidth < bound.width * expected, comment)
    }
  }
}
