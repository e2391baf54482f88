import Kernel

extension ShiftTest {
  /// The power that is aimed at, a little above the 90 % that are promised, because measures are not
  /// quite normal.
  private static let power = 0.92

  /// The smallest true shift that a test at this level finds with a probability of 90 %, in
  /// units of the measure; NaN where no shift is found so often with these replicates.
  ///
  /// - Parameter level: probability of a false alarm of this test alone, two-sided.
  func detectableShift(atLevel level: Double) -> Double {
    switch law {
    case .constant: return before.count > 1 || now.count > 1 ? 0 : .nan
    case .student(let error, let degrees):
      let shift = error * Self.detectable(level, degrees: degrees)
      return inLogs ? before.geometricMean * Elementary.expm1(shift) : shift
    case .sign(let count, let step): return step * Self.detectableShare(level, of: count)
    case .exact(let before, let now): return Self.detectableShare(level, of: before, and: now)
    }
  }

  /// The detectable shift in standard errors as an earlier result has estimated them.
  ///
  /// The statistic is (Z + k·u₁) / u₂ with u² ~ χ²(ν) / ν for the standard error of the shift's
  /// statement and that of the test. With u nearly normal, of mean 1 − 1/(4ν) and variance 1/(2ν)
  /// (Fisher 1925, §20), it exceeds c with the wanted power at the k that solves
  /// k = c + z √(1 + (k² + c²) / (2ν)) / (1 − 1/(4ν)).
  private static func detectable(_ level: Double, degrees: Double) -> Double {
    guard degrees > 0 else { return .nan }
    let critical = StudentT.quantile(1 - level / 2, degrees: degrees)
    let z = NormalLaw.quantile(power)
    let shrink = 1 - 1 / (4 * degrees)
    var shift = critical
    for _ in 0..<200 {
      let spread = 1 + (shift * shift + critical * critical) / (2 * degrees)
      shift = critical + z * spread.squareRoot() / shrink
    }
    return shift.isFinite ? shift : .nan
  }

  /// The share of replicates that must move one way, the others staying, for the sign test.
  private static func detectableShare(_ level: Double, of count: Int) -> Double {
    // Of k that change, all one way: 2 × 2^−k.
    var needed = 1
    var probability = 1.0
    while probability > level {
      needed += 1
      probability /= 2
    }
    return needed <= count ? share(toSee: needed, of: count) : .nan
  }

  /// The rise from none that Fisher's test finds.
  private static func detectableShare(_ level: Double, of before: Int, and now: Int) -> Double {
    guard let needed = (1...now).first(where: { fisherP(0, of: before, $0, of: now) <= level })
    else { return .nan }
    return share(toSee: needed, of: now)
  }

  /// The share, to 10⁻⁹, at which at least `needed` of `count` are seen with the wanted power: the
  /// binomial's upper tail is I(share; needed, count − needed + 1).
  private static func share(toSee needed: Int, of count: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    while high - low > 1e-9 {
      let middle = (low + high) / 2
      let tail = IncompleteBeta.regularized(middle, Double(needed), Double(count - needed + 1))
      if tail >= power { high = middle } else { low = middle }
    }
    return high
  }
}
