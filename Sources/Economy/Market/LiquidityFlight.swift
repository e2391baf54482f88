import Configuration
import Kernel

/// Liquidity providers who leave when the price falls or swings, and come back slowly.
///
/// At each market step they want to have left in the market
///
///     s = 1 - fallResponse × max(0, ln(mean ÷ P)) - swingResponse × max(0, σ ÷ calm - 1),
///
/// no less than `least` and no more than 1: the mean is an exponentially weighted one of the price,
/// σ the like deviation of a day's change of its logarithm, both over `windowDays`. What is above s
/// leaves at once, both sides alike, so that the price stays; below it they bring back
/// `returnPerDay` of the gap, as far as they have both sides.
struct LiquidityFlight: Sendable, Equatable {
  let fallResponse: Double
  let swingResponse: Double
  let calm: Double
  let windowDays: Double
  let least: Double
  let returnPerDay: Double

  init(reading fields: inout FieldReader) {
    fallResponse = fields.number(
      "fallResponse", "share that leaves per unit by which the log price is below its mean",
      in: 0...100, default: 1, source: "assumption")
    swingResponse = fields.number(
      "swingResponse", "share that leaves when the volatility is twice the calm one", in: 0...100,
      default: 0.25, source: "assumption")
    calm = fields.number(
      "calmDailyVolatility", "deviation of a day's change of the log price that drives nobody away",
      in: 1e-6...2, default: 0.069, source: "model-facts §5.3, FIL: 1.32 ÷ √365")
    windowDays = fields.number(
      "windowDays", "memory of the mean and of the volatility", unit: "days", in: 0.01...3650,
      default: 14, source: "assumption")
    least = fields.number(
      "leastShare", "share that always stays", in: 0.001...1, default: 0.1, source: "assumption")
    returnPerDay = fields.number(
      "returnPerDay", "share of the gap that comes back", unit: "1/day", in: 0...1000,
      default: 0.05, source: "assumption")
  }

  /// What providers remember of the price.
  struct Memory: Sendable, Equatable {
    /// State: share of the liquidity that is in the market.
    var stays = 1.0
    /// State: mean of the log price, and variance of a day's change; nil before the first look.
    fileprivate var mean: Double?
    fileprivate var variance = 0.0
    fileprivate var last = 0.0
  }

  /// The share of the liquidity that providers move to, from what they remember and a new price.
  func share(after memory: inout Memory, price: Double, days: Double) -> Double {
    guard price > 0 else { return min(memory.stays, least) }
    let level = Elementary.log(price)
    guard let mean = memory.mean else {
      memory.mean = level
      memory.last = level
      // Before the first look the price is taken to have been calm.
      memory.variance = calm * calm
      return memory.stays
    }
    let weight = -Elementary.expm1(-days / windowDays)
    let change = level - memory.last
    memory.variance += weight * (change * change / days - memory.variance)
    memory.last = level
    let fall = max(0, mean - level)
    memory.mean = mean + weight * (level - mean)
    let swing = max(0, memory.variance.squareRoot() / calm - 1)
    let wanted = min(max(1 - fallResponse * fall - swingResponse * swing, least), 1)
    if wanted <= memory.stays { return wanted }
    return memory.stays - Elementary.expm1(-returnPerDay * days) * (wanted - memory.stays)
  }
}
