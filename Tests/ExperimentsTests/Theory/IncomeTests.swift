import Economy
import Experiments
import Kernel
import Scenarios
import Testing

/// `Scenarios/Examples/rtx4090-income.json5` against the arithmetic of model-facts §2.4.
struct IncomeTests {
  /// Net of power [USD/day] at 0.08, 0.165 and 0.40 USD/kWh, and gross.
  private static let table: [(market: String, net: [Double], gross: Double)] = [
    ("quarter", [2.37, 1.69, -0.17], 3.0), ("forty", [5.45, 4.61, 2.29], 6.24),
    ("sixtyEight", [9.82, 8.98, 6.66], 10.608),
  ]

  /// A cell is the mean over some 33 cards, 4 replicates and 60 days. Of an hour sold, the pay
  /// less the power is at most 0.68 USD; 4 x 33 x 60 x 24 x .65 h in jobs of 4 h (variance of sums
  /// 2 x 4 h an hour of work) deviate by 0.8 %, and which cards of a market get the jobs is the same
  /// luck. Work is paid at its end, so that of the last 4 h or so of 60 days, 0.3 %, is missing.
  /// Four deviations and that: 3.5 %.
  @Test func `an RTX 4090 earns what rate, use and tariff say`() async throws {
    let scenario = try shippedScenario("Examples/rtx4090-income", setting: ["horizonDays=60"])
    let plan = Plan(scenario, options: RunOptions())
    let sink = RowSink()
    _ = try await Experiment(plan, of: scenario, threads: 2).run(into: sink, watch: Watch())
    let rows = sink.rows.values.flatMap(\.breakdown)
    func mean(_ measure: String, _ dimension: String, _ key: String) throws -> Double {
      let values = rows.filter {
        $0.measure == measure && $0.dimension == dimension && $0.key == key
      }.map(\.value)
      try #require(values.count == 4)
      return values.sorted().reduce(0, +) / 4
    }
    for (market, nets, gross) in Self.table {
      let margin = 0.035 * gross
      for (place, net) in zip(["cheap", "world", "dear"], nets) {
        let found = try mean(
          "provider_margin_usd_per_gpu_day", "operator_type_region", "\(market) \(place)")
        #expect(abs(found - net) < margin, "\(market) \(place)")
      }
      let median = try mean(
        "provider_income_usd_per_gpu_day", "operator_type_quantile", "\(market) median")
      #expect(abs(median - gross) < margin, "\(market)")
    }
  }
}
