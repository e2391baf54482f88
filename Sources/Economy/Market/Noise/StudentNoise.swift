import Configuration
import Kernel

/// Changes with fat tails: each step moves the logarithm by a Student-t number of ν degrees of freedom,
/// scaled so that its variance is σ² of the step, σ² days ÷ 365.
///
/// The mean of the log price stays; that of the price does not exist under this law. Sums of such
/// changes are less fat-tailed than each, so the law belongs to its step: daily with the default
/// `marketEveryHours`. One step moves the price tenfold at most.
struct StudentNoise: Sendable, Equatable {
  static let choice = Choice<Noise>(
    name: "student", summary: "Steps of the logarithm with fat tails (Student's t).",
    source: "model-facts §5.3, HNT; FIL has 1.32 and 2.5"
  ) { fields in
    .student(
      StudentNoise(
        annualVolatility: fields.number(
          "annualVolatility", "deviation of the log price after a year", in: 0...10, default: 1.47,
          source: "model-facts §5.3, HNT 2020-23"),
        degreesOfFreedom: fields.number(
          "degreesOfFreedom", "the fewer, the fatter the tails", unit: "degrees", in: 2.01...1000,
          default: 3.8, source: "model-facts §5.3, HNT")))
  }

  let annualVolatility: Double
  let degreesOfFreedom: Double

  /// ln 10.
  private static let largestStep = 2.302_585_092_994_046

  /// The level after a step of `days`.
  func level(after level: Double, days: Double, using stream: inout RandomStream) -> Double {
    let normal = stream.normal()
    // T = Z ÷ √(χ²/ν), and χ² of ν degrees is gamma of shape ν/2 and scale 2.
    let square = Gamma(shape: degreesOfFreedom / 2, scale: 2).sample(using: &stream)
    let t = normal / (square / degreesOfFreedom).squareRoot()
    let spread = ((degreesOfFreedom - 2) / degreesOfFreedom).squareRoot()
    let change = annualVolatility * (days / Span.daysPerYear).squareRoot() * spread * t
    return level + min(max(change, -Self.largestStep), Self.largestStep)
  }
}
