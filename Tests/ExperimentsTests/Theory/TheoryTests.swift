import Experiments
import Kernel
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

  /// Waits of model-facts §4.6, for services of an hour.
  @Test(
    .tags(.slow), .enabled(if: Slow.isOn),
    arguments: [
      Crowded("theory-mm1", servers: 1, use: 0.8, wait: 4.000000),
      Crowded("theory-mmc", servers: 2, use: 0.8, wait: 1.777778),
      Crowded("theory-mmc", servers: 4, use: 0.8, wait: 0.745541),
      Crowded("theory-mmc-16", servers: 16, use: 0.9, wait: 0.369590),
      Crowded("theory-mg1", servers: 1, use: 0.8, wait: 2),
      Crowded("theory-mg1", servers: 1, use: 0.9, wait: 4.5),
    ])
  func `crowded servers wait as the published tables say`(crowded: Crowded) async throws {
    var settings = ["demand.classes.jobs.arrivalsPerHour=\(Double(crowded.servers) * crowded.use)"]
    settings.append("measureEveryDays=\(crowded.days / 250)")
    if crowded.servers > 1 {
      settings.append("operators.types.owner.nodesPerOperator.value=\(crowded.servers)")
    }
    let scenario = try shippedScenario("Checks/\(crowded.file)", setting: settings)
    let run = try await Replicated(scenario, RunOptions(horizonDays: crowded.days))
    let (mean, halfWidth) = run.mean("wait_mean_s")
    #expect(abs(mean / 3600 - crowded.wait) < halfWidth / 3600, "\(mean / 3600)")
    #expect(halfWidth / 3600 < 0.08 * crowded.wait, "\(halfWidth / 3600)")
  }

  struct Crowded: Sendable, CustomTestStringConvertible {
    let file: String
    let servers: Int
    let use: Double
    /// Mean wait [h].
    let wait: Double
    /// As many jobs for all: 180,000.
    var days: Double { 180_000 / 24 / (Double(servers) * use) }
    var testDescription: String { "\(file), \(servers) of them, \(use) busy" }

    init(_ file: String, servers: Int, use: Double, wait: Double) {
      (self.file, self.servers, self.use, self.wait) = (file, servers, use, wait)
    }
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

  /// Model-facts §4.6, for services of mean 1.
  @Test func `waits are those of the published tables`() {
    for (servers, use, wait) in [
      (1, 0.8, 4.000000), (2, 0.8, 1.777778), (4, 0.8, 0.745541), (16, 0.9, 0.369590),
    ] {
      #expect(abs(Theory.wait(servers: servers, load: Double(servers) * use) - wait) < 5.1e-7)
    }
    let lognormal = Elementary.exp(0.859 * 0.859) - 1
    for (variation, waits) in [
      (0, [0.5, 2, 4.5]), (1, [1, 4, 9]), (4, [2.5, 10, 22.5]),
      (lognormal, [1.0457, 4.183, 9.412]),
    ] {
      for (load, wait) in zip([0.5, 0.8, 0.9], waits) {
        #expect(abs(Theory.wait(load: load, squaredVariation: variation) - wait) < 5.1e-4 * wait)
      }
    }
  }

  @Test func `with a crew for everybody each machine is alone`() {
    let running = Theory.running(machines: 20, life: 100, repair: 10, crews: 20)
    #expect(abs(running - 20 * 100 / 110) < 1e-12)
  }
}
