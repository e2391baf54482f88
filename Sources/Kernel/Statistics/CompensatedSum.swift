/// A sum whose rounding error does not grow with the number of terms.
///
/// Keeps what each addition loses and adds it at the end (Neumaier 1974).
public struct CompensatedSum: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var sum = 0.0
  /// State: what rounding has taken from `sum`.
  @usableFromInline var lost = 0.0

  @inlinable
  public init() {}

  @inlinable
  public var value: Double { sum + lost }

  @inlinable
  public mutating func add(_ term: Double) {
    let total = sum + term
    if abs(sum) >= abs(term) {
      lost += (sum - total) + term
    } else {
      lost += (term - total) + sum
    }
    sum = total
  }

  @inlinable
  public mutating func merge(_ other: Self) {
    add(other.sum)
    add(other.lost)
  }
}
