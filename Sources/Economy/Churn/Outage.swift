import Configuration
import Kernel

/// Outages with a shared cause: all nodes of a region or of a release, or a share of them, are out of
/// reach at once.
///
/// They come as a Poisson process of their own for each region or type. A node that is cut off loses
/// its job; its session, failures and repairs go on as if nothing were.
struct Outage: Sendable, Equatable {
  /// What an outage has in common.
  enum Scope: String, CaseIterable, Sendable {
    /// Nodes of one region: power, line, law.
    case region
    /// Nodes of one operator type: its release.
    case type
    /// Every node: a protocol upgrade.
    case all
  }

  let name: String
  let scope: Scope
  /// Outages of each region or type [1/year].
  let perYear: Double
  /// Share of its nodes that are hit [1].
  let share: Double
  /// Its length [h].
  let hours: Distribution

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    scope = fields.choice("scope", "what the nodes that it hits have in common")
    perYear = fields.number(
      "perYear", "outages of each region, or of each type, or of all", unit: "1/year", in: 0...8760)
    share = fields.share(
      "share", "share of these nodes that it hits, drawn for each", default: 1, source: "assumption"
    )
    hours = fields.distribution(
      "durationHours", "its length [h]", default: .lognormal(median: 2, sigma: 1),
      source: "assumption; model-facts §1.2: correlated downtime 0 to 30 % (I)")
    let hoursAway = perYear / Span.daysPerYear / Span.hoursPerDay * hours.mean * share
    if !fields.isRecording, hoursAway > 1 {
      fields.warn(
        "perYear", expected: "outages that are over before the next comes",
        found: "\(numberText((hoursAway * 100).rounded() / 100)) at once on average",
        help: "lower perYear or durationHours")
    }
  }
}
