import Economy
import Testing

@testable import Experiments
@testable import Scenarios

struct ResultRowsTests {
  private func result(_ levels: [Double], replicates: Int = 8) async throws -> ExperimentResult {
    try await Experiment.toy(.toy(levels.map { .toy($0) }, replicates: replicates))
      .run(into: MemorySink(), watch: Watch())
  }

  @Test func `grades become shares with wilson's interval`() async throws {
    let rows = try await result([1]).summaryRows()
    let grades = rows.filter { $0.metric.grade != nil }
    #expect(
      grades.map(\.metric.name) == [
        "spiral_grade_stressed_share", "spiral_grade_spiral_share",
        "spiral_grade_confirmed_share", "spiral_grade_dead_share",
      ])
    #expect(grades[0].estimate.mean == grades[1].estimate.mean)
    #expect(grades[2].estimate.mean == 0 && grades[2].estimate.method == "wilson")
  }

  @Test func `a further variant changes no row of the others`() async throws {
    let alone = try await result([1]).summaryRows().map(\.estimate.low.bitPattern)
    let both = try await result([1, 2]).summaryRows().map(\.estimate.low.bitPattern)
    #expect(alone == Array(both.prefix(alone.count)))
  }

  @Test func `a variant is compared with its own baseline`() {
    var variants = [1, 2, 5].map { Variant.toy($0) }
    variants[2].baseline = 1
    let plan = Plan.toy(variants)
    let outcomes = plan.units.map { unit in
      let toy = Toy(plan.variants[unit.variant], unit.replicate, plan.horizon)
      return ReplicateOutcome(
        summary: toy.summary(), events: EventTally(total: 0, stale: 0, kinds: []), warnings: [])
    }
    let rows = ExperimentResult(plan: plan, outcomes: outcomes).comparisonRows()
    #expect(
      rows.filter { $0.metric.name == "active_nodes" }
        .map { "\($0.variant) - \($0.baseline) = \($0.paired.difference)" }
        == ["2.0 - 1.0 = 1.0", "5.0 - 2.0 = 3.0"])
  }

  @Test func `common luck shows in the comparison`() async throws {
    let rows = try await result([1, 2]).comparisonRows()
    let price = try #require(rows.first { $0.metric.name == "token_price_usd" })
    // Prices are 1 + u and 2 (1 + u): correlated perfectly, var(d) = var(a), var(b) = 4 var(a).
    #expect(abs(price.paired.correlation - 1) < 1e-12)
    #expect(abs(price.paired.varianceReduction - 0.8) < 1e-12)
    #expect(price.verdict == .higher)
    #expect(!rows.contains { $0.metric.name == "utilisation" })
  }

  @Test func `one replicate is warned about`() async throws {
    let result = try await result([1], replicates: 1)
    #expect(
      result.warnings(of: result.summaryRows())
        == ["one replicate has no interval; ask for more with --replicates"])
  }

  @Test func `a mean over some replicates is called conditional`() {
    let estimate = Estimate(
      [1, 2, .nan], by: .student, bootstrap: Bootstrap(seed: 1, entity: 0))
    let row = SummaryRow(variant: "thin", metric: Metric.all[0], estimate: estimate)
    #expect(
      row.warning(asked: 3)
        == "thin: token_price_usd: 2 of 3 replicates have a value; the mean is conditional on "
        + "having one")
  }
}
