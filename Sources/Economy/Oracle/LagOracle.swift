import Configuration
import Kernel

/// The venue's price as it was some hours ago: reading(t) = P(t - lag), before day 0 the opening price.
struct LagOracle: OracleRule {
  static let choice = Choice<any OracleRule>(
    name: "lag", summary: "The price of some hours ago.",
    source: "a reading on its way; the hours are an assumption"
  ) { fields in
    LagOracle(
      lag: .hours(
        fields.number(
          "lagHours", "age of the price that is read", unit: "h", in: 0...8760, default: 24,
          source: "assumption")))
  }

  let lag: SimDuration
  var reach: SimDuration { lag }

  func reading(
    spot: Double, _ prices: PriceHistory, at now: SimTime, after last: OracleReading?
  ) -> OracleReading {
    OracleReading(price: prices.price(lag, before: now), taken: now)
  }
}
