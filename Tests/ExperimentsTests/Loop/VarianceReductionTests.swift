import Economy
import Kernel
import Scenarios
import Testing

@testable import Experiments

/// What common luck is worth: differences between two mechanisms vary less when both meet the
/// same luck.
struct VarianceReductionTests {
  /// Pairs whose correlation r would lie beyond the bound by chance once in two thousand.
  ///
  /// t = r √((n − 2) ÷ (1 − r²)) is Student's with n − 2 degrees of freedom where there is no
  /// correlation, so that r² = t² ÷ (t² + n − 2) at the bound.
  private func bound(pairs: Int) -> Double {
    let degrees = Double(pairs - 2)
    let t = StudentT.quantile(0.9995, degrees: degrees)
    return t / (t * t + degrees).squareRoot()
  }

  /// Twelve replicates of both mechanisms over forty days: pairs of the same replicate against
  /// pairs of neighbours, which share no draw.
  @Test func `differences under common luck vary less than differences between strangers`()
    async throws
  {
    let scenario = try shippedScenario("Checks/loop", setting: ["horizonDays=40"])
    let run = try await Replicated(scenario, RunOptions(replicates: 12))
    let bound = bound(pairs: 12)
    let names = ["provider_income_usd", "token_price_usd", "demand_gpu_hours", "active_nodes"]
    for name in names {
      let left = run.values(name)
      let right = run.values(name, in: 1)
      let common = try difference(left, right)
      let strange = try difference(left, Array(right.dropFirst() + right.prefix(1)))
      #expect(common.correlation > bound, "\(name)")
      #expect(abs(strange.correlation) < bound, "\(name)")
      // A correlation above 0.82 takes away four fifths of the variance of the difference where
      // the two vary alike, and so more than half of the width of its interval; half of the
      // width is what every measure here must save at least.
      #expect(common.high - common.low < (strange.high - strange.low) / 2, "\(name)")
      #expect(common.varianceReduction > 0.75, "\(name)")
    }
  }

  private func difference(_ left: [Double], _ right: [Double]) throws -> PairedDifference {
    try #require(
      PairedDifference(
        baseline: left, variant: right, by: .student, bootstrap: Bootstrap(seed: 1, entity: 0)))
  }
}
