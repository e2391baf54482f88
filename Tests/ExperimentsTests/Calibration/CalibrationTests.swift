import Testing

@testable import Experiments
@testable import Scenarios

struct CalibrationTests {
  private func calibration(
    _ measure: String, key: String = "level", equals: String = "3.0", from: Double = 0,
    to: Double = 4
  ) -> Calibration {
    Calibration(
      key: key, measure: measure, fromDay: from, toDay: to, equals: equals, tolerance: 1e-6)
  }

  @Test(arguments: [("jobs_completed", 0.0), ("jobs_completed", 1.0), ("active_nodes", 2.0)])
  func `a variant is scaled until its measure equals the other's`(measure: String, from: Double)
    async throws
  {
    let plan = Plan.toy([.toy(3), .toy(1, calibration(measure, from: from))])
    let result = try await Experiment.toy(plan).run(into: MemorySink(), watch: Watch())
    let found = try #require(result.calibrations.first)
    #expect(found.isWithinTolerance)
    #expect(abs(found.value - 3) < 1e-5)
    #expect(found.factor == found.value)
    #expect(result.plan.calibratedValues == [nil, found.value])
    let prices = result.values(of: Toy.price, inVariant: 1)
    #expect(abs(prices[0] - result.values(of: Toy.price, inVariant: 0)[0]) < 1e-5)
  }

  @Test func `threads do not change the value found`() async throws {
    let plan = Plan.toy([.toy(3), .toy(1, calibration("jobs_completed"))])
    var values: Set<Double> = []
    for threads in [1, 4] {
      let result = try await Experiment.toy(plan, threads: threads)
        .run(into: MemorySink(), watch: Watch())
      values.insert(result.calibrations[0].value)
    }
    #expect(values.count == 1)
  }

  @Test(arguments: [
    (
      "job_completed", "level", "3.0", 0.0,
      "expected the name of a measure, found \"job_completed\""
    ),
    ("jobs_completed", "level", "4.0", 0, "expected the name of another variant, found \"4.0\""),
    ("jobs_completed", "width", "3.0", 0, "expected a number above 0 to scale at this key"),
    ("jobs_completed", "level", "3.0", 4, "expected fromDay before toDay, found 4.0 and 4.0"),
    ("utilisation", "level", "3.0", 1, "expected fromDay 0 for a ratio or an extreme, found 1.0"),
    ("utilisation", "level", "3.0", 0, "expected utilisation of 3.0 to be above 0, found nan"),
  ])
  func `what cannot be matched is said`(
    measure: String, key: String, equals: String, from: Double, message: String
  ) async {
    let calibration = calibration(measure, key: key, equals: equals, from: from)
    let plan = Plan.toy([.toy(3), .toy(1, calibration)])
    await #expect {
      try await Experiment.toy(plan).run(into: MemorySink(), watch: Watch())
    } throws: {
      guard case .calibration(let error)? = $0 as? ExperimentError else { return false }
      return error.message == message
    }
  }
}
