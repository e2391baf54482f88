import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct LatencyTests {
  private func finished(_ settings: [String]) throws -> NetworkRun {
    try MatchingBench.scenario(settings).finished()
  }

  /// No luck in it: 100 ms between the regions, 18 and 30 for the lines, and one token in two steps
  /// of 10 ms.
  private static let exact = [
    "demand.classes.jobs.regions={north: 1}", "demand.classes.jobs.allowedRegions=['south']",
    "demand.classes.jobs.hardware=['gpu']", "operators.types.away.access=dsl",
    "hardware.classes.gpu.serving={stepMs: 9, stepMsPerRequest: 1, firstTokenSteps: 2, promptMs: 0}",
    "demand.classes.jobs.latency={jitter: 0, requestsPerSecond: {rule: 'fixed', value: 0}}",
    "demand.classes.jobs.sizeHours={rule: 'fixed', value: 1}",
    "demand.classes.jobs.arrivalsPerHour=0.1",
  ]

  @Test func `latency is distance, lines and steps`() throws {
    // A session that has no requests but the first: what it waited is nothing.
    let run = try finished(Self.exact)
    for name in ["latency_p50_ms", "latency_p95_ms", "latency_p99_ms"] {
      #expect(abs(try run.measured(name) / (100 + 18 + 30 + 20) - 1) < 0.01)
    }
    #expect(try run.measured("slo_met_share").isNaN)
  }

  @Test func `more round trips, a whole answer and a larger model take their time`() throws {
    func median(_ more: [String]) throws -> Double {
      try finished(Self.exact + more).measured("latency_p50_ms")
    }
    #expect(abs(try median(["demand.classes.jobs.latency.roundTrips=3"]) / 368 - 1) < 0.01)
    #expect(abs(try median(["demand.classes.jobs.latency.stepFactor=10"]) / 348 - 1) < 0.01)
    // Two steps and 99 more.
    let whole = [
      "demand.classes.jobs.latency.answer=whole",
      "demand.classes.jobs.latency.outputTokens={rule: 'fixed', value: 100}",
    ]
    #expect(abs(try median(whole) / 1158 - 1) < 0.01)
  }

  @Test(arguments: [(167.0, 0.0), (169.0, 1.0)])
  func `a job has met its limit when enough of its requests did`(limit: Double, share: Double)
    throws
  {
    let run = try finished(Self.exact + ["demand.classes.jobs.latencyLimitMs=\(limit)"])
    #expect(try run.measured("slo_met_share") == share)
    let rows = run.breakdown().filter { $0.dimension == "class" && $0.key == "jobs" }
    #expect(rows.first { $0.measure == "slo_met_share" }?.value == share)
    let p99 = try #require(rows.first { $0.measure == "latency_p99_ms" }).value
    #expect(abs(p99 / 168 - 1) < 0.01)
  }

  @Test func `the share that a verdict asks for counts`() throws {
    // Half of the models are there, the others take a second.
    let models = """
      demand.classes.jobs.latency.models={count: 2, zipfExponent: 0, held: 1, replacement: 'lfu', \
      loadSeconds: {rule: 'fixed', value: 1}}
      """
    func share(_ within: Double) throws -> Double {
      try finished(
        Self.exact + [
          models, "demand.classes.jobs.latencyLimitMs=500", "horizonDays=60",
          "demand.classes.jobs.latency.withinShare=\(within)",
          "demand.classes.jobs.arrivalsPerHour=1",
        ]
      ).measured("slo_met_share")
    }
    #expect(try share(0) == 1)
    // All of eight: 1 in 256; at least four: 163 in 256. Of some 1,400 jobs: 4 deviations.
    #expect(abs(try share(1) - 1.0 / 256) < 0.007)
    #expect(abs(try share(0.5) - 163.0 / 256) < 0.052)
  }

  @Test func `only the first request of a session waits for its node`() throws {
    // One machine, half of the time busy with jobs of an hour: waits of half an hour in the mean.
    let queue = [
      "operators.types={away: {hardware: 'gpu', candidates: 1, activeAtStart: 1, regions: {south: 1}}}",
      "demand.classes.jobs.arrivalsPerHour=0.5", "horizonDays=60",
    ]
    let alone = try finished(Self.exact + queue)
    let waited = try alone.measured("wait_mean_s")
    #expect(waited > 900 && waited < 4000)
    #expect(try alone.measured("latency_p95_ms") > 1e6)
    let many = "demand.classes.jobs.latency.requestsPerSecond={rule: 'fixed', value: 1}"
    #expect(try finished(Self.exact + queue + [many]).measured("latency_p95_ms") < 1000)
  }

  @Test func `without distance regions are one place`() throws {
    let costs = [
      "regions={north: {roundTripMs: {north: 0, south: 0}}, south: {roundTripMs: {south: 0}}}",
      "demand.classes.jobs.latencyLimitMs=100", "demand.classes.jobs.hardware=['gpu', 'big']",
    ]
    func bits(_ settings: [String]) throws -> [[UInt64]] {
      try finished(costs + settings).state.series.map { $0.values.map(\.bits) }
    }
    let one = try bits([
      "operators.types.away.regions={north: 1}", "operators.types.site.regions={north: 1}",
    ])
    #expect(try bits(["demand.classes.jobs.regions={north: 1, south: 1}"]) == one)
    #expect(
      try bits(["operators.types.home.regions={north: 1, south: 4}", "matching=nearest"])
        == bits(["matching=nearest", "operators.types.away.regions={north: 1}"]))
    let far = "regions.north.roundTripMs={north: 0, south: 80}"
    #expect(try bits([far]) != one)
  }

  @Test func `requests draw the same luck whatever else changes, and nothing where nobody asks`()
    throws
  {
    let plain = try finished([]).state
    let asked = try finished(["demand.classes.jobs.latency={}"]).state
    let latency = Set(
      ["latency_p50_ms", "latency_p95_ms", "latency_p99_ms"].compactMap(Measure.index(of:)))
    for (one, other) in zip(plain.series, asked.series) {
      for index in one.values.indices where !latency.contains(index) {
        #expect(one.values[index].bits == other.values[index].bits)
      }
    }
    #expect(plain.whole.latency.classes.isEmpty && !plain.isTimed)
    #expect(asked.whole.latency.classes[0].sketch.weight == 8 * asked.whole.jobsCompleted)
  }

  @Test func `days put together give the quantiles of the whole`() throws {
    let daily = try finished(["demand.classes.jobs.latency={}"])
    let once = try finished(["demand.classes.jobs.latency={}", "measureEveryDays=20"])
    #expect(try daily.measured("latency_p95_ms") == once.measured("latency_p95_ms"))
    let rows = try daily.state.series.column("latency_p50_ms")
    #expect(rows[0].isNaN && rows[1] > 0)
  }

  @Test func `what waits for detection of a loss still has a verdict at the end alone`() throws {
    let run = try finished([
      "demand.classes.jobs.latencyLimitMs=1e9",
      "operators.types.home.churn={sessionHours: {rule: 'exponential', mean: 2}}",
    ])
    #expect(run.state.whole.restarts > 0)
    #expect(run.state.whole.latency.classes[0].judged == run.state.whole.jobsCompleted)
  }
}
