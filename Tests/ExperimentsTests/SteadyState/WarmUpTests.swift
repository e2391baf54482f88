import Economy
import Kernel
import Scenarios
import Testing

@testable import Experiments

struct WarmUpTests {
  /// Normal values around 10, autocorrelated by `memory`, on top of what `start` gives by row.
  private func series(
    _ rows: Int, memory: Double = 0, seed: UInt64 = 1, on start: (Int) -> Double = { _ in 0 }
  ) -> [Double] {
    let luck = Luck(seed: seed, replicate: 1)
    var noise = 0.0
    return (0..<rows).map { row in
      var stream = luck.stream(Purpose(rawValue: 1), entity: UInt64(row))
      noise = memory * noise + Elementary.normalQuantile(stream.uniform())
      return 10 + noise + start(row)
    }
  }

  @Test func `a series by hand is cut where the score is smallest`() {
    // Batches of 40 rows at 100, then 160 at 0 and 10 in turn: leaving out the 8 batches at 100
    // brings the deviations to those of the rest, of which all are alike.
    let rows = (0..<400).map { $0 < 40 ? 100.0 : $0 % 2 == 0 ? 0 : 10 }
    #expect(WarmUp(of: rows) == .rows(40))
  }

  @Test func `a constant has no warm-up`() {
    #expect(WarmUp(of: Array(repeating: 7, count: 300)) == .rows(0))
  }

  /// The start stands 20 deviations above and halves every 10 rows: below one deviation after 43
  /// rows, below a tenth after 76.
  @Test(arguments: 1...20) func `a start that dies away is cut, and little more`(seed: UInt64) {
    let rows = series(1000, seed: seed) { 20 * Elementary.exp(-0.0693 * Double($0)) }
    guard case .rows(let left) = WarmUp(of: rows) else { return #expect(Bool(false)) }
    #expect((20...500).contains(left) && left % 5 == 0)
  }

  /// Slopes of 20 means of 50 rows, memory .5: refused once in ten thousand.
  @Test func `steady series are not refused`() {
    let refused = (1...300).count { seed in
      if case .rows = WarmUp(of: series(1000, memory: 0.5, seed: UInt64(seed))) { return false }
      return true
    }
    #expect(refused <= 1)
  }

  @Test func `a trend is refused, upwards and downwards`() {
    for sign in [-1.0, 1] {
      let rows = series(1000) { sign * Double($0) / 200 }
      switch WarmUp(of: rows) {
      case .trends(let slope): #expect(slope * sign > WarmUp.mostSlope)
      case .notOver: break
      case let other: Issue.record("\(other)")
      }
    }
    #expect(WarmUp(of: series(1000) { Double($0) }) != .rows(0))
    if case .rows = WarmUp(of: (0..<1000).map(Double.init)) { Issue.record("a line has a warm-up") }
  }

  @Test func `too few rows and rows without a value are refused`() {
    #expect(WarmUp(of: Array(repeating: 1, count: 199)) == .tooFew(rows: 199, least: 200))
    #expect(WarmUp(of: [.nan] + Array(repeating: 1, count: 300)) == .undefined(rows: 1))
  }

  @Test(arguments: [
    (
      WarmUp.tooFew(rows: 20, least: 200),
      "expected at least 200 rows to find the warm-up in, found 20"
    ),
    (
      WarmUp.notOver(rows: 500, of: 1000),
      "expected the warm-up to end in the first half, found it to last at least 500 of 1000 rows"
    ),
    (
      WarmUp.trends(slope: 12.345),
      "expected no trend after the warm-up, found one: t = 12.3 of its slope, "
        + "where 5.0 would be the most"
    ),
    (WarmUp.undefined(rows: 3), "expected a value in every row, found none in 3"),
  ]) func `a refusal says why`(warmUp: WarmUp, reason: String) throws {
    let unsteadiness = try #require(
      Unsteadiness(warmUp, of: "active_nodes", variant: "base"))
    #expect(unsteadiness.reason == reason && !unsteadiness.help.isEmpty)
    #expect(Unsteadiness(.rows(5), of: "active_nodes", variant: "base") == nil)
  }

  @Test func `an ordinary queue starts empty, and what it takes to fill is left out`() async throws
  {
    let settings = [
      "analysis='steadyState'", "measureEveryDays=1", "horizonDays=400", "replicates=6",
    ]
    let steady = try await Replicated(
      try shippedScenario("Checks/theory-mm1", setting: settings))
    let days = try #require(steady.result.plan.warmUp).inDays
    #expect(days >= 0 && days <= 200 && days.remainder(dividingBy: 1) == 0)
    let whole = try await Replicated(
      try shippedScenario("Checks/theory-mm1", setting: settings + ["analysis='horizon'"]))
    let jobs = "jobs_completed"
    for (left, all) in zip(steady.values(jobs), whole.values(jobs)) { #expect(left <= all) }
    #expect(whole.result.plan.warmUp == nil)
  }

  @Test func `an economy that grows is refused with its measure`() async throws {
    let scenario = try shippedScenario(
      "Checks/theory-mm1",
      setting: [
        "analysis='steadyState'", "measureEveryDays=1", "horizonDays=400", "replicates=1",
        "demand.classes.jobs.arrivalsPerHour=1.2",
      ])
    await #expect {
      _ = try await Replicated(scenario)
    } throws: { error in
      guard case ExperimentError.unsteady(let found) = error else { return false }
      return found.measure == "jobs_in_system"
    }
  }
}
