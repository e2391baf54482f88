import Economy
import Foundation
import Kernel
import Scenarios
import Testing

@testable import Experiments

/// Render's 96 weeks, replayed with one replicate: burned dollars do not depend on luck.
struct RenderHistoryTests {
  @Test func `the hazard is the one that epochs 1 to 26 show`() throws {
    let wallets = try Self.table("render-wallets")
    var exits = 0
    var atRisk = 0
    for wallet in wallets {
      let (first, last) = (wallet[1], wallet[2])
      if last <= 26 { exits += 1 }
      atRisk += Int(max(0, min(last, 26) - first + 1))
    }
    #expect(exits == 63 && atRisk == 6288)
    let weekly = Double(exits) / Double(atRisk)
    let perYear = -Elementary.log(1 - weekly) * 365 / 7
    let scenario = try shippedScenario("History/render-2024-2025")
    let used = scenario.number(
      variant: "base", "operators.types.wallet.decisions.attritionPerYear")
    #expect(used == (perYear * 1000).rounded() / 1000)
  }

  @Test func `other wallets are first paid when the scenario lets them in`() throws {
    let wallets = try Self.table("render-wallets")
    let first = wallets.map { $0[1] }
    #expect(first.count { $0 == 2 } == 190)
    #expect(first.count { $0 > 2 && $0 <= 96 } == 221)
  }

  @Test func `survival counts the wallets first paid in epoch 2`() throws {
    let cohort = try Self.table("render-wallets").filter { $0[1] == 2 }
    for row in try Self.table("render-survival") {
      let survivors = cohort.count { $0[2] >= row[0] }
      #expect(abs(Double(survivors) / Double(cohort.count) - row[2]) < 1e-6)
    }
  }

  /// Protocol facts §1.5: of 249 wallets first paid by epoch 5 these shares were left after so many
  /// weeks, and in a week of each stretch so many of all left for good.
  @Test func `wallets stayed, and left, as published`() throws {
    let wallets = try Self.table("render-wallets")
    let early = wallets.filter { $0[1] <= 5 }
    #expect(early.count == 249)
    for (weeks, share) in [(13.0, 0.92), (26, 0.83), (52, 0.79), (78, 0.70), (88, 0.65)] {
      let left = Double(early.count { $0[2] >= 5 + weeks }) / 249
      #expect(abs(left - share) < 0.006, "\(weeks)")
    }
    for (from, to, hazard) in [
      (2.0, 25.0, 0.0098), (26, 52, 0.0052), (53, 78, 0.0044), (79, 88, 0.0051),
    ] {
      let exits = Double(wallets.count { (from...to).contains($0[2]) })
      let weeks = wallets.reduce(0) { $0 + max(0, min($1[2], to) - max($1[1], from) + 1) }
      #expect(abs(exits / weeks - hazard) < 0.00006, "\(from)")
    }
  }

  /// Protocol facts §6: 79 % of wallets are left after a year, and 0.4 to 1.0 % go in a week. The preset
  /// meets that; the replay does not, whose hazard is that of the first half year (see there).
  @Test func `a year of the preset keeps as many operators as a year of Render`() throws {
    let scenario = try shippedScenario("Presets/render")
    let variant = scenario.variants[0]
    var run = NetworkRun(
      stages: variant.stages.map { ($0.day, $0.settings) }, start: scenario.start,
      horizon: .days(365), measureEvery: .days(7), seed: scenario.seed, replicate: 1)
    try run.run(until: .days(365))
    let rows = run.takeSeries()
    let share = try #require(Measure.index(of: "opening_operators_share"))
    let shares = rows.map { $0.values[share] }
    // 258 operators, each stays with a chance of .76 to .79: one deviation is .026.
    #expect(abs((shares.last ?? 0) - 0.79) < 0.08, "\(shares.last ?? 0)")
    let weekly = -Elementary.log(shares.last ?? 0) / 52
    #expect((0.004...0.01).contains(weekly), "\(weekly)")
  }

  /// Protocol facts §6: rewards were 10 to 20 times what was burned early in 2024, 1.2 times in the
  /// third quarter of 2025 and about 1.8 times in October 2025; Gini's coefficient of rewards .63 to .75.
  /// The last two ratios come out within a fifth.
  @Test func `rewards close in on the burn, and stay as unequal, as observed`() async throws {
    let scenario = try shippedScenario("History/render-2024-2025")
    var run = NetworkRun(
      stages: scenario.variants[0].stages.map { ($0.day, $0.settings) }, start: scenario.start,
      horizon: .days(scenario.horizonDays), measureEvery: .days(scenario.measureEveryDays),
      seed: scenario.seed, replicate: 1)
    try run.run(until: .days(scenario.horizonDays))
    let rows = run.takeSeries()
    let minted = try #require(Measure.index(of: "minted_tokens"))
    let burned = try #require(Measure.index(of: "burned_tokens"))
    func ratio(from: String, to: String) throws -> Double {
      let start = scenario.start.daysSince1970
      let first = try #require(CalendarDate(parsing: from)).daysSince1970 - start
      let last = try #require(CalendarDate(parsing: to)).daysSince1970 - start
      let within = rows.filter {
        $0.time.inDays >= Double(first) && $0.time.inDays < Double(last)
      }
      return within.reduce(0) { $0 + $1.values[minted] }
        / within.reduce(0) { $0 + $1.values[burned] }
    }
    let (early, summer, october) = try (
      ratio(from: "2024-01-01", to: "2024-04-01"), ratio(from: "2025-07-01", to: "2025-10-01"),
      ratio(from: "2025-10-01", to: "2025-11-01")
    )
    #expect((10...20).contains(early), "\(early)")
    #expect(abs(summer / 1.2 - 1) < 0.2 && abs(october / 1.8 - 1) < 0.2, "\(summer), \(october)")
    let result = try await Replicated(scenario, RunOptions(replicates: 1)).result
    let ginis = result.histories.filter { $0.series == "gini" && !$0.date.isEmpty }
    #expect(ginis.count == 10)
    // Too high by .11 at the worst, in weeks that no fit has seen.
    #expect(ginis.allSatisfy { abs($0.simulated - $0.observed) < 0.12 })
    #expect(ginis.allSatisfy { (0.63...0.78).contains($0.simulated) })
  }

  /// 0.95 x credits x EUR 0.25 x USD/EUR against the burns observed: within 5 % in every week and
  /// 1.000 in the median (protocol facts: the tolerance is that of the exchange rate of a month).
  @Test func `burned dollars come out of the payment path as observed`() async throws {
    let scenario = try shippedScenario("History/render-2024-2025")
    let plan = Plan(scenario, options: RunOptions(replicates: 1))
    let result = try await Experiment(plan, of: scenario, threads: 1)
      .run(into: RowSink(), watch: Watch())
    let rows = result.histories.filter { $0.series == "burnedUSD" && !$0.date.isEmpty }
    #expect(rows.count == 96)
    let ratios = rows.map { $0.simulated / $0.observed }.sorted()
    #expect(ratios[0] > 0.95 && ratios[95] < 1.05)
    #expect(abs((ratios[47] + ratios[48]) / 2 - 1) < 0.0005)
    #expect(rows.allSatisfy { $0.split == "held_out" })
    // The cut of the job pool: 43,758 tokens in the week that ends on 5 June 2024, 15,000 after.
    let pool = result.histories.filter { $0.series == "workRewards" && !$0.date.isEmpty }
    let cut = pool.filter { $0.date == "2024-06-05" || $0.date == "2024-06-12" }
    #expect(cut.map(\.simulated) == [43758, 15000])
  }

  /// Numbers of a data file of the histories, `[rows][columns]`; dates become 0.
  private static func table(_ name: String) throws -> [[Double]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appending(path: "Scenarios/History/data/\(name).csv")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    return lines.drop { $0.hasPrefix("#") }.dropFirst().map { line in
      line.split(separator: ",").map { Double($0) ?? 0 }
    }
  }
}
