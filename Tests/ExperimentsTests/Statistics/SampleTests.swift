import Testing

@testable import Experiments

struct SampleTests {
  @Test func `undefined values are left out`() {
    let sample = Sample([1, .nan, 3, .infinity])
    #expect(sample.count == 2)
    #expect(sample.mean == 2)
    #expect(sample.variance == 2)
  }

  @Test func `quantiles lie between order statistics`() {
    // h = (n − 1)p: 3 × 0.5 = 1.5 between the second and the third value.
    #expect(Sample([40, 10, 30, 20]).quantiles(0, 0.5, 0.95, 1) == [10, 25, 38.5, 40])
  }

  @Test func `an empty sample has no number`() {
    let sample = Sample([.nan])
    #expect(sample.mean.isNaN && sample.deviation.isNaN && sample.quantiles(0.5)[0].isNaN)
  }
}
