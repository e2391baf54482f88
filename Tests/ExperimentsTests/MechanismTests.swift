import Economy
import Experiments
import Scenarios
import Testing

/// Each mechanism moves the measure that its scenario in `Scenarios/Mechanisms` names, beside the
/// same scenario without it.
struct MechanismTests {
  /// A measure of one variant against that of another.
  struct Row: Sendable, CustomTestStringConvertible {
    enum Direction: Sendable { case up, down, same }

    let file: String
    let measure: String
    let without: String
    let with: String
    let direction: Direction
    var testDescription: String { "\(file): \(measure) of \(with) beside \(without)" }

    init(
      _ file: String, _ measure: String, _ without: String, _ with: String, _ direction: Direction
    ) {
      self.file = file
      self.measure = measure
      self.without = without
      self.with = with
      self.direction = direction
    }
  }

  private static let rows: [Row] = [
    Row("churn-sessions", "availability", "none", "exponential", .down),
    Row("churn-sessions", "restarts", "exponential", "weibull", .down),
    Row("churn-sessions", "restarts", "exponential", "lognormal", .down),
    Row("churn-sessions", "restarts", "exponential", "mixture", .down),
    Row("churn-sessions", "availability", "none", "daily", .down),
    Row("churn-sessions", "availability", "none", "hourly", .down),
    Row("churn-sessions", "availability", "none", "trace", .down),
    Row("churn-failures", "node_failures", "none", "chance", .up),
    Row("churn-failures", "node_failures", "chance", "wearOut", .up),
    Row("churn-failures", "mttf_hours", "wearOut", "young", .up),
    Row("churn-failures", "node_failures", "chance", "lemons", .up),
    Row("churn-failures", "transient_errors", "chance", "transient", .up),
    Row("churn-failures", "mttr_hours", "chance", "transient", .down),
    Row("churn-repairs", "availability", "none", "software", .down),
    Row("churn-repairs", "mttr_hours", "software", "home", .up),
    Row("churn-repairs", "mttr_hours", "home", "swap", .up),
    Row("churn-repairs", "mttr_hours", "software", "kinds", .up),
    Row("churn-repairs", "mttr_hours", "swap", "crew", .up),
    Row("churn-outages", "outage_share", "none", "region", .up),
    Row("churn-outages", "outage_share", "none", "release", .up),
    Row("churn-outages", "outage_share", "none", "everywhere", .up),
    Row("churn-outages", "outage_share", "none", "date", .up),
    Row("churn-outages", "sessions_ended", "none", "region", .same),
    Row("churn-drain", "drained_nodes", "none", "some", .up),
    Row("churn-drain", "restarts", "none", "all", .down),
    Row("churn-drain", "lost_gpu_hours", "leaving", "told", .down),
    Row("churn-interruptions", "node_failures", "none", "meta", .up),
  ]

  private static let files = rows.reduce(into: [String]()) { files, row in
    if !files.contains(row.file) { files.append(row.file) }
  }

  @Test(arguments: files) func `a mechanism moves what its scenario says`(file: String) async throws
  {
    let scenario = try shippedScenario("Mechanisms/\(file)")
    let run = try await Replicated(scenario)
    for row in Self.rows where row.file == file {
      func mean(_ name: String) throws -> Double {
        let variant = try #require(scenario.variants.firstIndex { $0.name == name })
        let values = run.values(row.measure, in: variant)
        return values.reduce(0, +) / Double(values.count)
      }
      let (without, with) = (try mean(row.without), try mean(row.with))
      let comment: Comment = "\(row.testDescription): \(without), then \(with)"
      switch row.direction {
      case .up: #expect(with > without, comment)
      case .down: #expect(with < without, comment)
      case .same: #expect(with == without, comment)
      }
    }
  }
}
