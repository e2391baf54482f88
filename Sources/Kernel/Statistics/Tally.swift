/// Count, mean, variance and range of observations that each count once.
///
/// Updated by the recurrence of Welford (1962) and merged by that of Chan, Golub and LeVeque (1979),
/// which avoid the cancellation in Σx² − n x̄². Without observations mean and range are not numbers,
/// with fewer than two neither is the variance.
public struct Tally: Hashable, Sendable, BitwiseCopyable {
  /// Counter: observations.
  @usableFromInline var observations = 0
  @usableFromInline var runningMean = 0.0
  /// State: Σ (x − mean)².
  @usableFromInline var squares = 0.0
  @usableFromInline var smallest = Double.infinity
  @usableFromInline var largest = -Double.infinity

  @inlinable
  public init() {}

  @inlinable
  public mutating func add(_ value: Double) {
    observations += 1
    let before = value - runningMean
    runningMean += before / Double(observations)
    squares += before * (value - runningMean)
    smallest = min(smallest, value)
    largest = max(largest, value)
  }

  /// Adds the observations of another tally.
  @inlinable
  public mutating func merge(_ other: Self) {
    guard other.observations > 0 else { return }
    let total = Double(observations + other.observations)
    let share = Double(other.observations) / total
    let apart = other.runningMean - runningMean
    squares += other.squares + apart * apart * Double(observations) * share
    runningMean += apart * share
    observations += other.observations
    smallest = min(smallest, other.smallest)
    largest = max(largest, other.largest)
  }

  @inlinable
  public var count: Int { observations }

  @inlinable
  public var mean: Double { count > 0 ? runningMean : .nan }

  /// Unbiased: Σ (x − mean)² / (n − 1).
  @inlinable
  public var variance: Double { count > 1 ? squares / Double(count - 1) : .nan }

  /// Square root of the variance.
  @inlinable
  public var deviation: Double { variance.squareRoot() }

  @inlinable
  public var minimum: Double { count > 0 ? smallest : .nan }

  @inlinable
  public var maximum: Double { count > 0 ? largest : .nan }
}
