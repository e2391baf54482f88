extension Elementary {
  /// xʸ, within 1 ulp, with the special values of IEEE 754-2019 §9.2.1 (`pow`).
  ///
  /// The logarithm is taken to 2⁻⁶⁵, because its error grows with y ln x, up to 745.
  @inlinable
  public static func pow(_ x: Double, _ y: Double) -> Double {
    guard x >= 0x1p-1022, x < .infinity, x != 1, abs(y) < .infinity, y != 0 else {
      return powAtEdges(x, y)
    }
    return powOfPositive(x, y)
  }

  /// xʸ for a positive normal x and a finite y.
  @inlinable
  static func powOfPositive(_ x: Double, _ y: Double) -> Double {
    let (k, m) = halved(x)
    return exp(of: y, times: preciseLog(m, exponent: Double(k)))
  }

  @inlinable
  static func exp(of y: Double, times logarithm: DoubleDouble) -> Double {
    let estimate = y * logarithm.high
    guard estimate > -746 else { return 0 }
    guard estimate < 710 else { return .infinity }
    let product = DoubleDouble(y, times: logarithm.high)
    return exp(product.high, plus: product.low + y * logarithm.low)
  }

  /// ln m + k ln 2 to 2⁻⁶⁵, for m between √½ and √2.
  ///
  /// The series of ``log(_:)`` with its first two terms in double-double:
  /// ln m = 2s + 2s · s² (1/3 + (s²/5 + s⁴/7 + …)).
  @inlinable
  static func preciseLog(_ m: Double, exponent k: Double) -> DoubleDouble {
    let f = m - 1
    let divisor = DoubleDouble(m, plus: 1)
    let quotient = f / divisor.high
    let back = DoubleDouble(quotient, times: divisor.high)
    let remainder = ((f - back.high) - back.low) - quotient * divisor.low
    let s = DoubleDouble(quotient, plusSmaller: remainder / divisor.high)

    let z = s * s
    let z1 = z.high
    let z2 = z1 * z1
    let odd = 1.0 / 5 + z2 * (1.0 / 9 + z2 * (1.0 / 13 + z2 * (1.0 / 17 + z2 * (1.0 / 21))))
    let even = 1.0 / 7 + z2 * (1.0 / 11 + z2 * (1.0 / 15 + z2 * (1.0 / 19 + z2 * (1.0 / 23))))
    let third = DoubleDouble(1.0 / 3, plusSmaller: z1 * odd + z2 * even)
    let lowOfThird = 0x1.5555_5555_5555_5p-56
    let factor = z * DoubleDouble(high: third.high, low: third.low + lowOfThird)
    let twice = DoubleDouble(high: 2 * s.high, low: 2 * s.low)
    let logarithm = twice + twice * factor
    return DoubleDouble(high: k * ln2High, low: k * ln2Low) + logarithm
  }

  @usableFromInline
  @inline(never)
  static func powAtEdges(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let size = abs(x)
    if abs(y) == .infinity {
      if size == 1 { return 1 }
      return (size > 1) == (y > 0) ? .infinity : 0
    }
    let isNegative = x.sign == .minus && isOdd(y)
    if size == 0 || size == .infinity {
      let result: Double = (size == 0) == (y > 0) ? 0 : .infinity
      return isNegative ? -result : result
    }
    if x < 0 && !isWhole(y) { return .nan }
    let (k, m) = size < 0x1p-1022 ? halved(size * 0x1p54) : halved(size)
    let exponent = size < 0x1p-1022 ? k - 54 : k
    let result = exp(of: y, times: preciseLog(m, exponent: Double(exponent)))
    return isNegative ? -result : result
  }

  static func isWhole(_ y: Double) -> Bool {
    // From 2⁵² on there are no fractions.
    abs(y) >= 0x1p52 || y == (y + roundingShift) - roundingShift
  }

  static func isOdd(_ y: Double) -> Bool {
    abs(y) < 0x1p53 && isWhole(y) && Int64(y) % 2 != 0
  }
}
