import Kernel

/// Both ends of a 95 % confidence interval; NaN where there is none.
struct ConfidenceInterval: Equatable {
  static let level = 0.95
  static let undefined = Self(low: .nan, high: .nan)

  var low: Double
  var high: Double

  /// Student's interval for a mean: x̄ ± t(0.975, n − 1) s / √n (Student 1908).
  static func student(_ sample: Sample) -> Self {
    guard sample.count > 1 else { return .undefined }
    let quantile = StudentT.quantile((1 + level) / 2, degrees: Double(sample.count - 1))
    let halfWidth = quantile * sample.standardError
    return Self(low: sample.mean - halfWidth, high: sample.mean + halfWidth)
  }

  /// Wilson's interval for a share of `successes` in `count` (Wilson 1927).
  static func wilson(successes: Int, of count: Int) -> Self {
    guard count > 1 else { return .undefined }
    let n = Double(count)
    let share = Double(successes) / n
    let z = Elementary.normalQuantile((1 + level) / 2)
    let shrink = 1 / (1 + z * z / n)
    let centre = shrink * (share + z * z / (2 * n))
    let halfWidth =
      shrink * z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    // At 0 and n the formula meets the end of the scale only up to rounding.
    return Self(
      low: successes == 0 ? 0 : centre - halfWidth,
      high: successes == count ? 1 : centre + halfWidth)
  }
}
