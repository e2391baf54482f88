import Economy
import Experiments
import Foundation
import Kernel
import Scenarios
import Testing

/// Numbers that move only with a commit that says why.
struct GoldenTests {
  @Test func `the small loop gives the numbers it gave before`() async throws {
    let scenario = try shippedScenario("Checks/loop")
    let plan = Plan(scenario, options: RunOptions(replicates: 2))
    let result = try await Experiment(plan, of: scenario, threads: 2)
      .run(into: RowSink(), watch: Watch())
    var text = "variant,replicate,measure,value\n"
    for (unit, outcome) in zip(plan.units, result.outcomes) {
      for (measure, value) in zip(Measure.all, outcome.summary) where !value.isNaN {
        let variant = plan.variants[unit.variant].name
        text += "\(variant),\(unit.replicate),\(measure.name),\(value)\n"
      }
    }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appending(path: "Results/Reference/loop.csv")
    if ProcessInfo.processInfo.environment["DEPINSIM_WRITE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: path)
    }
    let before = try String(contentsOf: path, encoding: .utf8)
    let moved = zip(text.split(separator: "\n"), before.split(separator: "\n"))
      .filter { $0.0 != $0.1 }.map { "\($0.1) is now \($0.0)" }
    #expect(moved.isEmpty && text.count == before.count)
  }
}
