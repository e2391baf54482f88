import Configuration
import Kernel

/// A way in which a broken node is brought back.
struct Repair: Sendable {
  /// How often it is the one that is needed, beside the others.
  let weight: Double
  /// Its time, once it starts [h].
  let hours: Distribution
  /// Whether it waits for a crew, where `operators.repairCrew` limits them.
  let takesCrew: Bool
  /// Whether the machine is new afterwards.
  let renews: Bool

  /// The one kind where no kinds are told apart.
  init(reading fields: inout FieldReader) {
    weight = 1
    hours = fields.distribution(
      "repairHours", "time of a repair, where kinds are not told apart [h]",
      default: .lognormal(median: 12, sigma: 1.5),
      source: "model-facts §1.3: home operator (I)")
    takesCrew = true
    renews = false
  }

  /// A restart of the software: what a transient error needs.
  init(restart fields: inout FieldReader) {
    weight = 0
    hours = fields.distribution(
      "restartHours", "time of the restart after a transient error [h]", default: .software,
      source: softwareSource)
    takesCrew = false
    renews = false
  }

  private init(
    weight: Double, _ law: DefaultLaw, source: String, takesCrew: Bool, renews: Bool,
    reading fields: inout FieldReader
  ) {
    self.weight = fields.number(
      "weight", "how often it is needed, beside the others", in: 0...1e9, default: weight,
      source: "model-facts §1.3: 17 transient to 4 permanent failures of 100 GPU-years (S)")
    hours = fields.distribution(
      "hours", "its time, once it starts [h]", default: law, source: source)
    self.takesCrew = fields.flag(
      "takesCrew", "whether it waits for one of operators.repairCrew", default: takesCrew,
      source: "assumption")
    self.renews = renews
  }

  /// Three kinds: what software cures, what needs another machine, what a home operator gets to.
  static func kinds(reading fields: inout FieldReader) -> [Repair] {
    let kinds = [
      fields.section("software", "a restart or a cure from afar") {
        Repair(
          weight: 17, .software, source: softwareSource, takesCrew: false, renews: false,
          reading: &$0)
      },
      fields.section("swap", "another machine, new, put in by a crew") {
        Repair(
          weight: 4, .uniform(72, 120), source: "model-facts §1.3: 4 days, 3 to 5 (S)",
          takesCrew: true, renews: true, reading: &$0)
      },
      fields.section("home", "a repair when the home operator gets to it") {
        Repair(
          weight: 0, .lognormal(median: 12, sigma: 1.5), source: "model-facts §1.3: unknown (I)",
          takesCrew: false, renews: false, reading: &$0)
      },
    ]
    if !fields.isRecording, kinds.allSatisfy({ $0.weight == 0 }) {
      fields.refuse(
        expected: "a weight above 0 for one of software, swap, home", found: "none",
        help: "a node that breaks needs some repair; raise one of them")
    }
    return kinds
  }
}

extension DefaultLaw {
  /// Median 0.5 h and mean 2.2 h: sigma is √(2 ln (2.2 / 0.5)).
  fileprivate static let software = DefaultLaw.lognormal(median: 0.5, sigma: 1.7214)
}

private let softwareSource = "model-facts §1.3: mean 2.2 h (S), median 0.5 h (I)"
