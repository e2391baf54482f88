import Configuration
import Kernel

/// Every node has a line of its own; a job joins the shortest of a few drawn at random.
///
/// The load of a node is the job that it serves and those that wait at it, as they were when loads
/// were last looked at. With one choice jobs are spread at random; with two the longest lines all
/// but vanish (Mitzenmacher 1996: the share of lines of at least i jobs falls as
/// ρ^((dⁱ − 1)/(d − 1))). What waits at a node that goes away chooses again.
struct LeastLoaded: Sendable {
  let choices: Int
  let staleness: SimDuration

  /// The most nodes that a job looks at.
  static let mostChoices = 16

  static let choice = Choice<MatchingRule>(
    name: "leastLoaded", summary: "The shortest line of a few nodes drawn at random.",
    source: "model-facts §4.6, Mitzenmacher"
  ) { fields in
    .leastLoaded(
      LeastLoaded(
        choices: fields.count(
          "choices", "nodes whose lines are compared; 1: any node", in: 1...mostChoices, default: 2,
          source: "model-facts §4.6"),
        staleness: fields.staleness()))
  }
}

extension FieldReader {
  /// How old what a choice rests on may be.
  mutating func staleness() -> SimDuration {
    .seconds(
      number(
        "staleSeconds",
        "all choices rest on one look at the network until it is this old; 0: on the present",
        unit: "s", in: 0...1e6, default: 0, source: "assumption"))
  }
}
