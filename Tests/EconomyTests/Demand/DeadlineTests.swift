import Testing

@testable import Economy
@testable import Scenarios

struct DeadlineTests {
  /// Jobs of 4 h on one machine, so seldom that none waits; `others` is laid over them.
  private func run(_ deadline: String, _ others: [String] = []) throws -> NetworkRun {
    try PlainNetwork.scenario(
      days: 10, nodes: 1,
      classes: """
        jobs: {arrivalsPerHour: 0.01, headroom: 1, hardware: ['gpu'], timeValueUSDPerHour: 0,
          sizeHours: {rule: 'fixed', value: 4}, cloud: {priceUSDPerGPUHour: 1, spread: 0,
          discountWanted: 0, waitingHours: 2}, \(deadline)}
        """, setting: others
    ).finished()
  }

  /// A job alone takes its 4 h: it misses 3.9 h and meets 4.
  @Test func `a result after the deadline costs what it costs, and no other does`() throws {
    let late = try run("deadline: {hours: 3.9, missedUSD: 7}")
    let jobs = try late.measured("jobs_completed")
    #expect(try jobs > 0 && late.measured("missed_deadlines") == jobs)
    // 4 h at 0.50 USD, and 7 USD, for 4 GPU-hours; the same at the cloud, at 1 USD and after 6 h.
    #expect(abs(try late.measured("useful_gpu_hour_cost_usd") - (0.5 + 7 / 4)) < 1e-9)
    #expect(late.measured("deadlines_usd_per_useful_gpu_hour", of: "jobs") == 7.0 / 4)
    #expect(abs(late.measured("cloud_usd_per_useful_gpu_hour", of: "jobs") - (1 + 7 / 4)) < 1e-9)

    let met = try run("deadline: {hours: 4, missedUSD: 7}")
    #expect(try met.measured("missed_deadlines") == 0)
    #expect(abs(try met.measured("useful_gpu_hour_cost_usd") - 0.5) < 1e-9)
    // The cloud is after 6 h.
    #expect(abs(met.measured("cloud_usd_per_useful_gpu_hour", of: "jobs") - (1 + 7 / 4)) < 1e-9)
  }

  @Test func `without a deadline nothing is missed`() throws {
    let run = try run("")
    #expect(try run.measured("missed_deadlines") == 0)
    #expect(run.state.isPlain)
  }

  @Test func `a job that gives up has missed its deadline`() throws {
    let run = try run(
      "deadline: {hours: 1000, missedUSD: 7}",
      [
        "demand.classes.jobs.arrivalsPerHour=2",
        "demand.classes.jobs.patienceHours={rule: 'fixed', value: 1}",
      ])
    let given = try run.measured("jobs_abandoned")
    #expect(try given > 10 && run.measured("missed_deadlines") == given)
  }
}
