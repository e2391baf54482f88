import Economy
import Experiments
import Kernel
import Scenarios
import Testing

/// A calibrated variant is the same for a replicate alone, among few and among many.
struct SameFactorTests {
  @Test func `a replicate alone has the row it has among others`() async throws {
    let scenario = try shippedScenario(
      "Checks/loop",
      setting: [
        "replicates=3",
        "variants.burn.calibrate={key: \"token.emissionScale\", fromDay: 0, toDay: 10, "
          + "measure: \"provider_income_usd\", equals: \"both\", tolerance: 0.05}",
      ])
    func rows(_ options: RunOptions) async throws -> [WorkUnit: RowSink.Rows] {
      let sink = RowSink()
      let plan = Plan(scenario, options: options)
      _ = try await Experiment(plan, of: scenario, threads: 2).run(into: sink, watch: Watch())
      return sink.rows
    }
    let all = try await rows(RunOptions(horizonDays: 20))
    let alone = try await rows(RunOptions(onlyReplicate: 2, horizonDays: 20))
    #expect(alone.count == 2)
    for (unit, row) in alone {
      #expect(row.bytes == all[unit]?.bytes)
    }
  }
}
