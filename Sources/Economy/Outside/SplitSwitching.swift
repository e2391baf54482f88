import Configuration
import Kernel

/// Hybrid users keep part of their work at the cloud: of what may move, the network gets the logit
/// share 1 / (1 + (cost / (there (1 - d)))^k).
struct SplitSwitching: Sendable {
  static let choice = Choice<Switching>(
    name: "split",
    summary: "Hybrid users split their work between network and cloud by relative cost (logit)."
  ) { .split(SplitSwitching(reading: &$0)) }

  /// Share of the work that may leave the cloud at all [1].
  let movableShare: Double
  let discountWanted: Double
  let exponent: Double

  init(reading fields: inout FieldReader) {
    movableShare = fields.share(
      "movableShare", "share of the work that may leave the cloud at all", default: 1,
      source: "assumption")
    discountWanted = fields.share(
      "discountWanted", "discount at which half of it does", default: 0.3, source: "assumption")
    exponent = fields.number(
      "exponent", "how sharply the split follows relative cost", in: 0...100, default: 4,
      source: "assumption")
  }

  /// Share of the work that the network gets [1].
  func networkShare(cost: Double, there: Double) -> Double {
    let level = there * (1 - discountWanted)
    guard level > 0 else { return 0 }
    return movableShare / (1 + Elementary.pow(max(cost, 0) / level, exponent))
  }
}
