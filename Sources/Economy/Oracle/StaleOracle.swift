import Configuration
import Kernel

/// A price that is refreshed only when it is old, or when the venue has moved away from it.
///
/// It is looked at with each reading, and taken anew when it was taken `updateHours` ago or
/// |venue ÷ price - 1| is at least `deviation`.
struct StaleOracle: OracleRule {
  static let choice = Choice<any OracleRule>(
    name: "stale", summary: "Refreshed only when it is old, or when the price has moved.",
    source: "heartbeat and deviation threshold of price feeds; the figures are assumptions"
  ) { fields in
    StaleOracle(
      heartbeat: .hours(
        fields.number(
          "updateHours", "age at which it is taken anew", unit: "h", in: 0...87_600, default: 168,
          source: "assumption")),
      deviation: fields.number(
        "deviation", "relative gap to the venue at which it is taken anew before", in: 0...1e6,
        default: 0.5, source: "assumption"))
  }

  let heartbeat: SimDuration
  let deviation: Double

  func reading(
    spot: Double, _ prices: PriceHistory, at now: SimTime, after last: OracleReading?
  ) -> OracleReading {
    if let last, now - last.taken < heartbeat,
      (spot - last.price).magnitude < deviation * last.price
    {
      return last
    }
    return OracleReading(price: spot, taken: now)
  }
}
