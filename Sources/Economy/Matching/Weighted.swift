import Configuration

/// A job gets one of the idle nodes by lot, each with a chance in proportion to its weight.
struct Weighted: Sendable {
  /// Where weights come from.
  enum Weight: String, CaseIterable, Sendable { case reputation, stake }

  let by: Weight
  let among: Int?

  static let choice = Choice<MatchingRule>(
    name: "weighted",
    summary: "By lot among idle nodes, with chances in proportion to reputation or stake.",
    source: "assumption"
  ) { fields in
    .weighted(
      Weighted(
        by: fields.choice(
          "by", "what chances are in proportion to; nodes weigh the same where nothing keeps it",
          default: Weight.reputation),
        among: fields.nodesLookedAt()))
  }
}
