import Kernel
import TestSupport
import Testing

/// A distribution, and where it has one the continuous distribution function to hold it against.
struct Law: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let distribution: Distribution
  var cdf: (@Sendable (Double) -> Double)?

  /// One sample each from the streams of entities 0, 1, …
  func samples(_ count: Int) -> [Double] {
    let luck = Luck(seed: 2024, replicate: 1)
    return (0..<UInt64(count)).map { entity in
      var stream = luck.stream(Purpose(rawValue: 7), entity: entity)
      return distribution.sample(using: &stream)
    }
  }

  static let all: [Law] = [
    Law(
      testDescription: "exponential", distribution: .exponential(Exponential(mean: 20)),
      cdf: { -Elementary.expm1(-$0 / 20) }),
    Law(
      testDescription: "Weibull of early failures",
      distribution: .weibull(Weibull(shape: 0.7, scale: 3)),
      cdf: { -Elementary.expm1(-Elementary.pow($0 / 3, 0.7)) }),
    Law(
      testDescription: "Weibull of wear-out", distribution: .weibull(Weibull(shape: 3, mean: 10)),
      cdf: { x in
        let scale = 10 / Elementary.gamma(4.0 / 3)
        return -Elementary.expm1(-Elementary.pow(x / scale, 3))
      }),
    Law(
      testDescription: "lognormal",
      distribution: .lognormal(Lognormal(median: 2, sigma: 0.5)),
      cdf: { Elementary.normalCDF(Elementary.log($0 / 2) / 0.5) }),
    Law(
      testDescription: "normal", distribution: .normal(Normal(mean: -3, deviation: 2)),
      cdf: { Elementary.normalCDF(($0 + 3) / 2) }),
    Law(
      testDescription: "gamma of shape 3", distribution: .gamma(Gamma(shape: 3, scale: 2)),
      cdf: { x in
        let y = x / 2
        return 1 - Elementary.exp(-y) * (1 + y + 0.5 * y * y)
      }),
    Law(
      testDescription: "gamma of shape one half", distribution: .gamma(Gamma(shape: 0.5, scale: 1)),
      cdf: { 1 - Elementary.erfc($0.squareRoot()) }),
    Law(
      testDescription: "uniform", distribution: .uniform(Uniform(lower: -1, upper: 4)),
      cdf: { ($0 + 1) / 5 }),
    Law(
      testDescription: "empirical, interpolated",
      distribution: .empirical(Empirical(sorted: [0, 1, 5])),
      cdf: { $0 < 1 ? $0 / 2 : 0.5 + ($0 - 1) / 8 }),
    Law(
      testDescription: "mixture",
      distribution: .mixture(
        Mixture(
          weights: [3, 1],
          components: [
            .exponential(Exponential(mean: 1)), .uniform(Uniform(lower: 10, upper: 12)),
          ])),
      cdf: { -0.75 * Elementary.expm1(-$0) + 0.25 * min(max(($0 - 10) / 2, 0), 1) }),
    Law(
      testDescription: "discrete",
      distribution: .discrete(Discrete(values: [1, 2, 8], weights: [5, 3, 2]))),
    Law(
      testDescription: "empirical, step",
      distribution: .empirical(Empirical(sorted: [0, 1, 1, 5], form: .step))),
  ]
}

struct DistributionTests {
  private func checkMoments(_ law: Law, _ count: Int) {
    let samples = law.samples(count)
    let (mean, variance) = (law.distribution.mean, law.distribution.variance)
    let squares = samples.map { ($0 - mean) * ($0 - mean) }
    let size = Double(count)
    // Standard error of a mean: deviation / √n. 4 of them happen by chance once in 16,000.
    let meanOfSamples = samples.reduce(0, +) / size
    #expect(abs(meanOfSamples - mean) < 4 * (variance / size).squareRoot())
    // The variance is the mean of the squares, and their own spread gives its standard error.
    let meanOfSquares = squares.reduce(0, +) / size
    let spread = squares.reduce(0) { $0 + ($1 - meanOfSquares) * ($1 - meanOfSquares) } / size
    #expect(abs(meanOfSquares - variance) < 4 * (spread / size).squareRoot())
  }

  private func checkShape(_ law: Law, _ count: Int) throws {
    let cdf = try #require(law.cdf)
    var largest = 0.0
    for (rank, sample) in law.samples(count).sorted().enumerated() {
      let share = cdf(sample)
      let below = share - Double(rank) / Double(count)
      let above = Double(rank + 1) / Double(count) - share
      largest = max(largest, below, above)
    }
    // Kolmogorov: √n D exceeds 1.95 with probability 2 e^(−2 · 1.95²) = 0.001.
    #expect(largest * Double(count).squareRoot() < 1.95)
  }

  @Test(arguments: Law.all) func `samples have the stated mean and variance`(law: Law) {
    checkMoments(law, 5000)
  }

  @Test(arguments: Law.all.filter { $0.cdf != nil })
  func `samples follow the distribution function`(law: Law) throws {
    try checkShape(law, 5000)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn), arguments: Law.all)
  func `a million samples have the stated mean and variance`(law: Law) {
    checkMoments(law, 1_000_000)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn), arguments: Law.all.filter { $0.cdf != nil })
  func `a million samples follow the distribution function`(law: Law) throws {
    try checkShape(law, 1_000_000)
  }

  @Test func `values of a discrete distribution come by weight`() {
    let law = Discrete(values: [10, 20, 30, 40], weights: [4, 0, 1, 5])
    let luck = Luck(seed: 8, replicate: 0)
    var counts = [0.0, 0, 0, 0]
    for entity in 0..<5000 as Range<UInt64> {
      var stream = luck.stream(Purpose(rawValue: 1), entity: entity)
      counts[law.sampleIndex(using: &stream)] += 1
    }
    let expected = law.probabilities.map { $0 * 5000 }
    let statistic = [0, 2, 3].reduce(0) { sum, index in
      let away = counts[index] - expected[index]
      return sum + away * away / expected[index]
    }
    #expect(counts[1] == 0)
    // The 99.9 % point of chi-square with 2 degrees of freedom.
    #expect(statistic < 13.82)
  }

  @Test func `moments are those of the textbook`() {
    #expect(Fixed(3).mean == 3 && Fixed(3).variance == 0)
    #expect(Uniform(lower: 1, upper: 7).mean == 4 && Uniform(lower: 1, upper: 7).variance == 3)
    #expect(Gamma(shape: 3, scale: 2).mean == 6 && Gamma(shape: 3, scale: 2).variance == 12)
    #expect(Exponential(mean: 4).variance == 16)
    #expect(abs(Weibull(shape: 1, scale: 4).mean - 4) < 1e-13)
    #expect(abs(Weibull(shape: 1, scale: 4).variance - 16) < 1e-11)
    #expect(abs(Weibull(shape: 0.5, mean: 4).mean - 4) < 1e-13)
    #expect(Discrete(values: [1, 5], weights: [3, 1]).mean == 2)
    #expect(Discrete(values: [1, 5], weights: [3, 1]).variance == 3)
    #expect(Empirical(sorted: [1, 2, 6], form: .step).mean == 3)
    #expect(Empirical(sorted: [0, 12]).variance == 12)
    #expect(abs(Lognormal(mu: 0, sigma: 1).mean - 1.6487212707001282) < 1e-15)
  }

  @Test func `inversion keeps the order of luck`() {
    // Two scales of one law see the same uniform number, so their samples are in proportion.
    let luck = Luck(seed: 1, replicate: 0)
    for entity in 0..<100 as Range<UInt64> {
      var first = luck.stream(Purpose(rawValue: 1), entity: entity)
      var second = first
      var third = first
      let uniform = third.uniform()
      let short = Weibull(shape: 2, scale: 1).sample(using: &first)
      let long = Weibull(shape: 2, scale: 8).sample(using: &second)
      #expect(long == 8 * short)
      #expect((short < Elementary.log(2).squareRoot()) == (uniform < 0.5))
    }
  }

  @Test func `quantiles of observations meet the extremes`() {
    let law = Empirical(sorted: [2, 4, 10])
    #expect([0, 0.25, 0.5, 0.75, 1].map(law.quantile) == [2, 3, 4, 7, 10])
    let steps = Empirical(sorted: [2, 4, 10], form: .step)
    #expect([0, 0.3, 0.5, 0.7, 1].map(steps.quantile) == [2, 2, 4, 10, 10])
    #expect(Empirical(sorted: [3]).quantile(0.9) == 3)
  }
}
