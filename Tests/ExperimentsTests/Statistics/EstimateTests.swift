import Economy
import Testing

@testable import Experiments

struct EstimateTests {
  private let bootstrap = Bootstrap(seed: 1, entity: 0)

  @Test func `logs give the geometric mean and say so`() {
    let estimate = Estimate([1, 10, 100], by: .studentOfLogs, bootstrap: bootstrap)
    #expect(abs(estimate.mean - 10) < 1e-12)
    #expect(estimate.method == "student of logs (geometric mean)")
    #expect(abs(estimate.low * estimate.high - 100) < 1e-9)
    #expect(estimate.median == 10)
  }

  @Test func `a value at zero has no logarithm`() {
    let estimate = Estimate([0, 1, 2], by: .studentOfLogs, bootstrap: bootstrap)
    #expect(estimate.mean == 1)
    #expect(estimate.method == "student (a value is not above 0)")
  }

  @Test func `only defined replicates count`() {
    let estimate = Estimate([2, .nan, 4], by: .student, bootstrap: bootstrap)
    #expect(estimate.n == 2)
    #expect(estimate.mean == 3)
  }

  @Test func `one replicate has a mean and no interval`() {
    let estimate = Estimate([2], by: .bootstrap, bootstrap: bootstrap)
    #expect(estimate.mean == 2 && estimate.n == 1)
    #expect(estimate.low.isNaN && estimate.high.isNaN && estimate.sd.isNaN)
  }
}
