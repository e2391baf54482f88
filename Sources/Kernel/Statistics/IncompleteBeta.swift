/// The beta function and the distribution function of the beta distribution.
public enum IncompleteBeta {
  /// I(x; a, b) = ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt / B(a, b), for a, b > 0 and 0 ≤ x ≤ 1.
  ///
  /// Right to 10⁻¹⁵ × max(a, b) and at least 10⁻¹³; steps grow with √max(a, b).
  public static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "the parameters of the beta function must be positive")
    precondition(x >= 0 && x <= 1, "the beta function is asked for a bound between 0 and 1")
    return regularized(x, rest: 1 - x, a, b)
  }

  /// The same with 1 − x given apart, for an x so near to 0 or 1 that it matters.
  ///
  /// Continued fraction (Abramowitz and Stegun 1964, 26.5.8) on the side of the mean where it
  /// converges fast.
  static func regularized(_ x: Double, rest: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 || rest <= 0 { return x <= 0 ? 0 : 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - regularized(rest, rest: x, b, a) }
    let logX = x < 0.5 ? Elementary.log(x) : Elementary.log1p(-rest)
    let logRest = rest < 0.5 ? Elementary.log(rest) : Elementary.log1p(-x)
    let front = Elementary.exp(a * logX + b * logRest - logBeta(a, b)) / a
    return front * continuedFraction(x, a, b)
  }

  /// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b).
  static func logBeta(_ a: Double, _ b: Double) -> Double {
    Elementary.logGamma(a) + Elementary.logGamma(b) - Elementary.logGamma(a + b)
  }

  /// Lentz's method: numerators and denominators of the convergents enter as ratios.
  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    var above = 1.0
    var below = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = below
    for step in 1...100_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      below = 1 / kept(1 + even * below)
      above = kept(1 + even / above)
      result *= above * below
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      below = 1 / kept(1 + odd * below)
      above = kept(1 + odd / above)
      let factor = above * below
      result *= factor
      if abs(factor - 1) < 1e-15 { break }
    }
    return result
  }

  /// Keeps a divisor away from zero, as Lentz's method asks.
  private static func kept(_ divisor: Double) -> Double {
    abs(divisor) < 1e-300 ? 1e-300 : divisor
  }
}
