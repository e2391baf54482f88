/// Asks for numbers of a variant to be chosen so that it comes near what was observed.
public struct Fit: Sendable, Equatable {
  /// A number to choose, and where to look for it.
  public struct Key: Sendable, Equatable {
    /// Key path of the number.
    public let path: String
    public let lowest: Double
    public let highest: Double

    /// Whether it is sought by ratio rather than by difference.
    public var isByRatio: Bool { lowest > 0 }
  }

  /// How far a simulation is from an observation, both in logarithms.
  public enum Distance: String, CaseIterable, Sendable {
    /// The square of median less observation.
    case squares
    /// The continuous ranked probability score of the replicates.
    case crps
  }

  public let keys: [Key]
  /// Names of the histories to come near.
  public let histories: [String]
  public let distance: Distance
  /// Replicates that each trial runs.
  public let replicates: Int
  /// Most trials.
  public let trials: Int
}
