import Benchmarks
import Economy
import Experiments
import Foundation
import Reports
import Scenarios

extension Failure {
  init(_ error: UsageError) {
    self.init(.usage, error.message, help: error.help)
  }

  init(_ error: ScenarioError) {
    switch error {
    case .issues: self.init(.usage, text: error.description)
    case .unreadable: self.init(.unable, text: error.description)
    }
  }

  init(_ error: FolderError) {
    switch error {
    case .refused(let message, let help): self.init(.usage, message, help: help)
    case .sink(let error): self.init(error)
    }
  }

  init(_ error: SinkError) {
    self.init(.unable, error.message, help: error.help)
  }

  init(_ error: LimitError) {
    let (limit, reached) = (Self.amount(error.limit, error), Self.amount(error.reached, error))
    self.init(
      .unable,
      "limit of the run: expected at most \(limit) of \(error.quantity.rawValue), "
        + "found \(reached)",
      help: "ask for a shorter horizon, fewer replicates or a smaller network; "
        + "replicates that were finished are kept")
  }

  init(_ error: Unsteadiness) {
    self.init(
      .usage,
      "analysis: \(error.measure) of \(error.variant): \(error.reason)", help: error.help)
  }

  init(_ error: CalibrationError) {
    self.init(
      .usage, "\(error.variant): calibrate \(error.key): \(error.message)", help: error.help)
  }

  init(_ error: BenchmarkError) {
    switch error {
    case .noProject(let places):
      self.init(
        .unable,
        "expected a folder with Scenarios/Checks above \(places.joined(separator: " or ")), "
          + "found none",
        help: "run the benchmark in the project's folder")
    case .scenario(let error): self.init(error)
    case .experiment(let error):
      self.init(.broken, "a benchmark stopped: \(error)", help: "please report this")
    case .invariant(let failure):
      self.init(
        .broken, "the books do not balance: \(failure.message)",
        help: "this is a mistake of the program; please report it")
    case .interrupted: self.init(.interrupted, "interrupted; nothing was measured")
    }
  }

  static let interrupted = Failure(
    .interrupted, "interrupted; replicates that were finished are kept",
    help: "the same command again takes them up; the old result is as it was")

  /// - Parameter bundle: the folder with what is needed to repeat the run.
  static func broken(_ failure: InvariantFailure, bundle: String) -> Failure {
    Failure(
      .broken, "the books do not balance: \(failure.message)",
      help: "this is a mistake of the program; please report it with \(bundle)")
  }

  private static func amount(_ amount: Double, _ error: LimitError) -> String {
    switch error.quantity {
    case .events: String(format: "%.0f", amount)
    case .wallTime: String(format: "%.0f s", amount)
    case .memory, .disk: String(format: "%.1f GiB", amount / 0x1p30)
    }
  }
}
