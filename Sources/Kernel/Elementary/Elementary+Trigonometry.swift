extension Elementary {
  /// Sine of an angle [rad], within 1 ulp for every finite angle.
  @inlinable
  public static func sin(_ x: Double) -> Double {
    guard abs(x) < .infinity else { return .nan }
    // Below 2⁻²⁷ the cubic term is lost, and zero keeps its sign.
    guard abs(x) >= 0x1p-27 else { return x }
    let (quadrant, rest) = quadrants(x)
    let value = quadrant % 2 == 0 ? sineNearZero(rest) : cosineNearZero(rest)
    return quadrant & 2 == 0 ? value : -value
  }

  /// Cosine of an angle [rad], within 1 ulp for every finite angle.
  @inlinable
  public static func cos(_ x: Double) -> Double {
    guard abs(x) < .infinity else { return .nan }
    let (quadrant, rest) = quadrants(x)
    let value = quadrant % 2 == 0 ? cosineNearZero(rest) : sineNearZero(rest)
    return (quadrant &+ 1) & 2 == 0 ? value : -value
  }

  /// Splits a finite x into n π/2 + rest with |rest| ≤ π/4 and a trifle; gives n modulo a power of two.
  ///
  /// π/2 is taken in three parts of 33 bits, whose products with n are exact, and a fourth of 53
  /// (Cody and Waite, "Software Manual for the Elementary Functions", 1980, ch. 8).
  @inlinable
  static func quadrants(_ x: Double) -> (n: Int64, rest: DoubleDouble) {
    if abs(x) < 0.785 { return (0, DoubleDouble(high: x)) }
    if abs(x) > 0x1p20 { return quadrantsOfLarge(x) }
    let shifted = x * 0x1.45F3_06DC_9C88_3p-1 + roundingShift
    let n = shifted - roundingShift
    let part1 = x - n * 0x1.921F_B544p+0
    let part2 = DoubleDouble(part1, plus: -(n * 0x1.0B46_11A6p-34))
    let part3 = DoubleDouble(part2.high, plus: -(n * 0x1.3198_A2Ep-69))
    let low = (part2.low + part3.low) - n * 0x1.B839_A252_049C_1p-104
    return (exponent(of: shifted), DoubleDouble(part3.high, plusSmaller: low))
  }

  /// Sine of r = high + low: r − r³/3! + … + r¹⁷/17! (the rest is below 2⁻⁶³), with low last.
  @inlinable
  static func sineNearZero(_ r: DoubleDouble) -> Double {
    let x = r.high
    let z = x * x
    let z2 = z * z
    let cubic = -1.0 / 6 + z * (1.0 / 120)
    let middle = -1.0 / 5040 + z * (1.0 / 362_880)
    let upper = -1.0 / 39_916_800 + z * (1.0 / 6_227_020_800)
    let top = -1.0 / 1_307_674_368_000 + z * (1.0 / 355_687_428_096_000)
    let series = cubic + z2 * (middle + z2 * (upper + z2 * top))
    // cos r ≈ 1 − r²/2 carries the low part to the result.
    return x + (x * z * series + r.low * (1 - 0.5 * z))
  }

  /// Cosine of r = high + low: 1 − r²/2! + … + r¹⁸/18! (the rest is below 2⁻⁶⁷).
  @inlinable
  static func cosineNearZero(_ r: DoubleDouble) -> Double {
    let x = r.high
    let z = x * x
    let z2 = z * z
    let quartic = 1.0 / 24 - z * (1.0 / 720)
    let middle = 1.0 / 40_320 - z * (1.0 / 3_628_800)
    let upper = 1.0 / 479_001_600 - z * (1.0 / 87_178_291_200)
    let top = 1.0 / 20_922_789_888_000 - z * (1.0 / 6_402_373_705_728_000)
    let series = quartic + z2 * (middle + z2 * (upper + z2 * top))
    let half = 0.5 * z
    let main = 1 - half
    return main + (((1 - main) - half) + (z2 * series - x * r.low))
  }
}
