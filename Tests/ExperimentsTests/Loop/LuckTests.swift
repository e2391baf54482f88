import Experiments
import Kernel
import Scenarios
import TestSupport
import Testing

@testable import Economy

/// Common random numbers: what a variant does not change keeps its draws.
struct LuckTests {
  private func stepped(
    _ scenario: Scenario, _ variant: String, days: Double, replicate: UInt32 = 1
  ) throws -> SteppedRun {
    let found = try #require(scenario.variants.first { $0.name == variant })
    return SteppedRun(found, days: days, replicate: replicate)
  }

  @Test func `two mechanisms meet the same arrivals, jobs, operators and sessions`() throws {
    // Operators may decide from the first day and look every day, so that the two part soon.
    let scenario = try shippedScenario(
      "bme-vs-fixed",
      setting: [
        "operators.frozenDays=0", "operators.expectation=last",
        "operators.types.hobbyist.decisions.everyDays=1",
        "operators.types.professional.decisions.everyDays=1",
      ])
    let fixed = try stepped(scenario, "fixed", days: 3)
    let burn = try stepped(scenario, "bme", days: 3)
    // They are different economies.
    #expect(fixed.state.supply.expectedPay != burn.state.supply.expectedPay)
    #expect(fixed.state.whole.burned < burn.state.whole.burned)

    let sameArrivals = fixed.arrivals == burn.arrivals
    #expect(sameArrivals)
    #expect(fixed.work.disagreements(with: burn.work) == 0)
    #expect(fixed.sessions.disagreements(with: burn.sessions) == 0)
    #expect(fixed.absences.disagreements(with: burn.absences) == 0)
    #expect(fixed.state.operators.nodes == burn.state.operators.nodes)
    #expect(fixed.state.operators.tariff == burn.state.operators.tariff)
    #expect(fixed.state.operators.costFactor == burn.state.operators.costFactor)
    #expect(fixed.state.operators.age == burn.state.operators.age)
    #expect(fixed.work.overlap(with: burn.work) > 1500)
    #expect(fixed.sessions.overlap(with: burn.sessions) > 50)
    #expect(fixed.absences.overlap(with: burn.absences) > 50)
  }

  @Test func `a fall of demand takes jobs out of the same arrivals`() throws {
    let fall = ["shocks.demandFall.intensity=1", "shocks.demandFall.on=2"]
    let still = try stepped(shippedScenario("Checks/loop"), "both", days: 30)
    let fallen = try stepped(shippedScenario("Checks/loop", setting: fall), "both", days: 30)
    let sameArrivals = still.arrivals == fallen.arrivals
    #expect(sameArrivals)
    #expect(still.work.disagreements(with: fallen.work) == 0)
    #expect(fallen.work.overlap(with: still.work) > 150)
    #expect(Double(fallen.work.count) < 0.7 * Double(still.work.count))
  }

  @Test func `another replicate and another seed have other draws`() throws {
    let scenario = try shippedScenario("Checks/loop")
    let first = try stepped(scenario, "both", days: 10)
    let second = try stepped(scenario, "both", days: 10, replicate: 2)
    let reseeded = SteppedRun(scenario.variants[0], days: 10, seed: 2)
    for other in [second, reseeded] {
      let sameArrivals = first.arrivals == other.arrivals
      #expect(!sameArrivals)
      #expect(first.work.overlap(with: other.work) > 40)
      let different = first.work.disagreements(with: other.work)
      #expect(different == first.work.overlap(with: other.work))
      #expect(first.state.operators.tariff != other.state.operators.tariff)
    }
  }

  @Test func `another class and another operator type leave other draws alone`() throws {
    let scenario = try ScenarioText.scenario(
      try shippedText("Checks/loop").replacing(
        "variants: {",
        with: """
          variants: {
            crowded: {
              operators: {
                types: { guest: { hardware: "gpu", candidates: 9, activeAtStart: 9,
                  churn: { sessionHours: { rule: "exponential", mean: 9 } } } },
              },
              demand: {
                classes: { guests: { arrivalsPerHour: 0.4, hardware: ["gpu"] } },
              },
            },
          """))
    let alone = try stepped(scenario, "both", days: 30)
    let crowded = try stepped(scenario, "crowded", days: 30)
    #expect(crowded.state.whole.jobsArrived > alone.state.whole.jobsArrived)
    #expect(crowded.state.whole.userSpend != alone.state.whole.userSpend)

    let sameArrivals = crowded.arrivals[0] == alone.arrivals[0]
    #expect(sameArrivals)
    #expect(alone.work.disagreements(with: crowded.work) == 0)
    #expect(alone.sessions.disagreements(with: crowded.sessions) == 0)
    #expect(alone.absences.disagreements(with: crowded.absences) == 0)
    let known = alone.state.operators.count
    #expect(Array(crowded.state.operators.tariff.prefix(known)) == alone.state.operators.tariff)
    #expect(Array(crowded.state.operators.nodes.prefix(known)) == alone.state.operators.nodes)
    #expect(alone.work.overlap(with: crowded.work) > 300)
    #expect(alone.sessions.overlap(with: crowded.sessions) > 100)
    #expect(alone.absences.overlap(with: crowded.absences) > 100)
  }

  @Test func `a replicate run alone gives its own rows again`() async throws {
    let all = try await rows(RunOptions(replicates: 3))
    let alone = try await rows(RunOptions(onlyReplicate: 2))
    #expect(all.count == 6)
    #expect(alone.count == 2)
    for (unit, rows) in alone {
      #expect(all[unit]?.bytes == rows.bytes)
      #expect(all[unit]?.words == rows.words)
    }
    #expect(Set(all.values.map(\.bytes)).count == 6)
  }

  @Test func `threads do not change a byte`() async throws {
    let alone = try await rows(RunOptions(replicates: 2), threads: 1)
    #expect(alone.values.allSatisfy { $0.series.count == 9 && !$0.flows.isEmpty })
    for threads in [2, 3, 7] {
      let together = try await rows(RunOptions(replicates: 2), threads: threads)
      #expect(together.mapValues(\.bytes) == alone.mapValues(\.bytes))
      #expect(together.mapValues(\.words) == alone.mapValues(\.words))
    }
  }

  /// Rows of the loop over eight days.
  private func rows(
    _ options: RunOptions, threads: Int = 2
  ) async throws -> [WorkUnit: RowSink.Rows] {
    let scenario = try shippedScenario(
      "Checks/loop", setting: ["horizonDays=8", "flowsEveryDays=3"])
    let sink = RowSink()
    _ = try await Experiment(Plan(scenario, options: options), of: scenario, threads: threads)
      .run(into: sink, watch: Watch())
    return sink.rows
  }
}
