import Foundation
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct SmoothedOracleTests {
  /// The venue's price of 5 comes with the market step of day 3, after that day's reading.
  @Test func `half of the way is made in a half-life`() throws {
    var run = try QuietNetwork.scenario(
      ["oracle={rule: 'smoothed', halfLifeHours: 24}", "horizonDays=7"],
      market: QuietNetwork.trace, table: "day,price\n0,1\n3,5\n"
    ).finished()
    let readings = try run.takeSeries().column("oracle_price_usd")
    #expect(readings == [1, 1, 1, 1, 3, 4, 4.5, 4.75])
  }

  @Test func `readings more often make no other way`() {
    func reading(steps: Int) -> Double {
      let rule = SmoothedOracle(halfLife: .days(2))
      let prices = PriceHistory(reach: .zero)
      let last = (1...steps).reduce(OracleReading(price: 1, taken: .zero)) { last, step in
        rule.reading(
          spot: 9, prices, at: .days(3 * Double(step) / Double(steps)), after: last)
      }
      return last.price
    }
    #expect(abs(reading(steps: 1) - (9 - 8 * Elementary.pow(0.5, 1.5))) < 1e-12)
    #expect(abs(reading(steps: 30) - reading(steps: 1)) < 1e-9)
  }

  @Test func `its scenario moves the gap to the venue`() throws {
    var folder = URL(filePath: #filePath)
    for _ in ["Oracle", "EconomyTests", "Tests", "."] { folder.deleteLastPathComponent() }
    let file = folder.appending(path: "Scenarios/Mechanisms/oracle-smoothed.json5").path
    let scenario = try Scenario(path: file)
    func gap(_ name: String) throws -> Double {
      let variant = try #require(scenario.variants.first { $0.name == name })
      var run = NetworkRun(
        stages: variant.stages.map { ($0.day, $0.settings) }, start: scenario.start,
        horizon: .days(60),
        measureEvery: .days(1), seed: scenario.seed, replicate: 1)
      try run.run(until: .days(60))
      return try run.measured("oracle_gap")
    }
    #expect(try gap("none") < 1e-9)
    #expect(try gap("smoothed") > 0.02)
    #expect(try gap("slow") > gap("smoothed"))
  }
}
