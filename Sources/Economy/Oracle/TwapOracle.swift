import Configuration
import Kernel

/// The mean of the venue's price over a window, each price weighed by how long it held.
///
/// reading(t) = ∫ P ds over [t - window, t] ÷ window. Before day 0 the opening price counts.
struct TwapOracle: OracleRule {
  static let choice = Choice<any OracleRule>(
    name: "twap", summary: "The mean over a window, weighed by time.",
    source: "time-weighted average price: exact; the window is an assumption"
  ) { fields in
    TwapOracle(
      window: .hours(
        fields.number(
          "windowHours", "length of the mean", unit: "h", in: 0.01...8760, default: 24,
          source: "assumption")))
  }

  let window: SimDuration
  var reach: SimDuration { window }

  func reading(
    spot: Double, _ prices: PriceHistory, at now: SimTime, after last: OracleReading?
  ) -> OracleReading {
    OracleReading(price: prices.mean(over: window, until: now), taken: now)
  }
}
