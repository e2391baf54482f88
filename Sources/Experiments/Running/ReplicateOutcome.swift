/// What stays in memory of a finished replicate; its rows are on disk by then.
public struct ReplicateOutcome: Sendable, Codable, Equatable {
  /// Value of each measure over the whole run, aligned with `Measure.all`; NaN where undefined.
  public let summary: [Double]
  public let events: EventTally
  /// Sentences in which the economy doubts itself.
  public let warnings: [String]
  /// Values that stand beside the observations of each history of the plan; NaN where undefined.
  public let observations: [[Double]]

  public init(
    summary: [Double], events: EventTally, warnings: [String], observations: [[Double]] = []
  ) {
    self.summary = summary
    self.events = events
    self.warnings = warnings
    self.observations = observations
  }
}

/// Events of one replicate.
public struct EventTally: Sendable, Codable, Equatable {
  /// Events of one kind.
  public struct Kind: Sendable, Codable, Equatable {
    public let name: String
    public let count: Int
  }

  /// Events handled, stale ones included.
  public let total: Int
  /// Events whose generation had passed: cost without effect.
  public let stale: Int
  /// Events by kind, in the economy's order.
  public let kinds: [Kind]
}
