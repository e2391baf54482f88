import Kernel
import Scenarios
import Testing

@testable import Economy
@testable import Experiments

struct AssertionMonitorTests {
  /// What a claim comes to over rows of active nodes and utilisation, one a day from day 0.
  private func outcome(
    _ claim: Assertion.Claim, nodes: [Double], utilisation: [Double] = [], after: Double = 0,
    before: Double? = nil
  ) -> AssertionMonitor.Outcome {
    var monitor = AssertionMonitor(
      Assertion(name: "a", claim: claim, after: after, before: before))
    for day in nodes.indices {
      var values = [Double](repeating: .nan, count: Measure.all.count)
      values[Toy.nodes] = nodes[day]
      if day < utilisation.count, let column = Measure.index(of: "utilisation") {
        values[column] = utilisation[day]
      }
      monitor.note([SeriesRow(time: .days(Double(day)), values: values)])
    }
    return monitor.outcome
  }

  private let enough = Assertion.Condition("active_nodes", .atLeast, 10)
  private let few = Assertion.Condition("active_nodes", .below, 5)
  private let busy = Assertion.Condition("utilisation", .above, 0.5)

  @Test func `always holds where every row does`() {
    #expect(outcome(.always(enough), nodes: [10, 11, 12]) == .held)
    #expect(outcome(.always(enough), nodes: [10, 9, 8]) == .broken(day: 1, value: 9))
  }

  @Test func `rows without a value tell nothing`() {
    #expect(outcome(.always(enough), nodes: [.nan, 11]) == .held)
    #expect(outcome(.always(enough), nodes: [.nan, .nan]) == .unmeasured)
    #expect(outcome(.eventually(enough), nodes: [.nan]) == .unmeasured)
  }

  @Test func `only the days asked for are looked at`() {
    #expect(outcome(.always(enough), nodes: [1, 10, 10, 1], after: 1, before: 2) == .held)
    #expect(outcome(.always(enough), nodes: [1, 10, 10, 1], after: 1) == .broken(day: 3, value: 1))
    #expect(outcome(.always(enough), nodes: [1, 10], after: 2) == .unmeasured)
  }

  @Test func `eventually needs one row`() {
    #expect(outcome(.eventually(enough), nodes: [1, 10, 1]) == .held)
    #expect(outcome(.eventually(enough), nodes: [1, 2]).isBroken)
  }

  @Test func `within counts from the first day looked at`() {
    let claim = Assertion.Claim.within(days: 2, enough, whenever: nil)
    #expect(outcome(claim, nodes: [1, 2, 10, 1]) == .held)
    #expect(outcome(claim, nodes: [1, 2, 3, 10]) == .broken(day: 2, value: 3))
    #expect(outcome(claim, nodes: [10, 1, 1, 10], after: 1) == .held)
    #expect(outcome(claim, nodes: [1, 2]) == .unmeasured)
  }

  @Test func `within counts anew from every trigger`() {
    let claim = Assertion.Claim.within(days: 2, enough, whenever: few)
    #expect(outcome(claim, nodes: [7, 4, 6, 10, 4, 10]) == .held)
    #expect(outcome(claim, nodes: [7, 4, 10, 4, 4, 4, 10]) == .broken(day: 5, value: 4))
    // A time that is not up on the last day says nothing; one before it did.
    #expect(outcome(claim, nodes: [7, 7, 4, 4]) == .unmeasured)
    #expect(outcome(claim, nodes: [7, 4, 10, 4]) == .held)
    // Rows without a value do not stop the clock.
    #expect(outcome(claim, nodes: [4, .nan, .nan, 10]).isBroken)
    #expect(outcome(claim, nodes: [7, 7]) == .held)
  }

  @Test func `until holds up to the event, which must come`() {
    let claim = Assertion.Claim.until(enough, event: busy)
    #expect(outcome(claim, nodes: [10, 10, 1], utilisation: [0, 0, 0.6]) == .held)
    #expect(
      outcome(claim, nodes: [10, 1, 1], utilisation: [0, 0, 0.6]) == .broken(day: 1, value: 1))
    #expect(outcome(claim, nodes: [10, 10], utilisation: [0, 0]).isBroken)
  }

  @Test(arguments: [
    (Assertion.Condition.Relation.atLeast, [false, true, true]), (.atMost, [true, true, false]),
    (.above, [false, false, true]), (.below, [true, false, false]),
  ])
  func `a condition compares as its sign says`(
    relation: Assertion.Condition.Relation, expected: [Bool]
  ) {
    let condition = Assertion.Condition("active_nodes", relation, 2)
    #expect([1, 2, 3].map(condition.holds) == expected)
  }

  @Test(arguments: [
    (20, 20, 1.0, AssertionResult.Verdict.passed), (19, 20, 1.0, .failed),
    // Wilson: 18 of 20 lies in [0.699, 0.972], 20 of 20 above 0.839.
    (18, 20, 0.69, .passed), (18, 20, 0.8, .notShown), (18, 20, 0.98, .failed),
    (20, 20, 0.8, .passed), (0, 0, 0.5, .notShown), (0, 0, 1, .notShown), (1, 1, 0.5, .notShown),
  ])
  func `a share is reached, missed or not shown`(
    held: Int, judged: Int, share: Double, verdict: AssertionResult.Verdict
  ) {
    let assertion = Assertion(name: "a", claim: .always(enough), share: share)
    let outcomes = (0..<judged).map { index in
      (index + 1, index < held ? AssertionMonitor.Outcome.held : .broken(day: 3, value: 1))
    }
    let result = AssertionResult(assertion, variant: "base", outcomes + [(21, .unmeasured)])
    #expect(result.verdict == verdict)
    #expect(result.judged == judged && result.held == held)
    let breach = AssertionResult.Breach(replicate: held + 1, day: 3, value: 1)
    #expect(result.breach == (held < judged ? breach : nil))
  }
}

extension AssertionMonitor.Outcome {
  fileprivate var isBroken: Bool {
    if case .broken = self { true } else { false }
  }
}
