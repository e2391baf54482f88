/// A whole number that changes at events, averaged over time.
///
/// The area under it is kept in 128 bits and is exact for every level and horizon. Times given to it
/// must not go back.
public struct Level: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var current: Int64
  @usableFromInline var largest: Int64
  /// State: where the area begins.
  @usableFromInline var start: SimTime
  /// State: time of the last change.
  @usableFromInline var changed: SimTime
  /// State: area from `start` to `changed` [µs].
  @usableFromInline var past: Int128 = 0

  @inlinable
  public init(at start: SimTime, value: Int64 = 0) {
    current = value
    largest = value
    self.start = start
    changed = start
  }

  @inlinable
  public var value: Int64 { current }

  /// Largest value since the start.
  @inlinable
  public var maximum: Int64 { largest }

  @inlinable
  public mutating func set(_ value: Int64, at time: SimTime) {
    past = area(until: time)
    changed = time
    current = value
    largest = max(largest, value)
  }

  @inlinable
  public mutating func change(by difference: Int64, at time: SimTime) {
    set(current + difference, at: time)
  }

  /// Begins anew at `time` with the present value, as an interval of measurement does.
  @inlinable
  public mutating func restart(at time: SimTime) {
    self = Self(at: time, value: current)
  }

  /// Σ value × duration from the start to `time` [µs], exactly.
  @inlinable
  public func area(until time: SimTime) -> Int128 {
    precondition(time >= changed, "a level is asked about times from its last change on")
    let (high, low) = current.multipliedFullWidth(by: (time - changed).microseconds)
    return past + (Int128(high) << 64 | Int128(low))
  }

  /// Area over duration; the present value where the duration is zero.
  @inlinable
  public func mean(until time: SimTime) -> Double {
    guard time > start else { return Double(current) }
    return Double(area(until: time)) / Double((time - start).microseconds)
  }
}
