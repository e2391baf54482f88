/// Student's t distribution, for intervals from few replicates.
public enum StudentT {
  /// The share below t, for a positive number of degrees of freedom, to 10⁻¹² (and to
  /// 10⁻¹⁵ × degrees where that is more).
  public static func cdf(_ t: Double, degrees: Double) -> Double {
    precondition(degrees > 0, "degrees of freedom must be positive")
    if t.isNaN { return t }
    let tail = upperTail(abs(t), degrees)
    return t < 0 ? tail : 1 - tail
  }

  /// The t below which a share p lies, to a relative 10⁻¹⁰; −∞ at 0 and ∞ at 1.
  public static func quantile(_ p: Double, degrees: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a quantile is asked for a share between 0 and 1")
    precondition(degrees > 0, "degrees of freedom must be positive")
    if p == 0.5 { return 0 }
    let tail = min(p, 1 - p)
    let size = degrees > 10_000 ? expansion(tail, degrees) : root(tail, degrees)
    return p < 0.5 ? -size : size
  }
}

extension StudentT {
  /// P(T > t) for t ≥ 0: half of I(ν / (ν + t²); ν/2, 1/2).
  private static func upperTail(_ t: Double, _ degrees: Double) -> Double {
    if t == .infinity { return 0 }
    let square = t * t / degrees
    let x = 1 / (1 + square)
    let rest = square < 1e300 ? square / (1 + square) : 1
    return 0.5 * IncompleteBeta.regularized(x, rest: rest, 0.5 * degrees, 0.5)
  }

  /// The positive t with P(T > t) = tail, by Newton's method.
  ///
  /// The tail is convex in t and the normal quantile lies below the root, so every step goes up and
  /// none goes too far.
  private static func root(_ tail: Double, _ degrees: Double) -> Double {
    guard tail > 0 else { return .infinity }
    let logScale = 0.5 * Elementary.log(degrees) + IncompleteBeta.logBeta(0.5, 0.5 * degrees)
    var t = -Elementary.normalQuantile(tail)
    for _ in 1...2000 {
      let logDensity = -0.5 * (degrees + 1) * Elementary.log1p(t * t / degrees) - logScale
      let step = (upperTail(t, degrees) - tail) / Elementary.exp(logDensity)
      t += step
      if !(step > 1e-13 * t) { break }
    }
    return t
  }

  /// Cornish–Fisher expansion about the normal quantile (Abramowitz and Stegun 1964, 26.7.5).
  private static func expansion(_ tail: Double, _ degrees: Double) -> Double {
    let x = -Elementary.normalQuantile(tail)
    guard x < .infinity else { return x }
    let square = x * x
    let first = x * (square + 1) / 4
    let second = x * (square * (5 * square + 16) + 3) / 96
    let third = x * (square * (square * (3 * square + 19) + 17) - 15) / 384
    return x + (first + (second + third / degrees) / degrees) / degrees
  }
}
