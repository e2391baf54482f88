import Configuration
import Kernel

/// Ornstein-Uhlenbeck around 0: du = -θ u dt + σ dW.
struct OUNoise: Sendable, Equatable {
  static let choice = Choice<Noise>(
    name: "ou", summary: "A mean-reverting logarithm.", source: "model-facts §5.3, MeshNet"
  ) { fields in
    .ou(
      OUNoise(
        reversionPerYear: fields.number(
          "reversionPerYear", "speed of return", unit: "1/year", in: 0...1000, default: 3.52,
          source: "model-facts §5.3"),
        dailyDeviation: fields.number(
          "dailyDeviation", "deviation of a day's change", in: 0...2, default: 0.0544,
          source: "model-facts §5.3")))
  }

  let reversionPerYear: Double
  let dailyDeviation: Double

  /// The level after `days`, from the level before and a standard normal draw; exact in law.
  func level(after level: Double, days: Double, normal: Double) -> Double {
    let rate = reversionPerYear / Span.daysPerYear
    let kept = Elementary.exp(-rate * days)
    let variance =
      rate > 0
      ? dailyDeviation * dailyDeviation * (1 - kept * kept) / (2 * rate)
      : dailyDeviation * dailyDeviation * days
    return level * kept + variance.squareRoot() * normal
  }
}
