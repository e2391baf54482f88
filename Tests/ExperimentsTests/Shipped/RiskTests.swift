import Economy
import Foundation
import Scenarios
import TestSupport
import Testing

@testable import Experiments

/// What the README says of who bears a shock under each way to pay.
@Suite(.tags(.slow), .enabled(if: Slow.isOn))
struct RiskTests {
  @Test func `users bear next to nothing, and promised pay takes most of a fall from providers`()
    async throws
  {
    let scenario = try shippedScenario("Examples/mechanisms", setting: ["replicates=4"])
    let run = try await Replicated(scenario)
    /// Relative change of a measure's mean that a shock makes to a way to pay.
    func change(_ measure: String, _ way: String, _ shock: String) throws -> Double {
      func mean(_ name: String) throws -> Double {
        let variant = try #require(scenario.variants.firstIndex { $0.name == name })
        let values = run.values(measure, in: variant)
        return values.reduce(0, +) / Double(values.count)
      }
      return try mean("\(way)-\(shock)") / mean(way) - 1
    }
    for variant in scenario.variants {
      guard let baseline = variant.baseline else { continue }
      let parts = variant.name.split(separator: "-").map(String.init)
      #expect(scenario.variants[baseline].name == parts[0])
      let users = try change("useful_gpu_hour_cost_usd", parts[0], parts[1])
      // Credits are bought on the market that is struck: -3.3 to +1.0 %.
      let most = parts[0] == "remint" ? 0.06 : 0.01
      #expect(abs(users) < most, "\(variant.name): \(users)")
    }
    let income = "provider_income_usd_per_gpu_day"
    // Means of 20 replicates are -23, -14 and -7.5 %, with half-widths of 2.5 points at most.
    let fixed = try change(income, "fixed", "demand")
    let steered = try change(income, "targetUSD", "demand")
    let promised = try change(income, "ide", "demand")
    #expect(fixed < -0.18 && fixed < steered && steered < promised && promised < 0)
    #expect(try change(income, "fixed", "price") < -0.12)
    #expect(try change(income, "ide", "price") > -0.12)
    #expect(try change("market_cap_usd", "fixed", "price") < -0.4)
    #expect(try abs(change("market_cap_usd", "fixed", "sale")) < 0.02)
    // 8.9 months [8.1, 9.8] of twenty; all twelve in a calm year.
    func months(_ name: String) throws -> Sample {
      let variant = try #require(scenario.variants.firstIndex { $0.name == name })
      return Sample(run.values("months_paid_in_full", in: variant))
    }
    let short = try months("ide-demand")
    let interval = ConfidenceInterval.student(short)
    #expect(abs(short.mean - 8.9) < 2 && interval.low > 3)
    #expect(interval.low < 8.9 && interval.high > 8.9)
    #expect(try months("ide").mean > 11.5)
    // The first four of the README's twenty replicates: their mean is off by a half-width or so.
    let measures = [
      "useful_gpu_hour_cost_usd", income, "market_cap_usd", "treasury_usd",
    ]
    let shocks = ["demand −40 %": "demand", "value −60 %": "price", "15 % sold": "sale"]
    let rows = try readmeRows()
    #expect(rows.count == 24)
    for row in rows {
      let shock = try #require(shocks[row.shock])
      for (measure, cell) in zip(measures, row.cells) {
        guard let cell else { continue }
        let now = 100 * (try change(measure, row.pay, shock))
        let halfWidth = (cell.high - cell.low) / 2
        #expect(
          abs(now - cell.mean) < 4.5 * halfWidth + 0.6,
          "\(row.pay), \(shock), \(measure): \(cell.mean) in the README, \(now) of four")
      }
    }
  }

  private typealias Cell = (mean: Double, low: Double, high: Double)

  /// The rows of the README's table on the anchored market; nil where it has a dash.
  private func readmeRows() throws -> [(shock: String, pay: String, cells: [Cell?])] {
    let text = try shippedText("../README", extension: "md")
    let block = try #require(text.split(separator: "<!-- risk -->").last).split(
      separator: "\n\n")[0]
    return block.split(separator: "\n").dropFirst(2).map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let values = cells.dropFirst(2).map { cell -> Cell? in
        let numbers = cell.replacing("−", with: "-").split { !"+-.0123456789".contains($0) }
          .compactMap { Double($0) }
        return numbers.count == 3 ? (numbers[0], numbers[1], numbers[2]) : nil
      }
      return (cells[0], cells[1].replacing("`", with: ""), Array(values))
    }
  }

  @Test func `a vault without a market behind it issues without bound, and the books hold`()
    async throws
  {
    let thin = try shippedScenario("Examples/mechanisms-thin", setting: ["replicates=1"])
    let run = try await Replicated(thin)
    let remint = try #require(thin.variants.firstIndex { $0.name == "remint" })
    let dead = 4.0
    #expect(run.values("spiral_grade", in: remint) == [dead])
    #expect(try #require(run.values("reminted_tokens", in: remint).first) > 1e12)
  }
}
