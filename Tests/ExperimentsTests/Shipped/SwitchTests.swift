import Scenarios
import TestSupport
import Testing

@testable import Experiments

/// What `Examples/switch-to-ide.json5` says of itself, of twenty replicates.
@Suite(.tags(.slow), .enabled(if: Slow.isOn))
struct SwitchTests {
  /// The first six of them: their mean is off by 0.73 half-widths of the interval of twenty or so.
  @Test func `a promise is kept, costs income, and is dearer where it is known of`() async throws {
    let scenario = try shippedScenario("Examples/switch-to-ide")
    let run = try await Replicated(scenario, RunOptions(replicates: 6))
    func mean(_ measure: String, _ variant: String) throws -> Double {
      let index = try #require(scenario.variants.firstIndex { $0.name == variant })
      return run.mean(measure, in: index).value
    }
    func check(_ found: Double, _ text: String) throws {
      let words = ["USD per GPU-day ", " %", " lower"].reduce(scenario.about) {
        $0.replacing($1, with: "")
      }
      #expect(words.contains(text), "\(text) is not said")
      let quoted = try #require(Quoted(text))
      let halfWidth = abs(quoted.halfWidth)
      #expect(abs(found - quoted.mean) < 3 * halfWidth + 0.05, "\(text): \(found)")
    }
    for (variant, text) in [
      ("switch", "99.2 [98.4, 99.7]"), ("switch-demand", "89 [86, 92]"),
      ("switch-price", "91 [89, 93]"), ("announced", "98.7 [97.6, 99.4]"),
    ] {
      try check(100 * mean("promised_pay_met_share", variant), text)
    }
    let income = "provider_income_usd_per_gpu_day"
    let cap = "market_cap_usd"
    try check(mean(income, "fixed") - mean(income, "switch"), "1.24 [1.82, 0.87]")
    try check(mean(income, "fixed") - mean(income, "announced"), "1.81 [2.41, 1.45]")
    #expect(scenario.about.contains("of 13.93"))
    #expect(try abs(mean(income, "fixed") / 13.93 - 1) < 0.08)
    try check(100 * (1 - mean(cap, "switch") / mean(cap, "fixed")), "11 [20, 0.7]")
    for shock in ["demand", "price"] {
      let (before, after) = try (
        mean(income, "fixed-\(shock)"), mean(income, "switch-\(shock)")
      )
      #expect(abs(after - before) < 0.4, "\(shock)")
    }
  }
}
