extension Elementary {
  /// Natural logarithm, within 1 ulp; −∞ at zero, not a number below it.
  @inlinable
  public static func log(_ x: Double) -> Double {
    guard x >= 0x1p-1022, x < .infinity else { return logOutsideNormalNumbers(x) }
    let (k, m) = halved(x)
    return log1p(m - 1, plus: 0, exponent: Double(k))
  }

  /// ln(1 + x), within 2 ulp, without cancellation near 0.
  @inlinable
  public static func log1p(_ x: Double) -> Double {
    guard x > -1, x < .infinity else { return x == -1 ? -.infinity : x == .infinity ? x : .nan }
    if abs(x) < 0.25 { return log1p(x, plus: 0, exponent: 0) }
    let sum = 1 + x
    let lost = abs(x) < 1 ? x - (sum - 1) : 1 - (sum - x)
    let (k, m) = halved(sum)
    return log1p(m - 1, plus: lost / sum, exponent: Double(k))
  }

  /// ln(1 + f) + tail + k ln 2 for 1 + f between √½ and √2.
  ///
  /// With s = f / (2 + f), ln(1 + f) = 2 artanh s = 2s + s R, where
  /// R = Σ 2 s²ⁿ/(2n + 1) over n = 1 … 10; the rest is below 2⁻⁵⁹ of the result. As
  /// 2s = f − f²/2 + s f²/2, the sum can start from f, which is exact.
  @inlinable
  static func log1p(_ f: Double, plus tail: Double, exponent k: Double) -> Double {
    let s = f / (2 + f)
    let z = s * s
    let z2 = z * z
    let z4 = z2 * z2
    let terms1to2 = 2.0 / 3 + z * (2.0 / 5)
    let terms3to4 = 2.0 / 7 + z * (2.0 / 9)
    let terms5to6 = 2.0 / 11 + z * (2.0 / 13)
    let terms7to8 = 2.0 / 15 + z * (2.0 / 17)
    let terms9to10 = 2.0 / 19 + z * (2.0 / 21)
    let terms1to4 = terms1to2 + z2 * terms3to4
    let terms5to10 = terms5to6 + (z2 * terms7to8 + z4 * terms9to10)
    let r = z * (terms1to4 + z4 * terms5to10)
    let halfSquare = 0.5 * f * f
    let small = s * (halfSquare + r) + (k * ln2Low + tail)
    return k * ln2High - ((halfSquare - small) - f)
  }

  /// Splits a positive normal number into 2ᵏ m with m between √½ and √2.
  @inlinable
  static func halved(_ x: Double) -> (k: Int64, m: Double) {
    let rootOfHalf: Int64 = 0x3FE6_A09E_667F_3BCD
    let bits = Int64(bitPattern: x.bitPattern)
    let k = (bits &- rootOfHalf) >> 52
    return (k, Double(bitPattern: UInt64(bitPattern: bits &- k &<< 52)))
  }

  @usableFromInline
  @inline(never)
  static func logOutsideNormalNumbers(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    if x == .infinity { return x }
    guard x > 0 else { return .nan }
    let (k, m) = halved(x * 0x1p54)
    return log1p(m - 1, plus: 0, exponent: Double(k - 54))
  }
}
