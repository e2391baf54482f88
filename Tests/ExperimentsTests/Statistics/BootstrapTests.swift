import Testing

@testable import Experiments

struct BootstrapTests {
  private let skewed = Sample([1, 1, 1, 2, 2, 3, 4, 9])

  @Test func `equal values give a point`() {
    let interval = Bootstrap(seed: 1, entity: 0).interval(Sample([4, 4, 4]))
    #expect(interval == ConfidenceInterval(low: 4, high: 4))
  }

  /// 10⁻³⁰⁰ is about 2⁻⁹⁹⁷: the cube of a deviation would be 0, and 10¹⁵⁰'s infinite.
  @Test(arguments: [0x1p-990, 0x1p500]) func `values of any size have the same interval`(
    unit: Double
  ) {
    let bootstrap = Bootstrap(seed: 1, entity: 5)
    let (plain, scaled) = (
      bootstrap.interval(skewed), bootstrap.interval(Sample(skewed.values.map { $0 * unit }))
    )
    #expect(scaled.low == plain.low * unit && scaled.high == plain.high * unit)
    let infinite = bootstrap.interval(Sample([1, .infinity]))
    #expect(infinite.low.isNaN && infinite.high.isNaN)
  }

  @Test func `the same seed gives the same interval and another gives another`() {
    let interval = Bootstrap(seed: 1, entity: 5).interval(skewed)
    #expect(interval == Bootstrap(seed: 1, entity: 5).interval(skewed))
    #expect(interval != Bootstrap(seed: 2, entity: 5).interval(skewed))
  }

  @Test func `the interval leans towards the long tail`() {
    let interval = Bootstrap(seed: 1, entity: 5).interval(skewed)
    let mean = skewed.mean
    #expect(interval.low < mean && mean < interval.high)
    #expect(interval.high - mean > mean - interval.low)
  }

  @Test func `a symmetric sample gives about the normal interval`() {
    let values = (0..<40).map { Double($0) }
    let interval = Bootstrap(seed: 3, entity: 5).interval(Sample(values))
    // σ̂ = √((n² − 1) / 12) = 11.543, so 1.96 σ̂ / √n = 3.577. An end of 2,000 resamples has a
    // standard error of √(0.025 × 0.975 / 2,000) / φ(1.96) = 0.06 deviations of the mean, 0.11.
    #expect(abs(interval.low - (19.5 - 3.577)) < 0.4)
    #expect(abs(interval.high - (19.5 + 3.577)) < 0.4)
  }
}
