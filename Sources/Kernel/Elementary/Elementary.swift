/// Elementary functions made of + − × ÷ √ and bit operations alone.
///
/// The platform's own change from processor to processor, and one changed bit in one service time
/// reorders events; these give the same bits wherever `Double` is IEEE 754 binary64. No fused
/// multiply-add is used, and Swift never forms one by itself. Errors are in units in the last
/// place (ulp) of the exact result; the tests hold `exp`, `log`, `pow`, `sin` and `cos` to 1 ulp
/// against 80-bit arithmetic.
///
/// Polynomials are Taylor series, whose coefficients explain themselves; the arguments are reduced
/// far enough that a few terms more than the best polynomial's are all they cost.
public enum Elementary {}

extension Elementary {
  /// ln 2 cut after 42 bits, so that its product with an exponent is exact.
  @inlinable static var ln2High: Double { 0x1.62E4_2FEF_A380_0p-1 }

  /// What ``ln2High`` leaves of ln 2.
  @inlinable static var ln2Low: Double { 0x1.EF35_793C_7673_0p-45 }

  /// Adding and taking away 1.5 × 2⁵² rounds |x| < 2⁵¹ to the nearest whole number, ties to even.
  @inlinable static var roundingShift: Double { 0x1.8p52 }

  /// y × 2ᵏ for a `y` between ½ and 2 and |k| ≤ 2000, rounded at most once.
  ///
  /// Two factors, because 2ᵏ alone may be no normal number while the product is.
  @inlinable
  static func scaled(_ y: Double, by k: Int64) -> Double {
    let half = k >> 1
    return y * powerOfTwo(half) * powerOfTwo(k &- half)
  }

  /// 2ᵏ for -1022 ≤ k ≤ 1023.
  @inlinable
  static func powerOfTwo(_ k: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: (k &+ 1023) &<< 52))
  }
}
