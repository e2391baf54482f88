import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct CheckpointTests {
  private func settings(_ text: String) throws -> LossSettings {
    try read(text) { LossSettings(reading: &$0) }
  }

  @Test func `Young's interval is the root of twice cost times time between losses`() {
    // model-facts §4.5: C = 60 s, M = 24 h: 53.7 min, and √(2C/M) = 3.7 % of the time.
    let (cost, mean) = (60.0 / 3600, 24.0)
    let hours = CheckpointInterval.young.hours(cost: cost, mean: mean)
    #expect(abs(hours - 0.894_427_191) < 1e-9)
    #expect(abs((2 * cost / mean).squareRoot() - 0.0373) < 1e-4)
    // What the interval itself costs: C ÷ T for checkpoints, T ÷ 2M for lost work.
    #expect(abs(cost / hours + hours / (2 * mean) - (2 * cost / mean).squareRoot()) < 1e-12)
  }

  @Test func `Daly's interval has the higher-order terms and an end`() {
    // √(2 × 0.1 × 24) = 2.1909; C/2M = 1/480: × (1 + 0.0152 + 0.0002) − 0.1 = 2.1247.
    #expect(abs(CheckpointInterval.daly.hours(cost: 0.1, mean: 24) - 2.1247) < 1e-4)
    #expect(CheckpointInterval.daly.hours(cost: 50, mean: 24) == 24)
    #expect(CheckpointInterval.daly.hours(cost: 0.1, mean: .infinity) == .infinity)
    #expect(CheckpointInterval.fixed(hours: 3).hours(cost: 0.1, mean: 24) == 3)
  }

  @Test func `nothing written saves nothing, and a checkpoint has its defaults`() throws {
    #expect(try settings("{}").restart == .repeat)
    let terms = try settings("{restart: 'checkpoint'}").checkpoint
    #expect(terms.every == .young)
    #expect(terms.cost == 60.0 / 3600 && terms.restart == 60.0 / 3600)
  }

  @Test func `what cannot be is refused, what is surely wrong is warned of`() throws {
    let complaint = try complaints(
      about: "{checkpoint: {every: {rule: 'fixed', hours: 0}}}"
    ) { LossSettings(reading: &$0) }
    #expect(
      complaint == [
        "expected a number from 0.0002777777777777778 to 8760 [h], found 0"
      ])
    let doubt = try complaints(about: "{restart: 'checkpoint', checkpoint: {costSeconds: 0}}") {
      LossSettings(reading: &$0)
    }
    #expect(doubt == ["expected a cost above 0, since the interval follows from it, found 0"])
  }

  /// One machine at 1 USD/h that is taken away every 10 h for 1 h, and one job of 25 h that comes in
  /// the first days.
  private func run(_ loss: String, hours: Double = 25, days: Double = 40) throws -> NetworkState {
    try Scenario(
      text: """
        {horizonDays: \(days), hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: 1, activeAtStart: 1, churn: {
           sessionHours: {rule: "fixed", value: 10}, offlineHours: {rule: "fixed", value: 1}}}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 0.01, headroom: 1,
           sizeHours: {rule: "fixed", value: \(hours)}}}},
         loss: {detectionSeconds: 0, \(loss)}}
        """
    ).finished().state
  }

  @Test func `a job longer than every session ends only where its work is saved`() throws {
    let never = try run("restart: 'repeat'")
    #expect(never.whole.jobsCompleted == 0)
    let saved = try run(
      "restart: 'checkpoint', checkpoint: {every: {rule: 'fixed', hours: 2}, costSeconds: 360}")
    #expect(saved.whole.jobsCompleted > 0)
    #expect(saved.whole.servedHours == 25 * saved.whole.jobsCompleted)
    // Cycles of 2.1 h: of a session of 10 h, at most 1.9 h and what came before the job is lost.
    #expect(saved.whole.lostHours < 2.1 * saved.whole.restarts)
    #expect(saved.whole.trust.checkpointHours > 0)
  }

  @Test func `users pay for time up to the last checkpoint and for the last attempt`() throws {
    let state = try run(
      "restart: 'checkpoint', checkpoint: {every: {rule: 'fixed', hours: 2}, costSeconds: 360}",
      days: 400)
    // Of 25 h of work, 13 stretches and 12 checkpoints of 0.1 h, and loading of 1/60 h for each
    // attempt that is not the first; a lost attempt that saved nothing costs nothing.
    let overhead = state.whole.classes[0].usefulCost - 25 * state.whole.jobsCompleted
    #expect(overhead >= 1.19 * state.whole.jobsCompleted)
    #expect(overhead <= 1.2 * state.whole.jobsCompleted + state.whole.restarts / 60 + 1e-6)
  }

  @Test func `a job without losses costs its checkpoints`() throws {
    let state = try run(
      "restart: 'checkpoint', checkpoint: {every: {rule: 'fixed', hours: 1}, costSeconds: 360}",
      hours: 0.5)
    #expect(state.whole.jobsCompleted > 0)
    let sessions = try run("restart: 'repeat'", hours: 0.5)
    #expect(sessions.whole.jobsCompleted == state.whole.jobsCompleted)
    // Shorter than the interval: nothing is ever saved, and only new attempts load.
    #expect(state.whole.trust.checkpointHours <= state.whole.restarts / 60 + 1e-9)
  }

  @Test func `the books balance where everything happens and progress is saved`() throws {
    for settings in [
      ["loss.restart=\"checkpoint\""],
      ["loss.restart=\"checkpoint\"", "loss.checkpoint.every.rule=\"daly\""],
      [
        "loss.restart=\"checkpoint\"", "loss.checkpoint.every.rule=\"fixed\"",
        "loss.checkpoint.every.hours=0.5", "loss.checkpoint.costSeconds=600",
      ],
    ] {
      let before = try SmallNetwork.scenario().finished()
      let after = try SmallNetwork.scenario(settings).finished()
      #expect(try after.measured("lost_gpu_hours") < before.measured("lost_gpu_hours"))
      #expect(try after.measured("checkpoint_gpu_hours") > 0)
    }
  }
}
