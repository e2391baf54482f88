import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// A network without jobs and without churn, at a price from outside: each node is paid the same
/// number of tokens a day, so that what operators do can be worked out by hand.
enum QuietNetwork {
  private static func text(
    market: String, expectation: String, hardware: String, types: String
  ) -> String {
    """
    {
      start: "2025-01-01", horizonDays: 100, seed: 3, replicates: 1,
      hardware: {classes: {
        gpu: {priceUSD: 1000, busyWatts: 500, idleWatts: 50, priceUSDPerGPUHour: 0.5},
        \(hardware)
      }},
      operators: {
        frozenDays: 0, expectation: \(expectation),
        types: {
          host: {
            hardware: "gpu", candidates: 100, activeAtStart: 50, sellShare: 1,
            electricityUSDPerKWh: {rule: "fixed", value: 0.1},
          },
          \(types)
        },
      },
      token: {
        circulating: 1e9, emission: {rule: "fixed", tokensPerEpochPerNode: 2},
        rewards: {registered: 1},
      },
      market: \(market),
    }
    """
  }

  /// A price from a table `p.csv` of days and prices.
  static let trace =
    "{rule: 'trace', table: {csv: 'p.csv'}, date: 'day', priceUSD: {column: 'price'}}"

  /// Looks every ten days, acts at once, comes at once, never for other reasons.
  static let decisions =
    "operators.types.host.decisions={everyDays: 10, actOnLossShare: 1, "
    + "leadDays: {rule: 'fixed', value: 0}, firstLookDays: {rule: 'fixed', value: 5}}"

  static func scenario(
    _ settings: [String] = [], market: String = "{rule: 'exogenous', openingPriceUSD: 1}",
    expectation: String = "'last'", table: String = "day,price\n0,1\n", hardware: String = "",
    types: String = ""
  ) throws -> Scenario {
    try Scenario(
      text: text(market: market, expectation: expectation, hardware: hardware, types: types),
      tables: ["p.csv": table], setting: settings)
  }
}

extension Scenario {
  /// Replicate 1 of the first variant with all its rows.
  func rows() throws -> [SeriesRow] {
    var run = run()
    try run.run(until: .days(horizonDays))
    return run.takeSeries()
  }
}
