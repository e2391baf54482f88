import Configuration
import Kernel

/// The protocol buys tokens with part of its fees and shares them out.
///
/// Who sends the trade gets `executor` of the tokens; of the rest, `burn`, `hold` and `stakers` get
/// theirs: with 1 % and 70/30 these are 69.3, 29.7 and 1 of a hundred tokens.
struct BuyBack: Sendable {
  /// Part of the protocol's fees that buys [1].
  let share: Double
  let every: SimDuration
  /// Most dollars that a day allows; what is above waits [USD/day].
  let dailyCap: Double?
  let executor: Double
  let burn: Double
  let hold: Double
  let stakers: Double

  init(reading fields: inout FieldReader) {
    share = fields.share(
      "share", "part of the protocol's fees that buys tokens", default: 1,
      source: "protocols-bittensor §5: Gensyn's vault swaps its income; io.net, half of revenue (S)"
    )
    every = .days(
      fields.number(
        "everyDays", "days between two purchases", unit: "days", in: 0.01...3650, default: 7,
        source: "assumption"))
    dailyCap = fields.optionalNumber(
      "capUSDPerDay", "most dollars a day; what is above waits", unit: "USD/day", in: 0.01...1e9,
      source: "protocols-bittensor §5: a daily cap, its size unknown", example: 10_000)
    executor = fields.share(
      "executorShare", "part of the tokens for whoever sends the trade", default: 0,
      source: "protocols-bittensor §5: Gensyn 1 %")
    burn = fields.share(
      "burn", "part of the rest that is burned", default: 1,
      source: "protocols-bittensor §5: Gensyn 70 %; io.net all of it")
    hold = fields.share(
      "hold", "part of the rest that the treasury keeps", default: 0,
      source: "protocols-bittensor §5: Gensyn 30 %")
    stakers = fields.share(
      "stakers",
      "part of the rest for operators by their stake; the treasury's while nobody has any",
      default: 0, source: "assumption")
    fields.refuse(
      "shares", unlessWhole: [("burn", burn), ("hold", hold), ("stakers", stakers)])
  }

  /// Parts of what is bought: executor, burned, held, stakers.
  var parts: [Double] {
    let rest = 1 - executor
    return [executor, rest * burn, rest * hold, rest * stakers]
  }
}
