import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// What operators put in and get back, by the time of their entry.
struct CohortTests {
  private func rows(_ settings: [String] = []) throws -> (NetworkRun, [BreakdownRow]) {
    let run = try SmallNetwork.scenario(settings).finished()
    return (run, run.breakdown())
  }

  private func value(
    _ measure: String, _ key: String, _ rows: [BreakdownRow], dimension: String = "cohort"
  ) -> Double? {
    rows.first { $0.measure == measure && $0.key == key && $0.dimension == dimension }?.value
  }

  @Test func `cohorts add up to the network`() throws {
    // Nobody comes twice, so that nothing of an earlier time in the network is left out.
    let (run, rows) = try rows(["operators.types.home.decisions.reentry=false"])
    let sum = rows.filter { $0.dimension == "cohort" && $0.measure == "net_income_usd" }
      .reduce(0) { $0 + $1.value }
    let whole = try run.measured("provider_income_usd") - run.measured("provider_cost_usd")
    #expect(abs(sum - whole) < 1e-6 * abs(whole))
    let nodes = rows.filter { $0.dimension == "cohort" && $0.measure == "nodes_entered" }
      .reduce(0) { $0 + $1.value }
    #expect(try nodes == Double(run.state.openingNodes) + run.measured("entries"))
  }

  /// 50 nodes that were there, on average a year old, and 50 that buy at 1,000 USD on day 5; all are
  /// paid 2 USD and pay 0.12 USD a day.
  @Test func `return and payback are those of the money put in`() throws {
    let run = try QuietNetwork.scenario([QuietNetwork.decisions]).finished()
    let rows = run.breakdown()
    #expect(value("nodes_entered", "quarter 1", rows) == 50)
    #expect(value("capital_invested_usd", "quarter 1", rows) == 50_000)
    let net = try #require(value("net_income_usd", "quarter 1", rows))
    // Settlements of days 6 to 100; online from day 5 on.
    #expect(abs(net - 50 * 95 * (2 - 0.12)) < 50 * 0.13)
    #expect(value("roi", "quarter 1", rows) == net / 50_000)
    #expect(value("paid_back_share", "quarter 1", rows) == 0)
    let months = try #require(value("payback_months", "quarter 1", rows))
    #expect(abs(months - 1000 / (1.88 * Span.daysPerMonth)) < 0.02)
    let opening = try #require(value("capital_invested_usd", "start", rows))
    #expect(opening > 50 * 660 && opening < 50 * 1000)
    let cheap = try QuietNetwork.scenario([
      QuietNetwork.decisions, "hardware.classes.gpu.priceUSD=90",
    ]).finished().breakdown()
    #expect(value("paid_back_share", "quarter 1", cheap) == 1)
  }

  @Test func `quantiles over operators are ordered, and regions are told apart`() throws {
    let (_, rows) = try rows([
      "regions={north: {electricityUSDPerKWh: {rule: 'fixed', value: 0.05}}, south: "
        + "{electricityUSDPerKWh: {rule: 'fixed', value: 0.4}}}",
      "operators.types.home.regions={north: 1, south: 1}",
    ])
    let margins = ["q05", "q25", "median", "q75", "q95"].map {
      value(
        "provider_margin_usd_per_gpu_day", "home \($0)", rows, dimension: "operator_type_quantile")
    }
    let found = margins.compactMap { $0 }
    #expect(found.count == 5 && found == found.sorted())
    let regions = rows.filter { $0.dimension == "operator_type_region" }.map(\.key)
    #expect(Set(regions).isSuperset(of: ["home north", "home south"]))
  }
}
