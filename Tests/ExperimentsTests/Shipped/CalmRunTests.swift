import Economy
import Experiments
import Kernel
import Scenarios
import TestSupport
import Testing

/// What the loop does when it is left alone: no shock, no unlock, no luck of the price.
@Suite(.tags(.slow), .enabled(if: Slow.isOn, "needs a release build: set DEPINSIM_SLOW_TESTS"))
struct CalmRunTests {
  @Test func `a calm network with a token stays near where it began`() async throws {
    let calm = try await Calm(noise: false)
    for variant in ["fixed", "bme", "bme-same-budget"] {
      let nodes = calm.range("active_nodes", of: variant)
      let price = calm.range("token_price_usd", of: variant)
      #expect(nodes.lowerBound > 0.75 && nodes.upperBound < 1.25, "\(variant): nodes \(nodes)")
      #expect(price.lowerBound > 0.5 && price.upperBound < 2, "\(variant): price \(price)")
    }
  }

  /// Ranges of model-facts: utilisation §2.4 (DePIN marketplace 20-75 %), net pay of an RTX 4090
  /// §2.4 ($2.29 to $9.82 a day, here 2.5 to 9), exits §1.4 (Render 0.5 to 1 % a week early,
  /// Filecoin 8-15 % a year: 0.5 to 5 % a month), payback §2.4 (6 to 24 months).
  @Test(arguments: [false, true])
  func `pay, use, exits and payback lie in the observed ranges`(noise: Bool) async throws {
    let calm = try await Calm(noise: noise)
    for variant in ["fixed", "bme", "bme-same-budget"] {
      let use = calm.median("utilisation", of: variant)
      let exits = calm.median("exit_rate_per_month", of: variant)
      let payback = calm.median("payback_months_p50", of: variant)
      let pay = calm.medianPay(of: variant)
      let report =
        "\(variant), noise \(noise): use \(use), exits \(exits), payback \(payback), "
        + "RTX 4090 \(pay) USD a day"
      #expect((0.20...0.75).contains(use), "\(report)")
      #expect((0.005...0.05).contains(exits), "\(report)")
      #expect((6...24).contains(payback), "\(report)")
      #expect((2.5...9).contains(pay), "\(report)")
      print(report)
    }
  }
}

/// The calm scenario run with six replicates.
private struct Calm {
  private let result: ExperimentResult
  private let sink = RowSink()

  init(noise: Bool) async throws {
    let scenario = try shippedScenario(
      "Checks/bme-vs-fixed-calm", setting: noise ? ["market.noise={rule: \"ou\"}"] : [])
    let plan = Plan(scenario, options: RunOptions(replicates: 6))
    result = try await Experiment(plan, of: scenario, threads: 2).run(into: sink, watch: Watch())
  }

  private func variant(_ name: String) -> Int {
    result.plan.variants.firstIndex { $0.name == name } ?? 0
  }

  /// Smallest and largest value over all replicates and days, ÷ the value at the start.
  func range(_ measure: String, of name: String) -> ClosedRange<Double> {
    let column = Measure.index(of: measure) ?? 0
    var lowest = 1.0
    var highest = 1.0
    for (unit, rows) in sink.rows where unit.variant == variant(name) {
      let values = rows.series.map { $0.values[column] }
      lowest = min(lowest, (values.min() ?? .nan) / values[0])
      highest = max(highest, (values.max() ?? .nan) / values[0])
    }
    return lowest...highest
  }

  func median(_ measure: String, of name: String) -> Double {
    let values = result.values(of: Measure.index(of: measure) ?? 0, inVariant: variant(name))
    return middle(values)
  }

  /// Margin per day of a node with an RTX 4090.
  func medianPay(of name: String) -> Double {
    let breakdowns = sink.rows.filter { $0.key.variant == variant(name) }.map(\.value.breakdown)
    return middle(
      breakdowns.flatMap { rows in
        rows.filter {
          $0.key == "rtx4090" && $0.measure == "provider_margin_usd_per_gpu_day"
        }.map(\.value)
      })
  }

  private func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
