import Configuration
import Kernel

/// Geometric Brownian motion without drift of the price: du = -σ²/2 dt + σ dW.
struct GBMNoise: Sendable, Equatable {
  static let choice = Choice<Noise>(
    name: "gbm", summary: "A random walk of the logarithm.", source: "model-facts §5.3"
  ) { fields in
    .gbm(
      GBMNoise(
        annualVolatility: fields.number(
          "annualVolatility", "deviation of the log price after a year", in: 0...10, default: 1.32,
          source: "model-facts §5.3, FIL")))
  }

  let annualVolatility: Double

  /// The level after `days`, from the level before and a standard normal draw; exact in law.
  func level(after level: Double, days: Double, normal: Double) -> Double {
    let deviation = annualVolatility * (days / Span.daysPerYear).squareRoot()
    return level + deviation * normal - deviation * deviation / 2
  }
}
