import Configuration
import Kernel

/// Luck of the price: a logarithmic level u that the market rule multiplies in as exp(u).
enum Noise: Sendable, Equatable {
  /// Geometric Brownian motion without drift of the price.
  case gbm(annualVolatility: Double)
  /// Ornstein-Uhlenbeck around 0.
  case ou(reversionPerYear: Double, dailyDeviation: Double)

  static let choices: [Choice<Noise>] = [
    Choice(
      name: "gbm", summary: "A random walk of the logarithm.", source: "model-facts §5.3"
    ) { fields in
      .gbm(
        annualVolatility: fields.number(
          "annualVolatility", "deviation of the log price after a year", in: 0...10, default: 1.32,
          source: "model-facts §5.3, FIL"))
    },
    Choice(
      name: "ou", summary: "A mean-reverting logarithm.", source: "model-facts §5.3, MeshNet"
    ) { fields in
      .ou(
        reversionPerYear: fields.number(
          "reversionPerYear", "speed of return", unit: "1/year", in: 0...1000, default: 3.52,
          source: "model-facts §5.3"),
        dailyDeviation: fields.number(
          "dailyDeviation", "deviation of a day's change", in: 0...2, default: 0.0544,
          source: "model-facts §5.3"))
    },
  ]

  /// The level after `days`, from the level before and a standard normal draw; exact in law.
  func level(after level: Double, days: Double, normal: Double) -> Double {
    switch self {
    case .gbm(let volatility):
      let deviation = volatility * (days / Span.daysPerYear).squareRoot()
      return level + deviation * normal - deviation * deviation / 2
    case .ou(let reversion, let daily):
      let rate = reversion / Span.daysPerYear
      let kept = Elementary.exp(-rate * days)
      let variance =
        rate > 0 ? daily * daily * (1 - kept * kept) / (2 * rate) : daily * daily * days
      return level * kept + variance.squareRoot() * normal
    }
  }
}
