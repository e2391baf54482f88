import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// A network of a dozen nodes in which everything happens: sessions end, machines break, jobs are
/// lost and abandoned, operators come and go, tokens are bought, burned, issued, unlocked and sold.
enum SmallNetwork {
  static let text = """
    {
      start: "2025-01-01", horizonDays: 40, seed: 7, replicates: 1,
      hardware: {classes: {
        gpu: {priceUSD: 1000, busyWatts: 500, idleWatts: 50, priceUSDPerGPUHour: 0.5},
        big: {priceUSD: 9000, busyWatts: 1000, idleWatts: 200, priceUSDPerGPUHour: 2, speed: 3},
      }},
      operators: {
        frozenDays: 3, repairCrew: 1, expectation: {rule: "last"},
        types: {
          home: {
            hardware: "gpu", candidates: 8, activeAtStart: 5, largestFleet: 4,
            nodesPerOperator: {rule: "lognormal", median: 1.5, sigma: 0.7},
            costSpread: 0.5, ownedShare: 0.5, sellShare: 0.6, operatingUSDPerNodeDay: 1,
            cashDays: 1,
            decisions: {
              everyDays: 5, firstLookDays: {rule: "uniform", lower: 0, upper: 20},
              leadDays: {rule: "uniform", lower: 1, upper: 3},
              attritionPerYear: 9, actOnLossShare: 0.4, reentry: true,
            },
            churn: {
              sessionHours: {rule: "weibull", shape: 0.7, scale: 30},
              failure: {perYear: 40, repairHours: {rule: "exponential", mean: 8}},
            },
          },
          site: {hardware: "big", candidates: 2, activeAtStart: 1, sellShare: 1},
        },
      },
      demand: {memoryDays: 5, classes: {
        render: {
          arrivalsPerHour: 1, sizeHours: {rule: "lognormal", median: 5, sigma: 0.8},
          hardware: ["gpu", "big"], priceElasticity: -1, serviceElasticity: 1,
          timeValueUSDPerHour: 0.2, patienceHours: {rule: "exponential", mean: 10},
          budgetUSDPerGPUHour: {rule: "lognormal", median: 1, sigma: 0.5},
          cloud: {priceUSDPerGPUHour: 2},
        },
        train: {arrivalsPerHour: 0.1, sizeHours: {rule: "fixed", value: 30}, hardware: ["big"]},
      }},
      token: {
        name: "TOK", circulating: 100000, treasury: 5000, cap: 250000,
        emission: {rule: "exponential", initialTokensPerEpoch: 100, factor: 0.99},
        rewards: {work: 0.5, online: 0.3, registered: 0.1, treasury: 0.1},
        vesting: {team: {tokens: 999.999999, cliff: 6, cliffShare: 0.1, parts: 4, everyDays: 5}},
      },
      market: {rule: "anchored", openingPriceUSD: 2, noise: {rule: "ou"}},
      payment: {provider: 0.6, protocol: 0.1, burn: 0.3, providerPaidIn: "token"},
      pricing: {rule: "congestion"},
      shocks: {
        fall: {target: "demand", on: 15, lastingDays: 10, factor: 0.5},
        exit: {target: "liquidity", on: 20, factor: 0.7},
        sale: {target: "sale", on: 22, share: 0.01},
      },
    }
    """

  /// The scenario with settings `key.path=value` laid over it.
  static func scenario(_ settings: [String] = []) throws -> Scenario {
    try Scenario(text: text, setting: settings)
  }
}

extension Scenario {
  /// Reads a text and tables that stand beside it, all in memory.
  init(
    text: String, tables: [String: String] = [:], setting settings: [String] = []
  ) throws {
    let files = tables.merging(["test.json5": text]) { _, text in text }
    self = try ScenarioSource(path: "test.json5", access: .memory(files))
      .scenario(setting: settings)
  }

  /// Replicate 1 of the first variant, or another, at its beginning.
  func run(
    replicate: UInt32 = 1, burnIn: SimDuration = .zero, tamper: Tamper? = nil,
    journalAfter: Int? = nil
  ) -> NetworkRun {
    NetworkRun(
      stages: variants[0].stages.map { ($0.day, $0.settings) }, horizon: .days(horizonDays),
      measureEvery: .days(measureEveryDays), burnIn: burnIn,
      luck: Luck(seed: seed, replicate: replicate), tamper: tamper, journalAfter: journalAfter)
  }

  /// Replicate 1 of the first variant at its end.
  func finished(burnIn: SimDuration = .zero) throws -> NetworkRun {
    var run = run(burnIn: burnIn)
    try run.run(until: .days(horizonDays))
    return run
  }
}

extension NetworkRun {
  /// A measure over the whole run.
  func measured(_ name: String) throws -> Double {
    summary()[try #require(Measure.index(of: name))]
  }
}

extension [SeriesRow] {
  /// One measure, row by row.
  func column(_ name: String) throws -> [Double] {
    let index = try #require(Measure.index(of: name))
    return map { $0.values[index] }
  }
}

extension Double {
  /// Bits, so that rows with NaN can be compared.
  var bits: UInt64 { isNaN ? 0x7FF8_0000_0000_0000 : bitPattern }
}

/// A stream of luck for tests, apart from all that the economy draws.
func testStream(_ seed: Int) -> RandomStream {
  Luck(seed: UInt64(seed), replicate: 1).stream(Purpose(rawValue: 60_000), entity: 0)
}
