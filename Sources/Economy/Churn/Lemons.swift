import Configuration
import Kernel

/// A few nodes that fail much more often than the others; which they are is drawn once a node.
struct Lemons: Sendable {
  /// Share of the nodes [1].
  let share: Double
  /// Failures of such a node ÷ failures of another [1].
  let multiple: Double

  init(reading fields: inout FieldReader) {
    share = fields.share(
      "share", "share of the nodes", default: 0.012, source: "model-facts §1.3: lemon nodes (S)")
    multiple = fields.number(
      "multiple", "failures of such a node ÷ failures of another", in: 1...1e4, default: 10,
      source: "assumption")
  }

  /// The mean over all nodes of what their hazards are multiplied by [1].
  var meanFactor: Double { 1 + share * (multiple - 1) }

  /// What the hazard of a node is multiplied by.
  func factor(of node: UInt64, _ luck: Luck) -> Double {
    var stream = luck.stream(.lemon, entity: node)
    return stream.uniform() < share ? multiple : 1
  }
}
