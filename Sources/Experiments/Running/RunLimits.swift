import Foundation

/// Bounds that make a stranger's scenario safe to run.
public struct RunLimits: Sendable, Equatable {
  /// Events over all replicates.
  public var events = 200_000_000_000
  /// Wall time of the command [s].
  public var wallSeconds = 7.0 * 86_400
  /// Peak resident memory of the process [bytes]; seven eighths of the machine's.
  public var memoryBytes = Int(ProcessInfo.processInfo.physicalMemory / 8 * 7)
  /// Bytes of rows on disk.
  public var diskBytes = 100 << 30

  public init() {}
}

/// A bound of ``RunLimits`` was crossed.
public struct LimitError: Error, Equatable {
  /// The bounded quantities.
  public enum Quantity: String, Sendable {
    case events
    case wallTime = "wall time"
    case memory, disk
  }

  public let quantity: Quantity
  /// Bound in the quantity's unit.
  public let limit: Double
  /// Amount that crossed it.
  public let reached: Double
}
