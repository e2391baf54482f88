import Economy
import Kernel

/// The difference between two variants that met the same luck, replicate by replicate.
///
/// NaN stands for an undefined cell.
public struct PairedDifference: Sendable, Equatable {
  public var baselineMean: Double
  public var variantMean: Double
  /// Mean of variant − baseline over replicates defined in both.
  public var difference: Double
  public var low: Double
  public var high: Double
  /// Pearson's correlation between the two over replicates.
  public var correlation: Double
  /// 1 − var(d) / (var(a) + var(b)): the share of variance that common luck takes out.
  public var varianceReduction: Double
  /// Replicates defined in both.
  public var n: Int
  public var method: String
  /// Probability of a difference at least as large if there were none; NaN below two pairs.
  public var pValue: Double
}

extension PairedDifference {
  /// The replicates in which both are defined; nil when there is none.
  init?(
    baseline: [Double], variant: [Double], by interval: Measure.Interval, bootstrap: Bootstrap
  ) {
    let pairs = zip(baseline, variant).filter { $0.isFinite && $1.isFinite }
    guard !pairs.isEmpty else { return nil }
    let before = Sample(pairs.map(\.0))
    let after = Sample(pairs.map(\.1))
    let differences = Sample(pairs.map { $1 - $0 })
    baselineMean = before.mean
    variantMean = after.mean
    difference = differences.mean
    n = pairs.count
    correlation = Self.correlation(before, after)
    let apart = before.variance + after.variance
    varianceReduction = apart > 0 ? 1 - differences.variance / apart : .nan
    let ends: ConfidenceInterval
    switch interval {
    case .student, .studentOfLogs:
      (ends, method) = (.student(differences), "paired student")
      pValue = Self.studentP(differences)
    case .bootstrap:
      ends = bootstrap.interval(differences)
      method = "paired BCa bootstrap (\(Bootstrap.resamples) resamples)"
      pValue = Self.studentP(differences)
    case .wilson:
      let table = PairedTable(baseline: before.values, variant: after.values)
      (ends, method) = (table.newcombe, "paired wilson (Newcombe)")
      pValue = table.signP
    }
    (low, high) = (ends.low, ends.high)
  }

  /// NaN where one of the two does not vary.
  private static func correlation(_ left: Sample, _ right: Sample) -> Double {
    guard left.count > 1, left.variance > 0, right.variance > 0 else { return .nan }
    let (leftMean, rightMean) = (left.mean, right.mean)
    let products = zip(left.values, right.values).map { ($0 - leftMean) * ($1 - rightMean) }
    let covariance = Sample.sum(products) / Double(left.count - 1)
    return min(max(covariance / (left.variance * right.variance).squareRoot(), -1), 1)
  }

  /// Two-sided probability of Student's t for a mean of 0.
  private static func studentP(_ sample: Sample) -> Double {
    guard sample.count > 1 else { return .nan }
    guard sample.standardError > 0 else { return sample.mean == 0 ? 1 : 0 }
    let statistic = abs(sample.mean / sample.standardError)
    let degrees = Double(sample.count - 1)
    return min(1, 2 * StudentT.cdf(-statistic, degrees: degrees))
  }
}
