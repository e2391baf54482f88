import Configuration

/// A job gets any idle node of the first hardware of its class that has one.
enum RandomIdle {
  static let choice = Choice<MatchingRule>(
    name: "random", summary: "Any idle node of the hardware that the class prefers.",
    source: "assumption"
  ) { _ in .randomIdle }
}
