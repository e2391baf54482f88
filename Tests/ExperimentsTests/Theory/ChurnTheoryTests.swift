import Economy
import Experiments
import Kernel
import Scenarios
import TestSupport
import Testing

/// Renewal theory of nodes that come and go, and published counts of failures, as ordinary runs.
struct ChurnTheoryTests {
  /// Nodes of one operator for some days, with the churn and nothing else.
  private func network(
    _ churn: String, nodes: Int, days: Double, replicates: Int = 10, operators: String = ""
  ) throws -> Scenario {
    try ScenarioText.scenario(
      """
      {horizonDays: \(days), measureEveryDays: \(days), epochHours: 8000, seed: 2,
       replicates: \(replicates), regions: {a: {}, b: {}, c: {}, d: {}},
       hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
         priceUSDPerGPUHour: 1}}},
       operators: {\(operators) types: {site: {hardware: "gpu", candidates: \(nodes),
         activeAtStart: \(nodes), regions: {a: 1, b: 1, c: 1, d: 1}, churn: \(churn)}}},
       demand: {classes: {}}}
      """)
  }

  /// A law with its first three moments.
  struct Law: Sendable, CustomTestStringConvertible {
    let text: String
    let mean: Double
    let square: Double
    var testDescription: String { text }
  }

  private static let laws = [
    Law(text: "{rule: 'exponential', mean: 20}", mean: 20, square: 800),
    Law(
      text: "{rule: 'weibull', shape: 0.6, scale: 10}", mean: 10 * Elementary.gamma(8.0 / 3),
      square: 100 * Elementary.gamma(13.0 / 3)),
    Law(
      text: "{rule: 'lognormal', median: 10, sigma: 1}", mean: 10 * Elementary.exp(0.5),
      square: 100 * Elementary.exp(2)),
    Law(text: "{rule: 'fixed', value: 11}", mean: 11, square: 121),
    Law(
      text:
        "{rule: 'mixture', components: [{weight: 3, law: {rule: 'exponential', mean: 4}}, "
        + "{weight: 1, law: {rule: 'exponential', mean: 60}}]}", mean: 18,
      square: 0.75 * 32 + 0.25 * 7200),
  ]

  @Test(arguments: laws)
  func `sessions are counted, and time is online, as renewal theory says`(up: Law) async throws {
    // Away for a lognormal time with median 3 h and sigma 0.5; sessions begin at 0.
    let away = (mean: 3 * Elementary.exp(0.125), square: 9 * Elementary.exp(0.5))
    let (nodes, days) = (150, 60.0)
    let run = try await Replicated(
      try network(
        "{sessionHours: \(up.text), offlineHours: {rule: 'lognormal', median: 3, sigma: 0.5}}",
        nodes: nodes, days: days))
    let cycle = up.mean + away.mean
    let cycleSquare = up.square + 2 * up.mean * away.mean + away.square
    let hours = 24 * days
    // Delayed renewals (Cox 1962, section 4.5): ends of sessions come after a first session, then one
    // a cycle: m(t) = t/c + E[C²]/(2c²) - E[U]/c. What is left out falls with t.
    let ends = hours / cycle + cycleSquare / (2 * cycle * cycle) - up.mean / cycle
    // Time online until t, for the same start: A t + A E[C²]/(2c) - E[U²]/(2c).
    let share = up.mean / cycle
    let online = share * hours + share * cycleSquare / (2 * cycle) - up.square / (2 * cycle)
    let counted = run.mean("sessions_ended")
    let available = run.mean("availability")
    #expect(abs(counted.value - ends * Double(nodes)) < counted.halfWidth)
    #expect(counted.halfWidth < 0.03 * counted.value)
    #expect(abs(available.value - online / hours) < available.halfWidth)
    #expect(available.halfWidth < 0.02)
    // The limit is within half a percent of it: mean up ÷ (mean up + mean away).
    #expect(abs(online / hours - share) < 0.01)
  }

  @Test func `an outage of a region is an M/G/∞ queue that its nodes share`() async throws {
    let run = try await Replicated(
      try network(
        "{sessionHours: {rule: 'exponential', mean: 20}, offlineHours: {rule: 'exponential', mean: 5}}",
        nodes: 40, days: 365, replicates: 20,
        operators: """
          outages: {power: {scope: "region", perYear: 200, share: 0.6,
            durationHours: {rule: "lognormal", median: 3, sigma: 0.7}}},
          """))
    // A node is in a Poisson number of outages with mean λ s E[D] (Palm 1943); its sessions are
    // independent of them: availability is 0.8 e^-λsD, to which a start without outages and with all
    // nodes up adds less than a day of 365.
    let load = 200.0 / 8760 * 0.6 * 3 * Elementary.exp(0.245)
    let expected = 0.8 * Elementary.exp(-load)
    let available = run.mean("availability")
    #expect(abs(available.value - expected) < available.halfWidth + 0.2 * 4 / 8760)
    #expect(available.halfWidth < 0.01)
    // Of the time that a node is not online, in a session but cut off.
    let share = run.mean("outage_share")
    #expect(abs(share.value - (0.8 - expected) / (1 - expected)) < share.halfWidth + 0.001)
  }

  @Test func `Meta's 419 interruptions come from a hazard of 0_173 a GPU and year`() async throws {
    let scenario = try shippedScenario("Mechanisms/churn-interruptions")
    let run = try await Replicated(scenario, RunOptions(replicates: 6))
    // 0.173 x 16,384 x 54 / 365 = 419.3; a 99 % interval of the Poisson law is 367 to 472.
    let counts = run.values("node_failures", in: 1)
    #expect(counts.count { $0 >= 367 && $0 <= 472 } >= 5)
    let expected = 0.173 * 16_384 * 54 / 365
    // The mean of six within four standard errors; repairs take 0.02 % of the time.
    let mean = counts.reduce(0, +) / 6
    #expect(abs(mean - expected) < 4 * (expected / 6).squareRoot())
    // 82 of 173 need a restart only.
    let errors = run.values("transient_errors", in: 1).reduce(0, +)
    #expect(abs(errors / (6 * mean) - 82.0 / 173) < 4 * (0.25 / (6 * mean)).squareRoot())
    #expect(run.values("node_failures", in: 0).allSatisfy { $0 == 0 })
    // Mean time between the failures of a job on all of them: 1 ÷ (nodes x rate) (RSC's law).
    let hours = run.values("mttf_hours", in: 1).reduce(0, +) / 6 / 16_384
    #expect(abs(hours - 8760 / (0.173 * 16_384)) < 0.3)
  }

  @Test func `a cohort of new Titans fails as its Weibull law says`() async throws {
    // New machines (no candidate owns one before it enters), 30,000 of them, for ten years; a broken
    // one is away for good, so that only first failures count.
    let text = """
      {horizonDays: 3650, measureEveryDays: 365, epochHours: 120, seed: 2, replicates: 1,
       hardware: {classes: {gpu: {priceUSD: 0, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
       operators: {frozenDays: 0, types: {
         first: {hardware: "gpu", candidates: 1, activeAtStart: 1},
         site: {hardware: "gpu", candidates: 1, activeAtStart: 0, largestFleet: 30000,
           nodesPerOperator: {rule: "fixed", value: 30000},
           decisions: {firstLookDays: {rule: "fixed", value: 9}, leadDays: {rule: "fixed", value: 1},
             entryMultiple: 0, exitMultiple: 0},
           churn: {failure: {perYear: 0, ageing: {},
             repairHours: {rule: "fixed", value: 1e12}}}}}},
       demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 0.1}}},
       token: "none", market: "none"}
      """
    let run = try await Replicated(try ScenarioText.scenario(text))
    let failed = run.values("node_failures")[0]
    // They come on day 10.
    let years = (3650 - 10) / 365.0
    let share = -Elementary.expm1(-Elementary.pow(years / 7.1, 2.64))
    // Binomial of 30,000: four standard errors.
    #expect(abs(failed / 30_000 - share) < 4 * (share * (1 - share) / 30_000).squareRoot())
  }
}
