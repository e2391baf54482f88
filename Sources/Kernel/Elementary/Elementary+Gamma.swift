extension Elementary {
  /// ln Γ(x) for x > 0, to 10⁻¹⁴ of its size or of 1, whichever is larger.
  ///
  /// Stirling's series after x has been raised above 12 by Γ(x + 1) = x Γ(x)
  /// (Abramowitz and Stegun 1964, 6.1.15 and 6.1.41).
  public static func logGamma(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return x == 0 || x == .infinity ? .infinity : .nan }
    var raised = x
    var factors = 1.0
    while raised < 12 {
      factors *= raised
      raised += 1
    }
    let halfLogTwoPi = 0x1.D67F_1C86_4BEB_5p-1
    let main = (raised - 0.5) * log(raised) - raised + halfLogTwoPi
    return main + stirlingTail(raised) - log(factors)
  }

  /// Γ(x) for x > 0, to a relative 10⁻¹² up to the largest result, near x = 171.6.
  public static func gamma(_ x: Double) -> Double {
    exp(logGamma(x))
  }

  /// Σ B₂ₙ / (2n (2n − 1) x²ⁿ⁻¹) over n = 1 … 8; the next term is below 10⁻¹⁸ from x = 12.
  private static func stirlingTail(_ x: Double) -> Double {
    let z = 1 / (x * x)
    let terms5to8 =
      1.0 / 1188 + z * (-691.0 / 360_360 + z * (1.0 / 156 + z * (-3617.0 / 122_400)))
    let terms1to4 = 1.0 / 12 + z * (-1.0 / 360 + z * (1.0 / 1260 + z * (-1.0 / 1680)))
    return (terms1to4 + z * z * z * z * terms5to8) / x
  }
}
