import Configuration
import Kernel

/// A job gets the idle node that has been busy for the shortest time so far.
struct LeastWorked: Sendable {
  let staleness: SimDuration
  let among: Int?

  static let choice = Choice<MatchingRule>(
    name: "leastWorked", summary: "The idle node that has worked least so far.",
    source: "assumption"
  ) { fields in
    .leastWorked(LeastWorked(staleness: fields.staleness(), among: fields.nodesLookedAt()))
  }
}
