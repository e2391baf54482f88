import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// The time between losses that Young's and Daly's intervals rest on.
struct LossRateTests {
  /// The mean time between the losses of one node that the interval of the first job tells [h]:
  /// T² ÷ 2C for Young.
  private func hours(
    _ churn: String, gpus: Int = 1, table: String = "h\n0\n"
  ) throws -> Double {
    let text = PlainNetwork.text(
      nodes: 4,
      classes: "jobs: {arrivalsPerHour: 10, headroom: 1, hardware: ['gpu'], gpus: \(gpus), "
        + "sizeHours: {rule: 'fixed', value: 40}}",
      others: "loss: {restart: 'checkpoint', checkpoint: {costSeconds: 36}}"
    ).replacing("activeAtStart: 4", with: "activeAtStart: 4, churn: {\(churn)}")
    var run = OpenRun(try Scenario(text: text, tables: ["s.csv": table]))
    var interval = 0.0
    run.run { state, event in
      if interval == 0, event.kind == .jobArrived, let first = state.progress.first {
        interval = first.interval
      }
    }
    return interval * interval / (2 * 0.01)
  }

  private static let year = 365.0 * 24

  @Test func `every law of sessions and failures counts`() throws {
    let rates: [(String, Double)] = [
      ("sessionHours: {rule: 'weibull', shape: 0.6, scale: 10}", 10 * 1.50458),
      ("sessionHours: {rule: 'lognormal', median: 10, sigma: 1}", 10 * 1.6487213),
      ("failure: {perYear: 4}", Self.year / 4),
      ("failure: {perYear: 4, transientPerYear: 6}", Self.year / 10),
      ("failure: {perYear: 4, lemons: {share: 0.1, multiple: 11}}", Self.year / 8),
      (
        "failure: {perYear: 0, ageing: {shape: 1, scaleYears: 0.5}}, "
          + "sessionHours: {rule: 'exponential', mean: 100}",
        1 / (2 / Self.year + 0.01)
      ),
      (
        "sessions: {rule: 'daily', startHour: {rule: 'fixed', value: 0}, "
          + "hoursPerDay: {rule: 'fixed', value: 20}}", 20
      ),
      (
        "sessions: {rule: 'hourly', endsPerHour: [\(Array(repeating: "0.1", count: 24).joined(separator: ","))], "
          + "returnsPerHour: [\(Array(repeating: "1", count: 24).joined(separator: ","))]}", 10
      ),
      (
        "sessions: {rule: 'trace', table: {csv: 's.csv'}, host: 'h', start: 'a', end: 'b'}", 60
      ),
    ]
    let table = "h,a,b\nx,0,1\nx,2,5\ny,0,6\ny,7,7.000001\n"
    for (churn, mean) in rates {
      let found = try hours(churn, table: table)
      let expected = churn.contains("trace") ? 240.0 / 4 : mean
      #expect(abs(found / expected - 1) < 1e-4, "\(churn): \(found), \(expected)")
    }
  }

  @Test func `outages count, and a gang is lost as often as all of its nodes`() throws {
    let single = "sessionHours: {rule: 'exponential', mean: 100}"
    #expect(abs(try hours(single, gpus: 4) - 25) < 1e-9)
    #expect(abs(try hours(single) - 100) < 1e-9)
    var run = OpenRun(
      try PlainNetwork.scenario(
        nodes: 4,
        classes: "jobs: {arrivalsPerHour: 10, hardware: ['gpu'], sizeHours: "
          + "{rule: 'fixed', value: 400}}",
        others: "loss: {restart: 'checkpoint', checkpoint: {costSeconds: 36}}",
        setting: ["operators.outages={release: {scope: 'type', perYear: 12, share: 0.5}}"]))
    run.run()
    let interval = run.state.progress.map(\.interval).max() ?? 0
    #expect(abs(interval * interval / 0.02 / (Self.year / 6) - 1) < 1e-9)
  }

  /// Two nodes, of which one goes every ten hours, do 40 GPU-hours in 20 h and save every two: each
  /// loss takes at most the last two hours of both, and both are paid for what is safe.
  @Test func `what a gang has saved is safe, and paid to all of its nodes`() throws {
    let text = """
      {horizonDays: 60, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
         priceUSDPerGPUHour: 1}}},
       operators: {types: {
         a: {hardware: "gpu", candidates: 1, activeAtStart: 1, churn: {
           sessionHours: {rule: "fixed", value: 10}, offlineHours: {rule: "fixed", value: 1}}},
         b: {hardware: "gpu", candidates: 1, activeAtStart: 1}}},
       demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 0.02, headroom: 1, gpus: 2,
         sizeHours: {rule: "fixed", value: 40}}}},
       loss: {detectionSeconds: 0, restart: "checkpoint",
         checkpoint: {every: {rule: "fixed", hours: 2}, costSeconds: 0, restartSeconds: 0}}}
      """
    let state = try Scenario(text: text).finished().state
    let jobs = state.whole.jobsCompleted
    #expect(jobs > 10 && state.whole.restarts > jobs)
    #expect(state.whole.servedHours == 40 * jobs)
    #expect(state.whole.lostHours <= 4 * state.whole.restarts + 1e-9)
    // Both have the same part of every payment, to a micro-dollar for each.
    let income = state.operators.income
    #expect(abs(income[0] - income[1]) < 1e-6 * (jobs + state.whole.restarts))
    #expect(abs(state.whole.userSpend - 40 * jobs) < 40)
  }
}
