extension Elementary {
  /// eˣ, within 1 ulp; 0 below the smallest subnormal, infinite above the largest number.
  @inlinable
  public static func exp(_ x: Double) -> Double {
    guard x > -746 else { return x.isNaN ? x : 0 }
    guard x < 710 else { return .infinity }
    return exp(x, plus: 0)
  }

  /// e^(x + tail) for -746 < x < 710 and a tail below an ulp of x.
  ///
  /// With x = k ln 2 + r and |r| ≤ ½ ln 2, eˣ = 2ᵏ eʳ. What rounding takes from r is added to the
  /// small terms of eʳ = 1 + (r + (r²/2! + r³/3! + …)), so two roundings matter, of ½ and ¼ ulp.
  @inlinable
  static func exp(_ x: Double, plus tail: Double) -> Double {
    let shifted = x * 0x1.7154_7652_B82F_Ep+0 + roundingShift
    let k = shifted - roundingShift
    let high = x - k * ln2High
    let low = tail - k * ln2Low
    let r = high + low
    let lost = (high - r) + low
    let y = 1 + (r + (expm1Tail(r) + lost))
    return scaled(y, by: exponent(of: shifted))
  }

  /// eˣ − 1, within 2 ulp, without cancellation near 0.
  @inlinable
  public static func expm1(_ x: Double) -> Double {
    guard x > -40 else { return x.isNaN ? x : -1 }
    guard x < 710 else { return .infinity }
    if abs(x) < 0.34 { return x + expm1Tail(x) }
    let shifted = x * 0x1.7154_7652_B82F_Ep+0 + roundingShift
    let k = exponent(of: shifted)
    if k > 60 { return exp(x) }
    let high = x - Double(k) * ln2High
    let low = Double(k) * ln2Low
    let r = high - low
    let fraction = r + (expm1Tail(r) + ((high - r) - low))
    // 2ᵏ − 1 is exact for these k, and 2ᵏ × fraction always is.
    return powerOfTwo(k) * fraction + (powerOfTwo(k) - 1)
  }

  /// Hyperbolic tangent, within 4 ulp.
  @inlinable
  public static func tanh(_ x: Double) -> Double {
    let e = expm1(2 * min(abs(x), 20))
    let magnitude = e / (e + 2)
    return x.isNaN ? x : x.sign == .minus ? -magnitude : magnitude
  }

  /// eʳ − 1 − r = Σ rⁿ/n! over n = 2 … 14, for |r| ≤ ½ ln 2; the rest is below 2⁻⁶³.
  @inlinable
  static func expm1Tail(_ r: Double) -> Double {
    let r2 = r * r
    let r4 = r2 * r2
    let terms2to3 = 1.0 / 2 + r * (1.0 / 6)
    let terms4to5 = 1.0 / 24 + r * (1.0 / 120)
    let terms6to7 = 1.0 / 720 + r * (1.0 / 5040)
    let terms8to9 = 1.0 / 40_320 + r * (1.0 / 362_880)
    let terms10to11 = 1.0 / 3_628_800 + r * (1.0 / 39_916_800)
    let terms12to13 = 1.0 / 479_001_600 + r * (1.0 / 6_227_020_800)
    let term14 = r2 * (1.0 / 87_178_291_200)
    let terms6to9 = terms6to7 + r2 * terms8to9
    let terms10to14 = terms10to11 + r2 * (terms12to13 + term14)
    let terms6to14 = terms6to9 + r4 * terms10to14
    return r2 * (terms2to3 + (r2 * terms4to5 + r4 * terms6to14))
  }

  /// The whole number that adding ``roundingShift`` has pushed into the low bits.
  @inlinable
  static func exponent(of shifted: Double) -> Int64 {
    Int64(bitPattern: shifted.bitPattern) &- Int64(bitPattern: roundingShift.bitPattern)
  }
}
