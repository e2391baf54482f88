import Experiments
import Scenarios
import TestSupport
import Testing

struct TheoryTests {
  @Test(arguments: Textbook.all) func `theory lies inside the interval of an ordinary run`(
    textbook: Textbook
  ) async throws {
    try await compare(textbook, days: textbook.days.small) { $0.small }
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn), arguments: Textbook.all)
  func `theory lies inside the narrow interval of a long run`(textbook: Textbook) async throws {
    try await compare(textbook, days: textbook.days.long) { $0.long }
  }

  /// Runs start empty, or with all machines whole; what they take to settle is left out, a half of
  /// the run at the most.
  private func compare(
    _ textbook: Textbook, days: Double, width: ((small: Double, long: Double)) -> Double
  ) async throws {
    let scenario = try shippedScenario(
      "Checks/\(textbook.file)", setting: ["measureEveryDays=\(days / 250)"])
    let run = try await Replicated(scenario, RunOptions(horizonDays: days))
    for expected in textbook.expectations {
      let variant = try #require(scenario.variants.firstIndex { $0.name == expected.variant })
      let (mean, halfWidth) = run.mean(expected.measure, in: variant)
      let about: Comment = "\(expected.measure) of \(expected.variant)"
      #expect(abs(mean - expected.value) < halfWidth, about)
      #expect(halfWidth < width(expected.width) * expected.value, about)
    }
  }
}

/// The textbook formulas against numbers from tables and special cases.
struct TheoryFormulaTests {
  @Test func `one server waits as M/M/1 and as M/G/1 with variation one`() {
    #expect(Theory.wait(servers: 1, load: 0.5) == 1)
    #expect(Theory.wait(load: 0.5, squaredVariation: 1) == 1)
  }

  @Test func `with a crew for everybody each machine is alone`() {
    let running = Theory.running(machines: 20, life: 100, repair: 10, crews: 20)
    #expect(abs(running - 20 * 100 / 110) < 1e-12)
  }
}
