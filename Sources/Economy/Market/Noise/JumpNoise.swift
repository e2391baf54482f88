import Configuration
import Kernel

/// A random walk with jumps (Merton 1976): σ dW and, λ times a year, a normal jump of mean m and
/// deviation δ, less the drift that all this would give the price: -σ²/2 - λ (exp(m + δ²/2) - 1).
struct JumpNoise: Sendable, Equatable {
  static let choice = Choice<Noise>(
    name: "jump", summary: "A random walk of the logarithm, and jumps.",
    source: "model-facts §5.3, HNT-like; the FIL-like law is 0.83, 11, 0 and 0.27"
  ) { fields in
    .jump(
      JumpNoise(
        annualVolatility: fields.number(
          "annualVolatility", "deviation of the log price after a year without a jump", in: 0...10,
          default: 1.14, source: "model-facts §5.3, HNT"),
        jumpsPerYear: fields.number(
          "jumpsPerYear", "jumps to be expected", unit: "1/year", in: 0...1000, default: 4.4,
          source: "model-facts §5.3, HNT"),
        jumpMean: fields.number(
          "jumpMean", "mean jump of the log price", in: -2...2, default: 0.18,
          source: "model-facts §5.3, HNT"),
        jumpDeviation: fields.number(
          "jumpDeviation", "deviation of a jump of the log price", in: 0...2, default: 0.245,
          source: "model-facts §5.3, HNT")))
  }

  let annualVolatility: Double
  let jumpsPerYear: Double
  let jumpMean: Double
  let jumpDeviation: Double

  /// The level after `days`; exact in law. The sum of n jumps is one normal draw of mean n m and
  /// deviation δ √n.
  func level(after level: Double, days: Double, using stream: inout RandomStream) -> Double {
    let years = days / Span.daysPerYear
    let walk = GBMNoise(annualVolatility: annualVolatility)
    let walked = walk.level(after: level, days: days, normal: stream.normal())
    let jump = Elementary.expm1(jumpMean + jumpDeviation * jumpDeviation / 2)
    let count = Double(Self.poisson(jumpsPerYear * years, using: &stream))
    let jumps = count * jumpMean + jumpDeviation * count.squareRoot() * stream.normal()
    return walked + jumps - jumpsPerYear * years * jump
  }

  /// A Poisson number by counting exponential gaps; at most a few thousand words for a mean of 1000.
  private static func poisson(_ mean: Double, using stream: inout RandomStream) -> Int {
    var count = 0
    var time = -Elementary.log(stream.uniform())
    while time < mean {
      count += 1
      time -= Elementary.log(stream.uniform())
    }
    return count
  }
}
