import Experiments
import Kernel
import Scenarios
import TestSupport
import Testing

@testable import Economy

/// Checkpoints against the exact law of failures without memory (Daly 2006; model-facts §4.5).
struct CheckpointTheoryTests {
  /// Terms of `Scenarios/Mechanisms/loss-checkpoints.json5` [h].
  private static let (mean, cost, restart, work) = (24.0, 0.1, 0.05, 48.0)

  /// Mean time of a job that saves its work every `interval` hours: M e^(R/M) (e^((T + C)/M) − 1) for
  /// each stretch, the last without a checkpoint.
  private static func hours(every interval: Double) -> Double {
    func stretch(_ hours: Double, loading: Double) -> Double {
      mean * Elementary.exp(loading / mean) * Elementary.expm1(hours / mean)
    }
    guard interval < work else { return stretch(work, loading: 0) }
    let saved = (work / interval).rounded(.up) - 1
    return saved * stretch(interval + cost, loading: restart)
      + stretch(work - saved * interval, loading: restart)
  }

  private static let young = CheckpointInterval.young.hours(cost: cost, mean: mean)
  private static let daly = CheckpointInterval.daly.hours(cost: cost, mean: mean)

  @Test func `slowdown lies inside the interval of an ordinary run`() async throws {
    try await compare(days: 200, replicates: 8, width: 0.1)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `slowdown lies inside the narrow interval of a long run`() async throws {
    try await compare(days: 2000, replicates: 20, width: 0.015)
  }

  /// Jobs that have not left at the end are longer than those that have: without checkpoints that
  /// takes E[T²] ÷ 2 of a job-hour rate off the sum, some 153 ÷ 24 d of the mean over d days, a
  /// hundred times less where work is saved; half-widths are wider.
  private func compare(days: Double, replicates: Int, width: Double) async throws {
    let scenario = try shippedScenario("Mechanisms/loss-checkpoints")
    let run = try await Replicated(
      scenario, RunOptions(replicates: replicates, horizonDays: days))
    let expected: [(variant: String, hours: Double)] = [
      ("young", Self.hours(every: Self.young)), ("daly", Self.hours(every: Self.daly)),
      ("often", Self.hours(every: 0.25)), ("seldom", Self.hours(every: 12)),
    ]
    for (name, hours) in expected {
      let variant = try #require(scenario.variants.firstIndex { $0.name == name })
      let (mean, halfWidth) = run.mean("time_in_system_mean_s", in: variant)
      #expect(abs(mean / 3600 - hours) < halfWidth / 3600, "\(name): \(mean / 3600), \(hours)")
      #expect(halfWidth / 3600 < width * hours, "\(name): \(halfWidth / 3600)")
    }
    let (none, halfWidth) = run.mean("time_in_system_mean_s", in: 0)
    let bias = 153.3 / (24 * days) * 153.3
    #expect(abs(none / 3600 - Self.hours(every: 99)) < halfWidth / 3600 + bias)
  }

  @Test func `the optimum is where Young and Daly say`() async throws {
    let factors = [0.25, 0.5, 1, 2, 4]
    var times: [Double] = []
    for factor in factors {
      let scenario = try shippedScenario(
        "Mechanisms/loss-checkpoints",
        setting: [
          "loss.restart=\"checkpoint\"",
          "loss.checkpoint.every={rule: \"fixed\", hours: \(factor * Self.daly)}",
        ])
      let run = try await Replicated(scenario, RunOptions(replicates: 3, horizonDays: 150))
      times.append(run.values("time_in_system_mean_s").reduce(0, +))
    }
    #expect(times.indices.min { times[$0] < times[$1] } == 2, "\(times)")
    // The exact law has its minimum there too, and is flat around it.
    let exact = factors.map { Self.hours(every: $0 * Self.daly) }
    #expect(exact.indices.min { exact[$0] < exact[$1] } == 2)
  }

  @Test func `the exact law gives the known values`() {
    // From nothing: 24 (e² − 1) = 153.3 h.
    #expect(abs(Self.hours(every: 48) - 153.337) < 1e-3)
  }
}
