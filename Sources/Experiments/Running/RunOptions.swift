/// What the command line may change about a scenario without touching its text.
public struct RunOptions: Sendable {
  /// Replaces the scenario's seed.
  public var seed: UInt64?
  /// Replaces the scenario's number of replicates.
  public var replicates: Int?
  /// Runs this replicate alone; replicates are numbered from 1.
  public var onlyReplicate: Int?
  /// Replaces the scenario's horizon [days].
  public var horizonDays: Double?

  public init(
    seed: UInt64? = nil, replicates: Int? = nil, onlyReplicate: Int? = nil,
    horizonDays: Double? = nil
  ) {
    self.seed = seed
    self.replicates = replicates
    self.onlyReplicate = onlyReplicate
    self.horizonDays = horizonDays
  }
}
