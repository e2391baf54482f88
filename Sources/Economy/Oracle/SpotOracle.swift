import Configuration
import Kernel

/// The venue's price at the moment of the reading; a settlement that buys takes the price it paid.
struct SpotOracle: OracleRule {
  static let choice = Choice<any OracleRule>(
    name: "spot",
    summary: "The venue's price, and within a settlement the price at which it bought.",
    source: "exact"
  ) { _ in SpotOracle() }

  var readsOwnTrades: Bool { true }

  func reading(
    spot: Double, _ prices: PriceHistory, at now: SimTime, after last: OracleReading?
  ) -> OracleReading {
    OracleReading(price: spot, taken: now)
  }
}
