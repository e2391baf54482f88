/// The unevaluated sum of a number and a rest below half its ulp: about 106 bits.
///
/// Sums are Knuth's and Dekker's; products split the factors by masking bits, so they need no fused
/// multiply-add and cannot overflow on the way (Dekker, "A floating-point technique for extending
/// the available precision", 1971). Results are right to about 2⁻¹⁰¹.
@usableFromInline
struct DoubleDouble: BitwiseCopyable, Sendable {
  @usableFromInline let high: Double
  @usableFromInline let low: Double

  @inlinable
  init(high: Double, low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// a + b exactly, where a is zero or |a| ≥ |b|.
  @inlinable
  init(_ a: Double, plusSmaller b: Double) {
    high = a + b
    low = b - (high - a)
  }

  /// a + b exactly.
  @inlinable
  init(_ a: Double, plus b: Double) {
    high = a + b
    let fromB = high - a
    low = (a - (high - fromB)) + (b - fromB)
  }

  /// a × b, exactly but for the product of the two low parts.
  @inlinable
  init(_ a: Double, times b: Double) {
    let aHigh = Self.upperHalf(a)
    let aLow = a - aHigh
    let bHigh = Self.upperHalf(b)
    let bLow = b - bHigh
    high = a * b
    low = ((aHigh * bHigh - high) + aHigh * bLow + aLow * bHigh) + aLow * bLow
  }

  @inlinable
  static func + (left: Self, right: Self) -> Self {
    let sum = Self(left.high, plus: right.high)
    return Self(sum.high, plusSmaller: sum.low + (left.low + right.low))
  }

  @inlinable
  static func * (left: Self, right: Self) -> Self {
    let product = Self(left.high, times: right.high)
    let cross = left.high * right.low + left.low * right.high
    return Self(product.high, plusSmaller: product.low + cross)
  }

  /// Keeps the first 26 bits of the significand.
  @inlinable
  static func upperHalf(_ x: Double) -> Double {
    Double(bitPattern: x.bitPattern & ~0x7FF_FFFF)
  }
}
