/// An instant on the simulated clock: whole microseconds since the start of the run [µs].
///
/// Integers, so that instants are equal or not equal and sums do not depend on their order.
public struct SimTime: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Time since the start [µs].
  public let microseconds: Int64

  @inlinable
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The start of the run.
  @inlinable public static var zero: Self { Self(microseconds: 0) }

  /// The last instant, about 36,500 years on; what is scheduled there never happens.
  @inlinable public static var farFuture: Self { Self(microseconds: 1 << 60) }

  /// The instant `count` days after the start, rounded once to the nearest microsecond and
  /// clamped to `zero ... farFuture`.
  @inlinable
  public static func days(_ count: Double) -> Self {
    zero + .days(count)
  }

  @inlinable public var inHours: Double { Double(microseconds) / 3.6e9 }

  @inlinable public var inDays: Double { Double(microseconds) / 8.64e10 }

  /// Number of the day that holds this instant, counting from 0; midnight belongs to the new day.
  @inlinable
  public var day: Int {
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
    return Int(remainder < 0 ? quotient - 1 : quotient)
  }
}

extension SimTime {
  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The later instant, or ``farFuture`` where that comes first.
  @inlinable
  public static func + (time: Self, delay: SimDuration) -> Self {
    Self(microseconds: min(time.microseconds + delay.microseconds, farFuture.microseconds))
  }

  @inlinable
  public static func - (left: Self, right: Self) -> SimDuration {
    SimDuration(microseconds: left.microseconds - right.microseconds)
  }

  @inlinable public static func += (time: inout Self, delay: SimDuration) { time = time + delay }
}
