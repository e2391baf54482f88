public import Economy

/// Keeps the rows of a result while replicates run; called from several tasks at once.
public protocol ResultSink: Sendable {
  /// The outcome of a unit that an earlier attempt has already stored whole.
  func stored(_ unit: WorkUnit, of plan: Plan) throws(SinkError) -> ReplicateOutcome?

  /// A place for the rows of a unit.
  func open(_ unit: WorkUnit, of plan: Plan) throws(SinkError) -> any ReplicateSink

  /// Bytes written so far, over all units.
  var bytesWritten: Int { get }
}

/// Takes the rows of one replicate in order of time.
public protocol ReplicateSink {
  mutating func write(_ rows: [SeriesRow]) throws(SinkError)
  mutating func write(_ rows: [FlowRow]) throws(SinkError)
  /// Ends the replicate; only after this does it count as stored.
  mutating func finish(
    _ outcome: ReplicateOutcome, breakdown: [BreakdownRow], survival: [SurvivalRow]
  ) throws(SinkError)
  /// Forgets what was written.
  mutating func discard()
}

/// Something could not be read or written.
public struct SinkError: Error, Equatable, CustomStringConvertible {
  /// What was attempted, on which path, and the system's reason.
  public let message: String
  /// What to do about it; may be empty.
  public let help: String

  public init(_ message: String, help: String = "") {
    self.message = message
    self.help = help
  }

  public var description: String { message }
}
