import Experiments
import Kernel
import Scenarios
import Testing

@testable import Economy

/// One arrow of the loop, something that pushes what lies before it, and what must not feel it.
struct CutArrow: Sendable, CustomTestStringConvertible {
  /// A change of the scenario that reaches the arrow.
  enum Push: Sendable, CaseIterable {
    case demandHalves, priceFalls, nodesStayAwayLonger

    var setting: String {
      switch self {
      case .demandHalves: "shocks.demandFall.intensity=1"
      case .priceFalls: "shocks.priceFall.intensity=1"
      case .nodesStayAwayLonger: "operators.types.host.churn.offlineHours.mean=40"
      }
    }
  }

  let arrow: Arrow
  let push: Push
  /// Changes of the scenario with which the push is felt.
  var stage: [String] = []
  /// Measures on the near side, which feel the push all the same.
  let before: [String]
  /// Measures on the far side.
  let behind: [String]

  var testDescription: String { arrow.rawValue }

  static let all = [
    // The push itself is the near side: nothing measures demand before it makes jobs.
    CutArrow(
      arrow: .demandToJobs, push: .demandHalves, before: [],
      behind: ["jobs_arrived", "demand_gpu_hours", "utilisation", "token_price_usd"]),
    CutArrow(
      arrow: .jobsToNodes, push: .demandHalves, before: ["jobs_arrived", "jobs_in_system"],
      behind: ["utilisation", "user_spend_usd", "provider_cost_usd"]),
    CutArrow(
      arrow: .nodesToRevenue, push: .demandHalves, before: ["utilisation", "provider_cost_usd"],
      behind: ["user_spend_usd", "burned_tokens", "burned_usd", "protocol_revenue_usd"]),
    CutArrow(
      arrow: .revenueToPrice, push: .demandHalves, before: ["user_spend_usd", "burned_tokens"],
      behind: ["token_price_usd"]),
    CutArrow(
      arrow: .priceToPay, push: .priceFalls, before: ["token_price_usd", "provider_realised_usd"],
      behind: ["entries", "exits", "active_nodes", "demand_gpu_hours"]),
    // Operators paid in issued tokens alone are left with bills they cannot pay.
    CutArrow(
      arrow: .priceToPay, push: .priceFalls,
      stage: ["payment={provider: 0, burn: 0.95, protocol: 0.05}", "horizonDays=120"],
      before: ["token_price_usd", "provider_realised_usd"], behind: ["exits", "active_nodes"]),
    CutArrow(
      arrow: .payToEntry, push: .priceFalls, before: ["provider_income_usd_per_gpu_day"],
      behind: ["entries", "exits", "active_nodes"]),
    CutArrow(
      arrow: .entryToCapacity, push: .priceFalls, before: ["entries", "exits"],
      behind: ["active_nodes", "online_gpus", "served_gpu_hours"]),
    CutArrow(
      arrow: .capacityToCost, push: .nodesStayAwayLonger,
      before: ["online_gpus", "wait_mean_s", "jobs_abandoned"], behind: ["demand_gpu_hours"]),
    CutArrow(
      arrow: .costToDemand, push: .nodesStayAwayLonger, before: ["useful_gpu_hour_cost_usd"],
      behind: ["demand_gpu_hours", "priced_out_share"]),
  ]
}

struct ArrowTests {
  @Test func `every arrow has its case`() {
    #expect(Arrow.allCases.allSatisfy { arrow in CutArrow.all.contains { $0.arrow == arrow } })
  }

  @Test(arguments: CutArrow.all)
  func `behind a cut arrow nothing feels a push, before it and without the cut all does`(
    cut: CutArrow
  ) throws {
    let measures = cut.before + cut.behind
    let push = [cut.push.setting]
    let free = try (series(cut.stage), series(cut.stage + push))
    #expect(measures.filter { free.0.column($0) != free.1.column($0) } == measures)
    let knife = ["cut=[\"\(cut.arrow.rawValue)\"]"]
    let held = try (series(cut.stage + knife), series(cut.stage + knife + push))
    #expect(measures.filter { held.0.column($0) != held.1.column($0) } == cut.before)
  }

  @Test func `a shock on a pool that is not there moves nothing`() throws {
    let knife = "cut=[\"revenueToPrice\"]"
    let drain = ["shocks.priceFall.target=liquidity", "shocks.priceFall.intensity=1"]
    let (still, shaken) = try (series([knife]), series([knife] + drain))
    #expect(Measure.all.map(\.name).filter { still.column($0) != shaken.column($0) } == [])
  }

  /// The series of one replicate of the loop under some settings.
  private func series(_ settings: [String]) throws -> Series {
    let scenario = try shippedScenario("Checks/loop", setting: settings)
    let plan = Plan(scenario, options: RunOptions())
    var run = NetworkRun(
      stages: scenario.variants[0].stages.map { ($0.day, $0.settings) }, start: scenario.start,
      horizon: plan.horizon, measureEvery: plan.measureEvery, seed: scenario.seed, replicate: 1)
    try run.run(until: plan.horizon)
    return Series(rows: run.takeSeries())
  }
}

/// Rows of a run, read by column.
struct Series {
  let rows: [SeriesRow]

  /// The bits of a measure over time; a number that is undefined twice is the same twice.
  func column(_ name: String) -> [UInt64]? {
    Measure.index(of: name).map { index in
      rows.map { $0.values[index].isNaN ? Double.nan.bitPattern : $0.values[index].bitPattern }
    }
  }
}
