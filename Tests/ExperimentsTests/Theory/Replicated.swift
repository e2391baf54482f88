import Economy
import Kernel
import Scenarios

@testable import Experiments

/// A scenario run by an ordinary experiment, for its means over replicates.
struct Replicated {
  let result: ExperimentResult

  init(_ scenario: Scenario, _ options: RunOptions = RunOptions(), threads: Int = 2) async throws {
    let plan = Plan(scenario, options: options)
    result = try await Experiment(plan, of: scenario, threads: threads)
      .run(into: RowSink(), watch: Watch())
  }

  /// The mean of a measure and the half-width of its 99.9 % interval: Student over replicates.
  ///
  /// With a fixed seed a test of the interval passes or fails for good; a right implementation
  /// fails for one seed in a thousand.
  func mean(_ name: String, in variant: Int = 0) -> (value: Double, halfWidth: Double) {
    let sample = Sample(values(name, in: variant))
    let quantile = StudentT.quantile(0.9995, degrees: Double(sample.count - 1))
    return (sample.mean, quantile * sample.standardError)
  }

  func values(_ name: String, in variant: Int = 0) -> [Double] {
    guard let column = Measure.index(of: name) else { return [] }
    return result.values(of: column, inVariant: variant)
  }
}
