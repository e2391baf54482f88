import Configuration
import Kernel

/// The last reading, moved towards the venue's price: r + (1 − 2^(−Δ / h)) (P − r), with Δ the time
/// since that reading and h the half-life.
///
/// Unlike the mean over a window it remembers no prices, and forgets none of them at once.
struct SmoothedOracle: OracleRule {
  static let choice = Choice<any OracleRule>(
    name: "smoothed", summary: "The last reading, moved part of the way to the venue's price.",
    source: "exponential moving average: exact; the half-life is an assumption"
  ) { fields in
    SmoothedOracle(
      halfLife: .hours(
        fields.number(
          "halfLifeHours", "time in which half of the way is made", unit: "h", in: 0.01...8760,
          default: 24, source: "assumption")))
  }

  let halfLife: SimDuration

  func reading(
    spot: Double, _ prices: PriceHistory, at now: SimTime, after last: OracleReading?
  ) -> OracleReading {
    guard let last else { return OracleReading(price: spot, taken: now) }
    let left = Elementary.pow(0.5, (now - last.taken).inDays / halfLife.inDays)
    return OracleReading(price: spot + left * (last.price - spot), taken: now)
  }
}
