import Economy
import Testing

@testable import Experiments

struct PairedDifferenceTests {
  private let bootstrap = Bootstrap(seed: 1, entity: 0)

  @Test func `differences are taken replicate by replicate`() throws {
    let paired = try #require(
      PairedDifference(
        baseline: [1, 2, 3, .nan], variant: [2, 4, 3, 9], by: .student, bootstrap: bootstrap))
    #expect(paired.n == 3)
    #expect(paired.baselineMean == 2 && paired.variantMean == 3 && paired.difference == 1)
    // var(d) = 1, var(a) = var(b) = 1, cov = 0.5.
    #expect(abs(paired.correlation - 0.5) < 1e-12)
    #expect(abs(paired.varianceReduction - 0.5) < 1e-12)
    // t(0.975, 2) = 4.302653, standard error 1/√3.
    #expect(abs(paired.high - (1 + 4.302653 / 1.7320508)) < 1e-6)
    // P(|t₂| > √3) = 1 − √3/√5.
    #expect(abs(paired.pValue - (1 - (3.0 / 5).squareRoot())) < 1e-9)
  }

  @Test func `no common replicate gives no row`() {
    let paired = PairedDifference(
      baseline: [1, .nan], variant: [.nan, 2], by: .student, bootstrap: bootstrap)
    #expect(paired == nil)
  }

  @Test func `variants that do not vary have no correlation`() throws {
    let paired = try #require(
      PairedDifference(baseline: [1, 1], variant: [2, 2], by: .student, bootstrap: bootstrap))
    #expect(paired.correlation.isNaN && paired.varianceReduction.isNaN)
    #expect(paired.pValue == 0)
  }

  @Test func `shares are tested on the replicates that changed`() {
    // 10 of 20 changed, 9 of them upwards: 2 × (1 + 10) / 2¹⁰.
    let baseline = [1.0] + Array(repeating: 0, count: 19)
    let variant = [0.0] + Array(repeating: 1, count: 9) + Array(repeating: 0, count: 10)
    let table = PairedTable(baseline: baseline, variant: variant)
    #expect(abs(table.signP - 0.021484375) < 1e-12)
  }

  @Test func `uncorrelated shares add their wilson distances in squares`() {
    // Two of four hold in each, independently: φ = 0; Wilson for 2 of 4 is 0.5 ± 0.349961.
    let table = PairedTable(baseline: [1, 1, 0, 0], variant: [1, 0, 1, 0])
    let halfWidth = 0.349961 * 2.0.squareRoot()
    #expect(abs(table.newcombe.high - halfWidth) < 1e-5)
    #expect(abs(table.newcombe.low + halfWidth) < 1e-5)
  }
}
