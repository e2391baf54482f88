import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Contracts, promises, grants, self-dealing, clouds and clients at once, in a network in which
/// everything else happens too.
struct AllTogetherTests {
  private func scenario(_ settings: [String] = []) throws -> Scenario {
    let text = """
      {
        extends: "small.json5",
        clouds: {
          big: {offers: {any: {priceUSDPerGPUHour: 1.5}}, availability: 0.5},
          small: {waitingHours: 2, offers: {gpu: {
            priceUSDPerGPUHour: 1, changes: [{from: 9, priceUSDPerGPUHour: 0.4}]}}},
        },
        demand: {classes: {
          render: {
            clouds: ["big", "small"], clients: {count: 5},
            sla: {waitingHours: 0.1, uptime: 0.9, paidBy: "treasury"},
          },
          train: {
            contract: {rule: "prepaid", creditsUSDPerTerm: 200, termDays: 7},
            subsidy: {share: 0.2},
          },
          cheap: {
            arrivalsPerHour: 0.5, hardware: ["gpu"], contract: "spot",
            sizeHours: {rule: "exponential", mean: 4}, sla: {completionHours: 6},
          },
          kept: {
            arrivalsPerHour: 0.3, hardware: ["gpu"], sizeHours: {rule: "exponential", mean: 3},
            contract: {rule: "reserved", nodes: 2, from: 5, termDays: 15},
          },
          wash: {
            arrivalsPerHour: 0.5, hardware: ["gpu", "big"], selfDealing: {},
            arrivals: {rule: "gamma", shape: 0.3},
          },
          careful: {
            arrivalsPerHour: 0.2, hardware: ["big"],
            adoptsAbove: {measure: "availability", above: 0.7, until: 0.6},
          },
        }},
        payment: {provider: 0.5, protocol: 0.3, burn: 0.2},
      }
      """
    return try Scenario(
      text: text, tables: ["small.json5": SmallNetwork.text], setting: settings)
  }

  @Test func `the books balance at every settlement`() throws {
    let run = try scenario().finished()
    for measure in [
      "preemptions", "reservation_fees_usd", "breakage_usd", "subsidies_usd", "sla_credits_usd",
      "wash_spend_usd", "cloud_spend_usd", "restarts", "jobs_abandoned",
    ] {
      #expect(try run.measured(measure) > 0, "\(measure)")
    }
    #expect(try run.measured("organic_demand_share") < 1)
    // Credits, grants and bills never touch what was burned.
    let flows = run.state.flowRows.filter { $0.from == "burned" }
    #expect(flows.isEmpty)
  }

  @Test func `a run that is watched gives the same rows`() throws {
    var plain = try scenario().finished()
    var watched = try scenario().run(journalAfter: 0)
    try watched.run(until: .days(40))
    let rows = (plain.takeSeries(), watched.takeSeries())
    #expect(rows.0.map { $0.values.map(\.bits) } == rows.1.map { $0.values.map(\.bits) })
  }

  @Test func `a posting that is lost is found`() throws {
    for posting in [200, 700, 1_500] {
      var run = try scenario().run(tamper: Tamper(posting: posting, fault: .dropped))
      #expect(throws: InvariantFailure.self) { try run.run(until: .days(40)) }
    }
  }

  @Test func `terms can be amended under way`() throws {
    let run = try scenario([
      """
      amendments={vote: {on: 12.3, set: {\
      "demand.classes.render.sla": "none", "demand.classes.careful.sla": {uptime: 1}, \
      "demand.classes.train.subsidy": "none", "demand.classes.cheap.contract.discount": 0.9, \
      "demand.classes.kept.contract.nodes": 1, \
      "demand.classes.wash.selfDealing": "none", "demand.classes.wash.tag": "wash", \
      "demand.classes.render.clouds": ["big"]}}}
      """
    ]).finished()
    #expect(run.state.users[2].priceFactor < 0.11)
    #expect(run.state.users[4].eagerness == 1)
    // After the older form of one cloud stands "big" alone.
    #expect(run.state.users[0].outside?.option == 1)
    #expect(try run.measured("organic_demand_share") < 1)
  }
}
