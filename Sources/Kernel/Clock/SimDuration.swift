/// A length of simulated time in whole microseconds [µs].
///
/// Sampled delays are rounded once, here, when they become durations: ``seconds(_:)``,
/// ``hours(_:)`` and ``days(_:)`` round to the nearest microsecond (ties to even) and clamp to
/// `0 ... forever`, so that no draw, however long, can overflow the clock.
public struct SimDuration: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Length [µs]; negative only as the difference of two durations or times.
  public let microseconds: Int64

  @inlinable
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  @inlinable public static var zero: Self { Self(microseconds: 0) }

  /// Longest delay, about 36,500 years; whatever is scheduled so far ahead never happens.
  @inlinable public static var forever: Self { Self(microseconds: 1 << 60) }

  @inlinable public static func seconds(_ count: Double) -> Self { Self(rounding: count * 1e6) }

  @inlinable public static func hours(_ count: Double) -> Self { Self(rounding: count * 3.6e9) }

  @inlinable public static func days(_ count: Double) -> Self { Self(rounding: count * 8.64e10) }

  @inlinable public var inSeconds: Double { Double(microseconds) / 1e6 }

  @inlinable public var inHours: Double { Double(microseconds) / 3.6e9 }

  @inlinable public var inDays: Double { Double(microseconds) / 8.64e10 }

  @inlinable @inline(__always)
  init(rounding microseconds: Double) {
    precondition(!microseconds.isNaN, "a duration must be a number, found NaN")
    let clamped = min(max(microseconds, 0), 0x1p60)
    // Below 2⁵¹ the nearest whole number is what 2⁵² pushes the significand to; from 2⁵² on every
    // number is whole.
    let pushed = clamped + 0x1p52
    self.init(
      microseconds: clamped < 0x1p51
        ? Int64(pushed.significandBitPattern)
        : Int64(clamped < 0x1p52 ? pushed - 0x1p52 : clamped))
  }
}

extension SimDuration {
  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    left.microseconds < right.microseconds
  }

  @inlinable
  public static func + (left: Self, right: Self) -> Self {
    Self(microseconds: left.microseconds + right.microseconds)
  }

  @inlinable
  public static func - (left: Self, right: Self) -> Self {
    Self(microseconds: left.microseconds - right.microseconds)
  }

  @inlinable
  public static func * (length: Self, count: Int) -> Self {
    Self(microseconds: length.microseconds * Int64(count))
  }

  @inlinable public static func += (left: inout Self, right: Self) { left = left + right }

  @inlinable public static func -= (left: inout Self, right: Self) { left = left - right }
}
