import Kernel
import Testing

@testable import Experiments
@testable import Scenarios

struct FitTests {
  private static let key = Fit.Key(path: "level", lowest: 0.1, highest: 10)

  /// Observations of 2.5 on days 1 and 2, and of 9 on day 3, which is held out.
  private static func plan(
    _ keys: [Fit.Key] = [key], distance: Fit.Distance = .squares, measure: String = "active_nodes"
  ) -> Plan {
    var variant = Variant.toy(1)
    variant.fit = Fit(
      keys: keys, histories: ["nodes"], distance: distance, replicates: 4, trials: 60)
    var plan = Plan.toy([variant])
    plan.histories = [
      History(
        name: "nodes", measure: measure, variant: nil,
        points: [(1, 2.5), (2, 2.5), (3, 9)].map { History.Point(day: $0, value: $1) },
        fittedUntilDay: 3)
    ]
    return plan
  }

  @Test func `a number is fitted to what was observed, and what is held out is not looked at`()
    async throws
  {
    let result = try await Experiment.toy(Self.plan()).run(into: MemorySink(), watch: Watch())
    let fit = try #require(result.fits.first)
    #expect(fit.dates == 2 && fit.variant == "1.0" && fit.trials <= 60)
    #expect(abs(fit.numbers[0].value / 2.5 - 1) < 0.01)
    #expect(fit.numbers[0].initial == 1 && !fit.numbers[0].isAtEdge)
    #expect(abs(fit.initialLoss - Elementary.log(2.5) * Elementary.log(2.5)) < 1e-12)
    #expect(fit.loss < 1e-4)
    #expect(result.plan.fittedValues == [0: [fit.numbers[0].value]])
    let rows = result.histories.filter { !$0.date.isEmpty }
    #expect(rows.map(\.split) == ["fitted", "fitted", "held_out"])
    #expect(rows.allSatisfy { abs($0.simulated / 2.5 - 1) < 0.01 })
  }

  @Test func `a fit to days that are not measured is refused`() async {
    var plan = Self.plan()
    plan.histories = [
      History(
        name: "nodes", measure: "active_nodes", variant: nil,
        points: [History.Point(day: 1.5, value: 2.5)], fittedUntilDay: 3)
    ]
    await #expect {
      try await Experiment.toy(plan).run(into: MemorySink(), watch: Watch())
    } throws: {
      guard case .calibration(let error)? = $0 as? ExperimentError else { return false }
      return error.message
        == "expected a fitted observation above 0 that the variant has a value for, found none"
    }
  }

  @Test func `threads do not change the value found`() async throws {
    var values: Set<Double> = []
    for threads in [1, 4] {
      let plan = Self.plan(distance: .crps, measure: "token_price_usd")
      let result = try await Experiment.toy(plan, threads: threads)
        .run(into: MemorySink(), watch: Watch())
      values.insert(result.fits[0].numbers[0].value)
    }
    #expect(values.count == 1)
  }

  @Test func `a fit that ends at the edge of where it was sought says so`() async throws {
    let key = Fit.Key(path: "level", lowest: 0.1, highest: 2)
    let result = try await Experiment.toy(Self.plan([key])).run(into: MemorySink(), watch: Watch())
    #expect(
      result.warnings(of: []).contains {
        $0.hasPrefix("1.0: level: the fit ends at ")
          && $0.contains("the edge of where it was sought")
      })
  }

  @Test func `places of a range are by ratio above 0 and by difference else`() {
    #expect(Self.key.place(of: 1) == 0.5)
    #expect(abs(Self.key.value(at: 0.5) - 1) < 1e-12)
    let key = Fit.Key(path: "level", lowest: -1, highest: 3)
    #expect(key.place(of: 0) == 0.25 && key.value(at: 0.75) == 2)
  }

  // By hand, with ln 2 = l.

  @Test func `squares are those of the log of the median`() {
    let two = Elementary.log(2)
    #expect(Fit.Distance.squares.loss(of: [2, 2, 1], from: 1) == two * two)
    #expect(
      Fit.Distance.squares.loss(of: [0], from: 1) == Fit.Distance.squares.loss(of: [.nan], from: 1))
  }

  /// Mean |x| less half the mean distance of pairs: l/2 - l/2, then l - 0.
  @Test func `the ranked probability score rewards a spread that holds the observation`() {
    let two = Elementary.log(2)
    #expect(abs(Fit.Distance.crps.loss(of: [1, 2], from: 1)) < 1e-15)
    #expect(abs(Fit.Distance.crps.loss(of: [2, 2], from: 1) - two) < 1e-15)
    #expect(Fit.Distance.crps.loss(of: [4], from: 2) == two)
  }

  /// A proper score is least on average at the law that observations come from: here the deviation
  /// of ln x is 0.2, of which 99 quantiles stand for observations and for replicates.
  @Test func `the ranked probability score finds the spread of what was observed`() {
    let chances = (1...99).map { Elementary.normalQuantile(Double($0) / 100) }
    func loss(_ deviation: Double) -> Double {
      let values = chances.map { Elementary.exp(deviation * $0) }
      return chances.reduce(0) {
        $0 + Fit.Distance.crps.loss(of: values, from: Elementary.exp(0.2 * $1))
      }
    }
    let losses = [0.1, 0.15, 0.2, 0.25, 0.3].map(loss)
    #expect(losses.min() == losses[2])
  }
}
