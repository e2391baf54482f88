import Kernel
import TestSupport
import Testing

@testable import Experiments

struct ConfidenceIntervalTests {
  @Test func `student's interval agrees with the table of t`() {
    let interval = ConfidenceInterval.student(Sample([1, 2, 3, 4, 5]))
    // t(0.975, 4) = 2.776445, s = √2.5, so the half-width is 2.776445 × √(2.5 / 5).
    #expect(abs(interval.high - (3 + 1.963243)) < 1e-6)
    #expect(abs(interval.low - (3 - 1.963243)) < 1e-6)
  }

  @Test func `one value has no interval`() {
    #expect(ConfidenceInterval.student(Sample([1])).low.isNaN)
    #expect(ConfidenceInterval.wilson(successes: 1, of: 1).low.isNaN)
    #expect(Bootstrap(seed: 1, entity: 1).interval(Sample([1])).low.isNaN)
  }

  @Test(arguments: [(0, 10, 0.0, 0.277533), (5, 10, 0.236593, 0.763407), (10, 10, 0.722467, 1)])
  func `wilson's interval agrees with its formula by hand`(
    successes: Int, count: Int, low: Double, high: Double
  ) {
    let interval = ConfidenceInterval.wilson(successes: successes, of: count)
    #expect(abs(interval.low - low) < 1e-6)
    #expect(abs(interval.high - high) < 1e-6)
  }

  @Test(arguments: [0.05, 0.3, 0.5]) func `wilson covers a share about as often as it says`(
    share: Double
  ) {
    // Exact coverage: the binomial probability of all counts whose interval holds the share.
    let count = 40
    var probability = Elementary.pow(1 - share, Double(count))
    var coverage = 0.0
    for successes in 0...count {
      let interval = ConfidenceInterval.wilson(successes: successes, of: count)
      if interval.low <= share && share <= interval.high { coverage += probability }
      probability *= Double(count - successes) / Double(successes + 1) * share / (1 - share)
    }
    // Coverage oscillates with the share; Brown, Cai and DasGupta (2001) show 0.92 to 0.98 here.
    #expect((0.92...0.98).contains(coverage))
  }

  @Test func `student covers the mean of normal samples as often as it says`() {
    let hits = (0..<1_000).count { index in
      let interval = ConfidenceInterval.student(Sample(normals(10, index)))
      return interval.low <= 5 && 5 <= interval.high
    }
    // 3.3 standard errors of a share of 0.95 in 1,000: 3.3 × √(0.95 × 0.05 / 1,000) = 0.023.
    #expect(abs(Double(hits) / 1_000 - 0.95) < 0.023)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `the bootstrap covers the mean of skewed samples nearly as often as it says`() {
    let trials = 1_000
    let hits = (0..<trials).count { index in
      let sample = Sample(normals(30, index).map { Elementary.exp(($0 - 5) / 2) })
      let interval = Bootstrap(seed: 9, entity: UInt64(index)).interval(sample)
      let mean = Elementary.exp(0.125)
      return interval.low <= mean && mean <= interval.high
    }
    // BCa is second-order accurate; for lognormals of σ = 0.5 and n = 30 it loses about 2 points.
    // With 3.3 standard errors of 1,000 trials (0.023): between 0.905 and 0.973.
    #expect((0.905...0.973).contains(Double(hits) / Double(trials)))
  }

  /// Normal values of mean 5 and deviation 1.
  private func normals(_ count: Int, _ sample: Int) -> [Double] {
    (0..<count).map { index in
      var stream = Luck(seed: 7, replicate: 1)
        .stream(Purpose(rawValue: 9), entity: UInt64(sample), index: UInt32(index))
      return 5 + Elementary.normalQuantile(stream.uniform())
    }
  }
}
