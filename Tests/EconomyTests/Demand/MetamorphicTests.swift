import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Changes of a scenario whose effect on demand is known without a theory.
struct DemandMetamorphicTests {
  @Test(arguments: [0.05, 5]) func `with elasticity 0 demand ignores the price`(
    price: Double
  ) throws {
    let quiet = [
      "demand.classes.render.priceElasticity=0", "demand.classes.render.serviceElasticity=0",
      "demand.classes.render.budgetUSDPerGPUHour=none", "demand.classes.render.cloud=none",
    ]
    var plain = try SmallNetwork.scenario(quiet).finished()
    var other = try SmallNetwork.scenario(
      quiet + ["hardware.classes.gpu.priceUSDPerGPUHour=\(price)"]
    ).finished()
    let columns = try [plain.takeSeries(), other.takeSeries()].map {
      try $0.column("demand_gpu_hours").map(\.bits)
    }
    #expect(columns[0] == columns[1])
    #expect(try plain.measured("user_spend_usd") != other.measured("user_spend_usd"))
  }

  @Test func `nodes and demand scaled together leave figures by the node as they are`() throws {
    func measured(_ nodes: Int, _ measure: String) throws -> Double {
      try PlainNetwork.scenario(
        days: 100, nodes: nodes,
        classes: """
          jobs: {arrivalsPerHourPerNode: 0.15, arrivals: {rule: "gamma", shape: 0.87},
            sizeHours: {rule: "exponential", mean: 3}, hardware: ["gpu"],
            clouds: ["big"], contract: "onDemand", sla: {waitingHours: 2}}
          """,
        others: "measureEveryDays: 100, "
          + "clouds: {big: {offers: {any: {priceUSDPerGPUHour: 0.8}}}}"
      ).finished().measured(measure)
    }
    for (measure, tolerance) in [
      // 40 nodes: 14,400 potential jobs in 100 days. 4 standard errors each, that of the work of
      // n jobs being √(2 x dispersion / n) of it.
      ("utilisation", 0.06), ("priced_out_share", 0.025), ("users_bill_usd_per_gpu_hour", 0.02),
      ("provider_income_usd_per_gpu_day", 0.35),
    ] {
      let (one, other) = (try measured(40, measure), try measured(160, measure))
      #expect(abs(one - other) < tolerance, "\(measure): \(one), \(other)")
    }
  }

  @Test func `a shock of no intensity changes nothing`() throws {
    let keys = [
      "clouds={big: {offers: {any: {priceUSDPerGPUHour: 0.8}}}}",
      "demand.classes.render.clouds=[\"big\"]",
    ]
    let targets = ["demand", "cloudPrice", "cloudShortage"]
    let shocks = targets.map {
      "\($0): {target: \"\($0)\", on: 3, lastingDays: 9, factor: 0.1, intensity: 0}"
    }
    var plain = try SmallNetwork.scenario(keys + ["shocks={}"]).finished()
    var shocked = try SmallNetwork.scenario(
      keys + ["shocks={\(shocks.joined(separator: ", "))}"]
    ).finished()
    let rows = (plain.takeSeries(), shocked.takeSeries())
    #expect(rows.0.map { $0.values.map(\.bits) } == rows.1.map { $0.values.map(\.bits) })
  }
}
