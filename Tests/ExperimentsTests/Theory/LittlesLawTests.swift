import Experiments
import Kernel
import Scenarios
import Testing

@testable import Economy

/// ∫ L dt = Σ time in the system, on the sample path, in whole microseconds (Little 1961; as an
/// identity of one path: Stidham 1974).
struct LittlesLawTests {
  @Test(arguments: ["theory-mmc", "loop", "churn-queue"])
  func `jobs in the system integrate to their times in it at any instant`(file: String) throws {
    let scenario = try shippedScenario(
      "Checks/\(file)", setting: ["horizonDays=4", "measureEveryDays=0.7"])
    let horizon = SimTime.days(4)
    var run = NetworkRun(
      stages: scenario.variants[0].stages.map { ($0.day, $0.settings) }, start: scenario.start,
      horizon: horizon, measureEvery: .days(scenario.measureEveryDays), seed: 1, replicate: 1)
    for instant in instants(40, until: horizon) {
      try run.run(until: instant)
      let state = run.state
      let level = state.gauges.jobsInSystem
      let integral =
        state.whole.jobsInSystem + state.interval.jobsInSystem + level.integral(until: instant)
      var times = state.whole.timeInSystem + state.interval.timeInSystem
      var present = 0
      let unused = Set(state.jobs.unusedSlots)
      for job in 0..<state.jobs.slots where !unused.contains(job) {
        present += 1
        times += Int128((instant - state.jobs[job].arrival).microseconds)
      }
      #expect(present == level.level)
      #expect(integral == times)
    }
    #expect(run.state.whole.jobsLeft > 30)
  }

  /// Instants at random, ascending.
  private func instants(_ count: Int, until horizon: SimTime) -> [SimTime] {
    let luck = Luck(seed: 7, replicate: 1)
    return (0..<count).map { index in
      var stream = luck.stream(Purpose(rawValue: 1), entity: UInt64(index))
      return .days(stream.uniform() * horizon.inDays)
    }.sorted()
  }
}
