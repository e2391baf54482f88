import Economy
import Kernel
import Scenarios
import TestSupport
import Testing

@testable import Experiments

/// What the README's first table says of burn-and-mint under three rules for the price.
struct MarketTableTests {
  private static let replicates = 5

  /// The first five of the table's twenty replicates: their mean is off by 0.83 half-widths or so.
  private static let margin = 3.5

  /// What a row is called, and the measure that it has; dollars are summed here.
  private static let measures = [
    "income per GPU-day [USD]": "provider_income_usd_per_gpu_day",
    "active nodes": "active_nodes", "token price at the end [USD]": "token_price_usd",
    "utilisation": "utilisation", "dollars that reached operators [M USD]": "dollars",
  ]

  private struct Run {
    let result: ExperimentResult
    let sink = RowSink()
    let names: [String]

    init(_ file: String) async throws {
      let scenario = try shippedScenario(file)
      names = scenario.variants.map(\.name)
      let plan = Plan(scenario, options: RunOptions(replicates: MarketTableTests.replicates))
      result = try await Experiment(plan, of: scenario, threads: 2).run(into: sink, watch: Watch())
    }

    func index(_ variant: String) throws -> Int { try #require(names.firstIndex(of: variant)) }

    /// Mean of a measure over the replicates.
    func mean(_ measure: String, of variant: String) throws -> Double {
      let index = try index(variant)
      let values =
        try (measure == "dollars")
        ? dollars(of: index)
        : result.values(of: #require(Measure.index(of: measure)), inVariant: index)
      return values.reduce(0, +) / Double(values.count)
    }

    /// Dollars that operators got for work or for tokens that they sold, by replicate [million USD].
    private func dollars(of variant: Int) -> [Double] {
      let units = sink.rows.filter { $0.key.variant == variant }
      return units.sorted { $0.key.replicate < $1.key.replicate }.map { _, rows in
        let paid = rows.flows.filter {
          $0.to == "operators" && ["token sale", "job payment"].contains($0.reason)
            && $0.asset == "USD"
        }
        return paid.reduce(0) { $0 + (Double($1.amount) ?? .nan) } / 1e6
      }
    }
  }

  @Test(
    .tags(.slow), .enabled(if: Slow.isOn),
    arguments: zip(
      [1, 2, 3], ["bme-vs-fixed", "Examples/bme-vs-fixed-thin", "Examples/bme-vs-fixed-deep"]))
  func `the differences of the table come out`(column: Int, file: String) async throws {
    let run = try await Run(file)
    let rows = try ReadmeTable.rows("markets")
    #expect(rows.count == 11)
    for row in rows {
      let words = row[0].split(separator: ": ", maxSplits: 1).map(String.init)
      let variant = words[0].replacing("`", with: "")
      if words[1].hasPrefix("emission it takes") {
        // Found on all replicates, however many are run.
        let found = try #require(run.result.plan.calibratedValues[try run.index(variant)])
        let quoted = try #require(Double(row[column]))
        #expect(abs(found - quoted) < 0.0051, "\(found)")
        continue
      }
      let measure = try #require(Self.measures[words[1]])
      let quoted = try #require(Quoted(row[column]))
      let difference = try run.mean(measure, of: variant) - run.mean(measure, of: "fixed")
      #expect(
        abs(difference - quoted.mean) < Self.margin * quoted.halfWidth,
        "\(row[0]): \(quoted.mean) in the README, \(difference) of \(Self.replicates)")
    }
    // "41 % less in a market that knows the token's value (baseline $12.17 per GPU-day), 14 % less on
    // a deep pool, 5 % less on a thin one".
    let income = "provider_income_usd_per_gpu_day"
    let ratio = try run.mean(income, of: "bme") / run.mean(income, of: "fixed")
    #expect(abs(1 - ratio - [0.41, 0.05, 0.14][column - 1]) < 0.02, "\(ratio)")
  }

  @Test func `a sign changes where two columns stand on either side of zero`() throws {
    for row in try ReadmeTable.rows("markets").dropLast() {
      let quotes = row[1...3].compactMap { Quoted($0) }
      #expect(quotes.count == 3)
      let (rises, falls) = (
        quotes.contains { $0.low > 0 }, quotes.contains { $0.high < 0 }
      )
      let said = rises && falls ? "**yes**" : "no"
      #expect(row[4].hasPrefix(said), "\(row[0])")
      let isTold = quotes.allSatisfy { $0.low > 0 || $0.high < 0 }
      #expect(row[4].contains("told apart") == (said == "no" && !isTold), "\(row[0])")
    }
  }
}
