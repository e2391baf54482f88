import Kernel

/// Whether a measure moved between two results, against the luck of their replicates.
struct ShiftTest {
  /// The law that the difference follows where nothing moved.
  enum Law {
    /// Student's t with a standard error and degrees of freedom.
    case student(error: Double, degrees: Double)
    /// Every replicate that changes is as likely to rise as to fall: so many replicates, which
    /// change by at most so much.
    case sign(count: Int, step: Double)
    /// Counts of successes in two independent samples.
    case exact(before: Int, now: Int)
    /// No replicate of either result differs from another, so that any difference is a shift.
    case constant
  }

  let before: Sample
  let now: Sample
  /// Whether logarithms are compared: prices, which spread by factors.
  let inLogs: Bool
  /// Difference of the means, geometric where logarithms are compared.
  let difference: Double
  /// 95 % interval for the difference.
  let interval: ConfidenceInterval
  let law: Law
  let method: String
  /// Probability of a difference at least as large if nothing moved; NaN where one replicate is
  /// all there is.
  let pValue: Double

  /// Replicate by replicate, under the same luck; NaN leaves a replicate out. Nil where no
  /// replicate is left.
  ///
  /// - Parameter spreadsByFactors: whether logarithms are compared where all values have one.
  init?(before: [Double], now: [Double], spreadsByFactors: Bool = false) {
    let pairs = zip(before, now).filter { $0.isFinite && $1.isFinite }
      .map { Self.isEqual($0, $1) ? ($0, $0) : ($0, $1) }
    guard !pairs.isEmpty else { return nil }
    self.before = Sample(pairs.map(\.0))
    self.now = Sample(pairs.map(\.1))
    inLogs = spreadsByFactors && self.before.isPositive && self.now.isPositive
    let (scaledBefore, scaledNow) = (self.before.scaled(inLogs), self.now.scaled(inLogs))
    let differences = Sample(zip(scaledBefore.values, scaledNow.values).map { $1 - $0 })
    let unit = inLogs ? self.before.geometricMean : nil
    difference = Self.unscaled(differences.mean, unit)
    interval = Self.unscaled(.student(differences), unit)
    if self.before.isConstant && self.now.isConstant {
      (law, method) = (.constant, "constant")
      pValue = Self.constantP(difference, values: 2 * pairs.count)
    } else if Set(differences.values.map(abs)).subtracting([0]).count <= 2 {
      let rises = differences.values.map { $0 > 0 ? 1.0 : 0 }
      let falls = differences.values.map { $0 < 0 ? 1.0 : 0 }
      let step = pairs.map { abs($1 - $0) }.max() ?? 0
      (law, method) = (.sign(count: pairs.count, step: step), "paired sign")
      pValue = PairedTable(baseline: falls, variant: rises).signP
    } else {
      let degrees = Double(pairs.count - 1)
      law = .student(error: differences.standardError, degrees: degrees)
      method = inLogs ? "paired student of logs" : "paired student"
      pValue = Self.studentP(differences.mean, error: differences.standardError, degrees: degrees)
    }
  }

  /// Two results of different luck (Welch 1947); undefined values are left out. Nil where one of
  /// the two has none.
  ///
  /// - Parameters:
  ///   - isShare: whether every value is 0 or 1.
  ///   - spreadsByFactors: whether logarithms are compared where all values have one.
  init?(
    independent before: [Double], _ now: [Double], isShare: Bool, spreadsByFactors: Bool = false
  ) {
    self.before = Sample(before)
    self.now = Sample(now)
    guard self.before.count > 0, self.now.count > 0 else { return nil }
    inLogs = spreadsByFactors && self.before.isPositive && self.now.isPositive
    let (old, new) = (self.before.scaled(inLogs), self.now.scaled(inLogs))
    let unit = inLogs ? self.before.geometricMean : nil
    let shift = Self.isEqual(self.before.mean, self.now.mean) ? 0 : new.mean - old.mean
    difference = Self.unscaled(shift, unit)
    let (error, degrees) = Self.welch(old, new)
    let halfWidth =
      degrees > 0
      ? StudentT.quantile((1 + ConfidenceInterval.level) / 2, degrees: degrees) * error : .nan
    interval = Self.unscaled(
      ConfidenceInterval(low: shift - halfWidth, high: shift + halfWidth), unit)
    if self.before.isConstant && self.now.isConstant {
      (law, method) = (.constant, "constant")
      pValue = Self.constantP(difference, values: self.before.count + self.now.count)
    } else if isShare {
      let counts = (before: self.before.count, now: self.now.count)
      (law, method) = (.exact(before: counts.before, now: counts.now), "fisher exact")
      pValue = Self.fisherP(
        self.before.values.count { $0 == 1 }, of: counts.before,
        self.now.values.count { $0 == 1 }, of: counts.now)
    } else {
      (law, method) = (.student(error: error, degrees: degrees), inLogs ? "welch of logs" : "welch")
      pValue = Self.studentP(shift, error: error, degrees: degrees)
    }
  }
}

extension ShiftTest {
  /// Whether two values differ by no more than sums in another order may: 10⁻⁹ of their size.
  private static func isEqual(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-9 * max(abs(left), abs(right))
  }

  /// A difference of logarithms as a difference of geometric means, the first of which is the unit.
  private static func unscaled(_ difference: Double, _ unit: Double?) -> Double {
    unit.map { $0 * Elementary.expm1(difference) } ?? difference
  }

  private static func unscaled(
    _ interval: ConfidenceInterval, _ unit: Double?
  ) -> ConfidenceInterval {
    ConfidenceInterval(low: unscaled(interval.low, unit), high: unscaled(interval.high, unit))
  }

  private static func studentP(_ mean: Double, error: Double, degrees: Double) -> Double {
    guard degrees > 0 else { return .nan }
    return min(1, 2 * StudentT.cdf(-abs(mean / error), degrees: degrees))
  }

  /// Two values that never vary: luck gives the first value `values / 2` times and then the other
  /// as often with a probability of at most 2 × 2^−values.
  private static func constantP(_ difference: Double, values: Int) -> Double {
    guard difference != 0 else { return 1 }
    return values > 2 ? 2 * Elementary.exp(-Double(values) * Elementary.log(2)) : .nan
  }

  /// Standard error of a difference of means, and Welch's and Satterthwaite's degrees of freedom;
  /// 0 degrees where a sample has one value.
  private static func welch(_ left: Sample, _ right: Sample) -> (error: Double, degrees: Double) {
    guard left.count > 1, right.count > 1 else { return (.nan, 0) }
    let (a, b) = (left.variance / Double(left.count), right.variance / Double(right.count))
    guard a + b > 0 else { return (0, Double(left.count + right.count - 2)) }
    let spread = a * a / Double(left.count - 1) + b * b / Double(right.count - 1)
    return ((a + b).squareRoot(), (a + b) * (a + b) / spread)
  }

  /// Twice the smaller tail of the hypergeometric law of the first count (Fisher 1935).
  static func fisherP(_ first: Int, of firstCount: Int, _ second: Int, of secondCount: Int)
    -> Double
  {
    let successes = first + second
    func logChoose(_ n: Int, _ k: Int) -> Double {
      Elementary.logGamma(Double(n + 1)) - Elementary.logGamma(Double(k + 1))
        - Elementary.logGamma(Double(n - k + 1))
    }
    let all = logChoose(firstCount + secondCount, successes)
    func probability(_ k: Int) -> Double {
      Elementary.exp(logChoose(firstCount, k) + logChoose(secondCount, successes - k) - all)
    }
    let low = max(0, successes - secondCount)
    let high = min(firstCount, successes)
    let below = Sample.sum((low...first).map(probability))
    let above = Sample.sum((first...high).map(probability))
    return min(1, 2 * min(below, above))
  }
}

extension Sample {
  /// Whether no two values differ.
  var isConstant: Bool { values.allSatisfy { $0 == values[0] } }

  fileprivate var isPositive: Bool { values.allSatisfy { $0 > 0 } }

  /// Mean that factors leave; for values above 0.
  var geometricMean: Double { Elementary.exp(Sample(values.map(Elementary.log)).mean) }

  fileprivate func scaled(_ inLogs: Bool) -> Sample {
    inLogs ? Sample(values.map(Elementary.log)) : self
  }
}
