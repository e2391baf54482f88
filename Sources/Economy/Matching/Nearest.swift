import Configuration

/// A job gets the idle node with the shortest round trip from its user's region.
struct Nearest: Sendable {
  let among: Int?

  static let choice = Choice<MatchingRule>(
    name: "nearest", summary: "The idle node with the shortest round trip to the user.",
    source: "assumption"
  ) { fields in .nearest(Nearest(among: fields.nodesLookedAt())) }
}
