import Economy
import Foundation
import Kernel
import Scenarios
import TestSupport
import Testing

@testable import Experiments

/// Histories against their data, and what they say of themselves.
struct HistoryTests {
  /// Rows of a data file by the names of its columns.
  private static func table(_ name: String) throws -> [[String: String]] {
    var folder = URL(filePath: #filePath)
    for _ in ["Shipped", "ExperimentsTests", "Tests", "."] { folder.deleteLastPathComponent() }
    let path = folder.appending(path: "Scenarios/History/data/\(name).csv")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
      .drop { $0.hasPrefix("#") }
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let names = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  /// Rewards are written out in the scenario, since an emission takes no table of a file.
  @Test(arguments: [
    ("pocket-2022-2025", "pocket-monthly", "rewards_pokt", 100.0),
    ("helium-2021-2023", "helium-monthly", "hotspot_rewards_hnt", 500.0),
  ])
  func `the emission is that of the data`(
    file: String, data: String, column: String, scale: Double
  ) throws {
    let scenario = try shippedScenario("History/\(file)")
    let variant = scenario.variants[0].name
    for (index, row) in try Self.table(data).enumerated() {
      let path = "token.emission.rows[\(index)]"
      let day = scenario.number(variant: variant, "\(path).from")
      let tokens = try #require(scenario.number(variant: variant, "\(path).tokensPerEpoch"))
      #expect(day == 30.4375 * Double(index))
      #expect(row["end_day"].flatMap(Double.init) == 30.4375 * Double(index + 1))
      let observed = try #require(row[column].flatMap(Double.init))
      #expect(abs(tokens - observed / scale) <= 0.5, "month \(index + 1)")
    }
  }

  /// Stretches of whole weeks that follow each other, and weeks that add up to them.
  @Test func `burns of Helium stand on weeks without a gap`() throws {
    let rows = try Self.table("helium-burns")
    for (row, next) in zip(rows, rows.dropFirst()) {
      #expect(row["end_date"] == next["start_date"])
    }
    for row in rows {
      func number(_ name: String) throws -> Double { try #require(Double(row[name] ?? "")) }
      let weeks = try number("weeks")
      #expect(abs(try number("burned_hnt_per_week") * weeks - number("burned_hnt")) <= weeks)
      #expect(abs(try number("issued_hnt_per_week") * weeks - number("issued_hnt")) <= weeks)
    }
    #expect(rows.count == 26)
  }

  private struct Errors {
    let rmse: Double
    let coverage: Double
  }

  /// The errors of a history on what was held out.
  private func heldOut(_ result: ExperimentResult, _ name: String) throws -> Errors {
    func error(_ kind: String) throws -> Double {
      try #require(
        result.histories.first { $0.series == name && $0.split == "\(kind) held_out" }
      ).observed
    }
    return Errors(rmse: try error("rmse_of_logs"), coverage: try error("coverage"))
  }

  private func run(_ file: String, _ settings: [String]) async throws -> ExperimentResult {
    try await Replicated(try shippedScenario("History/\(file)", setting: settings)).result
  }

  /// A fit of 60 trials and 12 replicates instead of 90 and 20: the medians of a walk of deviation
  /// 0.2 a month that closes a tenth of its gap differ by some 0.1.
  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `months of Pocket that no fit has seen tell who may come`() async throws {
    let result = try await run(
      "pocket-2022-2025",
      [
        "replicates=12", "variants.closing.fit.trials=50", "variants.firstWave.fit.trials=60",
        "variants.growth.fit.trials=20",
      ])
    let (open, closed) = (
      try heldOut(result, "nodes"), try heldOut(result, "nodesOfTheFirstWave")
    )
    #expect(closed.rmse < 0.15 && open.rmse > 0.2 && closed.rmse < open.rmse)
    #expect(closed.coverage > 0.8)
    // Stressed, and no spiral: design's anchor.
    let grades = result.values(of: try #require(Measure.index(of: "spiral_grade")), inVariant: 1)
    #expect(grades.allSatisfy { $0 >= 1 } && grades.filter { $0 >= 2 }.count <= 2)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `months of Helium that no fit has seen lie in the band`() async throws {
    let result = try await run(
      "helium-2021-2023",
      ["replicates=12", "variants.growth.fit.trials=50", "variants.closing.fit.trials=10"])
    let growth = try heldOut(result, "hotspots")
    #expect(growth.rmse < 0.15 && growth.coverage > 0.8)
    let grades = result.values(of: try #require(Measure.index(of: "spiral_grade")), inVariant: 0)
    #expect(grades.allSatisfy { $0 <= 1 })
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `Bitcoin of 2021 is no confirmed spiral`() async throws {
    let result = try await run("bitcoin-2021", ["replicates=4", "fit.trials=12"])
    #expect(try heldOut(result, "capacity").rmse < 0.15)
    let grades = result.values(of: try #require(Measure.index(of: "spiral_grade")), inVariant: 0)
    #expect(grades.allSatisfy { $0 < 3 })
  }
}
