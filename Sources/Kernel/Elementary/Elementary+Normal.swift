extension Elementary {
  /// Complementary error function 2/√π ∫ₓ^∞ e^(−t²) dt, to a relative 10⁻¹⁴.
  public static func erfc(_ x: Double) -> Double {
    if x.isNaN { return x }
    if abs(x) < 0.75 { return 1 - errorFunctionNearZero(x) }
    let square = DoubleDouble(x, times: x)
    guard square.high < 745 else { return x > 0 ? 0 : 2 }
    let tail = exp(-square.high, plus: -square.low) * scaledErfc(abs(x))
    return x > 0 ? tail : 2 - tail
  }

  /// Probability that a standard normal number lies below z, to a relative 10⁻¹⁴ in both tails.
  public static func normalCDF(_ z: Double) -> Double {
    if z.isNaN { return z }
    let x = z * 0x1.6A09_E667_F3BC_Dp-1
    if abs(x) < 0.75 { return 0.5 + 0.5 * errorFunctionNearZero(x) }
    let square = DoubleDouble(0.5 * z, times: z)
    guard square.high < 745 else { return z > 0 ? 1 : 0 }
    let tail = 0.5 * exp(-square.high, plus: -square.low) * scaledErfc(abs(x))
    return z > 0 ? 1 - tail : tail
  }

  /// The z that a standard normal number stays below with probability p, to a relative 10⁻¹⁵.
  ///
  /// −∞ at 0, ∞ at 1, not a number elsewhere outside (0, 1). Monotone in p.
  /// Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
  /// Statistics 37 (1988), routine PPND16.
  @inlinable
  public static func normalQuantile(_ p: Double) -> Double {
    let fromHalf = p - 0.5
    if abs(fromHalf) <= 0.425 { return fromHalf * normalQuantileCentre(fromHalf) }
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let tail = fromHalf < 0 ? p : 1 - p
    let r = (-log(tail)).squareRoot()
    let size = r <= 5 ? normalQuantileTail(r - 1.6) : normalQuantileFarTail(r - 5)
    return fromHalf < 0 ? -size : size
  }
}

extension Elementary {
  /// Error function by its Taylor series, 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)), for |x| < 1.
  private static func errorFunctionNearZero(_ x: Double) -> Double {
    let square = x * x
    var power = x
    var sum = x
    for n in 1...20 {
      power *= -square / Double(n)
      sum += power / Double(2 * n + 1)
    }
    return 0x1.20DD_7504_29B6_Dp+0 * sum
  }

  /// e^(x²) erfc x for x ≥ 0.75, by the continued fraction 1/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …
  /// (Abramowitz and Stegun 1964, 7.1.14), evaluated from a depth that suffices at this x.
  private static func scaledErfc(_ x: Double) -> Double {
    let depth = 16 + Int(180 / (x * x))
    var denominator = x
    for k in stride(from: depth, through: 1, by: -1) {
      denominator = x + 0.5 * Double(k) / denominator
    }
    return 0x1.20DD_7504_29B6_Dp-1 / denominator
  }

  @usableFromInline
  static func normalQuantileCentre(_ fromHalf: Double) -> Double {
    let r = 0.180625 - fromHalf * fromHalf
    let above = polynomial(
      r, 3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427,
      13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
      33430.575583588128105, 2509.0809287301226727)
    let below = polynomial(
      r, 1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
      21213.794301586595867, 39307.895800092710610, 28729.085735721942674,
      5226.4952788528545610)
    return above / below
  }

  @usableFromInline
  static func normalQuantileTail(_ r: Double) -> Double {
    let above = polynomial(
      r, 1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
      3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770,
      0.0227238449892691845833, 0.000774545014278341407640)
    let below = polynomial(
      r, 1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
      0.148103976427480074590, 0.0151986665636164571966, 0.000547593808499534494600,
      1.05075007164441684324e-9)
    return above / below
  }

  @usableFromInline
  static func normalQuantileFarTail(_ r: Double) -> Double {
    let above = polynomial(
      r, 6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
      0.296560571828504891230, 0.0265321895265761230930, 0.00124266094738807843860,
      2.71155556874348757815e-5, 2.01033439929228813265e-7)
    let below = polynomial(
      r, 1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
      0.000786869131145613259100, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15)
    return above / below
  }

  /// Σ cₙ xⁿ over eight coefficients.
  @inline(__always)
  private static func polynomial(
    _ x: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double,
    _ c4: Double, _ c5: Double, _ c6: Double, _ c7: Double
  ) -> Double {
    let lower = c0 + x * (c1 + x * (c2 + x * c3))
    let upper = c4 + x * (c5 + x * (c6 + x * c7))
    let square = x * x
    return lower + square * square * upper
  }
}
