import Kernel
import TestSupport
import Testing

@testable import Economy
@testable import Scenarios

/// The band of entry and exit that earns most, found by trying bands on the same prices.
///
/// Dixit (1989, Journal of Political Economy 97, section III) with variable cost 1, sunk cost of
/// entry 4 years of it, no cost of exit, a discount of .025 and a price without drift that deviates
/// by .1 a year: enter at 1.467, leave at .766 (model-facts §2.5). An operator of one node is paid
/// the price and pays 1 USD a day; nine bands are tried side by side on each price path.
@Suite(.tags(.slow), .enabled(if: Slow.isOn, "needs a release build: set DEPINSIM_SLOW_TESTS"))
struct DixitBandTests {
  private static let entries = [1.129, 1.467, 1.907]
  private static let exits = [0.589, 0.766, 0.996]
  private static let bands = entries.flatMap { enter in exits.map { (enter: enter, exit: $0) } }
  private static let epochDays = 30.0
  private static let epochs = 1825
  private static let discount = 0.025
  private static let sunkYears = 4.0

  private static let scenario = """
    {
      start: "2025-01-01", horizonDays: \(Int(epochDays) * epochs), seed: 11, replicates: 1,
      epochHours: 720, measureEveryDays: 3650,
      hardware: {classes: {machine: {
        priceUSD: \(sunkYears * 365), busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 0,
        residualByYear: [0],
      }}},
      operators: {
        frozenDays: 0, expectation: "last",
        types: {
          stays: {
            hardware: "machine", candidates: 1, activeAtStart: 1, operatingUSDPerNodeDay: 1,
            sellShare: 1,
          },
          \(types)
        },
      },
      token: {
        circulating: 1e9, emission: {rule: "fixed", tokensPerEpochPerNode: \(epochDays)},
        rewards: {registered: 1},
      },
      market: {
        rule: "exogenous", openingPriceUSD: 1, marketEveryHours: 720,
        noise: {rule: "gbm", annualVolatility: 0.1},
      },
    }
    """

  private static let types = bands.enumerated().map { index, band in
    """
    band\(index): {
      hardware: "machine", candidates: 1, activeAtStart: 0, operatingUSDPerNodeDay: 1,
      sellShare: 1, cashDays: 3650,
      decisions: {
        everyDays: 30, firstLookDays: {rule: "fixed", value: 30},
        leadDays: {rule: "fixed", value: 0}, entryMultiple: \(band.enter),
        exitMultiple: \(band.exit), hurdlePerYear: 0, depreciationPerYear: 0, interestPerYear: 0,
        actOnLossShare: 1, reentry: true,
      },
    },
    """
  }.joined(separator: "\n")

  /// Discounted margins less sunk costs of each band on the price path of a replicate, in years of
  /// variable cost.
  private func values(_ scenario: Scenario, replicate: UInt32) throws -> [Double] {
    var run = scenario.run(replicate: replicate)
    var values = Self.bands.map { _ in 0.0 }
    var before = Self.bands.map { _ in (margin: 0.0, entries: 0.0) }
    for epoch in 1...Self.epochs {
      let day = Self.epochDays * Double(epoch)
      try run.run(until: .days(day))
      let factor = Elementary.exp(-Self.discount * day / Span.daysPerYear)
      for band in Self.bands.indices {
        let totals = run.state.byType[band + 1]
        let margin = totals.income - totals.cost
        values[band] +=
          factor
          * ((margin - before[band].margin) / Span.daysPerYear
            - (totals.entries - before[band].entries) * Self.sunkYears)
        before[band] = (margin, totals.entries)
      }
    }
    return values
  }

  /// The value of a band without limit in time, watched without pause, from a price of 1 outside:
  /// A P^β with A from value matching at both ends, β (β - 1) σ² / 2 = r.
  private func theory(enter: Double, exit: Double) -> Double {
    let root = (0.25 + 2 * Self.discount / 0.01).squareRoot()
    let (up, down) = (0.5 + root, 0.5 - root)
    func power(_ base: Double, _ exponent: Double) -> Double {
      Elementary.exp(exponent * Elementary.log(base))
    }
    let atEntry = (enter - 1) / Self.discount - Self.sunkYears
    let atExit = (exit - 1) / Self.discount
    let (a, b) = (power(enter, up), -power(enter, down))
    let (c, d) = (power(exit, up), -power(exit, down))
    return (atEntry * d - b * atExit) / (a * d - b * c)
  }

  @Test func `the band of Dixit earns more than wider and narrower ones`() throws {
    let scenario = try Scenario(text: Self.scenario)
    let best = Self.bands.firstIndex { $0.enter == 1.467 && $0.exit == 0.766 } ?? 0
    var sums = Self.bands.map { _ in 0.0 }
    var squares = Self.bands.map { _ in 0.0 }
    var bestSquares = 0.0
    let replicates = 300
    for replicate in 1...replicates {
      let values = try values(scenario, replicate: UInt32(replicate))
      bestSquares += values[best] * values[best]
      for band in Self.bands.indices {
        sums[band] += values[band]
        let gap = values[best] - values[band]
        squares[band] += gap * gap
      }
    }
    let n = Double(replicates)
    for (band, terms) in Self.bands.enumerated() where band != best {
      let gap = (sums[best] - sums[band]) / n
      let error = ((squares[band] / n - gap * gap) / (n - 1)).squareRoot()
      let expected =
        theory(enter: 1.467, exit: 0.766) - theory(enter: terms.enter, exit: terms.exit)
      let words: Comment = "\(terms): \(gap) ± \(error), in theory \(expected)"
      print(words)
      // On the same prices the gap shows where the values themselves would not.
      #expect(gap > 2 * error, words)
      // Looks are a month apart and see a month late, so that a narrow band is crossed less often
      // than in theory: the same policies on paths drawn apart gave .70 of the gap of the narrowest,
      // .74 or more of the others, and all of it above the best entry. After 150 years 2 % of
      // value is missing.
      #expect(abs(gap - expected) < 4 * error + 0.35 * expected, words)
    }
    let mean = sums[best] / n
    let error = ((bestSquares / n - mean * mean) / (n - 1)).squareRoot()
    print("value \(mean) ± \(error), in theory \(theory(enter: 1.467, exit: 0.766))")
    #expect(abs(mean - theory(enter: 1.467, exit: 0.766)) < 4 * error + 0.3)
  }
}
