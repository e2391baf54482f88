public import Scenarios

/// Numbers of one variant chosen so that it comes near what was observed.
public struct FitResult: Sendable, Equatable {
  /// One number.
  public struct Number: Sendable, Equatable {
    public let key: Fit.Key
    /// Value in the file.
    public let initial: Double
    /// Value that the runs use.
    public let value: Double

    /// Whether it lies within a hundredth of the sought range from an end of it.
    public var isAtEdge: Bool { !(0.01...0.99).contains(key.place(of: value)) }
  }

  /// Name of the variant.
  public let variant: String
  /// Names of the histories that it was to come near.
  public let histories: [String]
  /// Observations used.
  public let dates: Int
  public let distance: Fit.Distance
  public let numbers: [Number]
  /// Mean distance with the values in the file, and with those that the runs use.
  public let initialLoss: Double
  public let loss: Double
  /// Trials that were run.
  public let trials: Int
}
