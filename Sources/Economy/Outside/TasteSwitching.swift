import Configuration
import Kernel

/// Each request has a discount of its own below which it stays at the cloud: it comes when
/// cost ≤ there (1 - d) e^(s z), with z standard normal.
struct TasteSwitching: Sendable {
  static let choice = Choice<Switching>(
    name: "taste", summary: "Each request has a price of its own at which it would switch."
  ) { .taste(TasteSwitching(reading: &$0)) }

  let discountWanted: Double
  /// Deviation of the logarithm of (1 - discount) over users.
  let spread: Double

  init(discountWanted: Double, spread: Double) {
    self.discountWanted = discountWanted
    self.spread = spread
  }

  init(reading fields: inout FieldReader) {
    discountWanted = fields.share(
      "discountWanted", "median discount below which a user stays there", default: 0.3,
      source: "assumption")
    spread = fields.number(
      "spread", "deviation of the logarithm of the price a user would switch at", in: 0...3,
      default: 0.5)
  }

  @inline(__always)
  func prefersCloud(cost: Double, there: Double, uniform: Double) -> Bool {
    let taste = Elementary.exp(spread * Elementary.normalQuantile(uniform))
    return cost > there * (1 - discountWanted) * taste
  }
}
