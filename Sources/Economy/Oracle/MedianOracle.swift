import Configuration
import Kernel

/// The median of the venue's prices now and at equal steps before: fewer than half of them can be
/// outliers without being read. The lower middle of an even number.
struct MedianOracle: OracleRule {
  static let choice = Choice<any OracleRule>(
    name: "median", summary: "The median of several prices, which leaves out outliers.",
    source: "exact; number and distance are assumptions"
  ) { fields in
    MedianOracle(
      samples: fields.count(
        "samples", "prices of which it is the median", unit: "prices", in: 1...1000, default: 3,
        source: "assumption"),
      step: .hours(
        fields.number(
          "everyHours", "time between two of them", unit: "h", in: 0.01...8760, default: 24,
          source: "assumption")))
  }

  let samples: Int
  let step: SimDuration
  var reach: SimDuration {
    SimDuration(microseconds: step.microseconds * Int64(max(samples - 1, 0)))
  }

  func reading(
    spot: Double, _ prices: PriceHistory, at now: SimTime, after last: OracleReading?
  ) -> OracleReading {
    var values = (0..<samples).map { number in
      prices.price(
        SimDuration(microseconds: step.microseconds * Int64(number)), before: now)
    }
    return OracleReading(price: Selection.median(of: &values), taken: now)
  }
}
