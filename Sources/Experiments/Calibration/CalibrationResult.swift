/// One variant matched to another by scaling one key.
public struct CalibrationResult: Sendable, Equatable {
  /// Name of the variant whose key was changed.
  public let variant: String
  public let key: String
  public let measure: String
  /// Name of the variant that was to be equalled.
  public let equals: String
  /// Value of the key in the file.
  public let initialValue: Double
  /// Value of the key that the runs use.
  public let value: Double
  /// Mean of the measure at ``value`` ÷ mean of the measure in ``equals``.
  public let ratio: Double
  /// Allowed distance of ``ratio`` from 1.
  public let tolerance: Double
  /// Pilot rounds that were run.
  public let rounds: Int

  /// What the value in the file was multiplied with.
  public var factor: Double { value / initialValue }

  /// Whether the match is as close as asked for.
  public var isWithinTolerance: Bool { abs(ratio - 1) <= tolerance }
}

/// Why a variant cannot be matched.
public struct CalibrationError: Error, Equatable {
  public let variant: String
  public let key: String
  /// What was expected and what was found.
  public let message: String
  public let help: String
}
