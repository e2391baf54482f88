import Economy
import Kernel

/// What the replicates of one variant say about one measure.
///
/// NaN stands for an undefined cell.
public struct Estimate: Sendable, Equatable {
  /// Arithmetic mean over defined replicates; geometric where ``method`` says so; a share for
  /// grades.
  public var mean: Double
  /// Standard deviation between replicates.
  public var sd: Double
  /// Lower end of the 95 % interval for ``mean``.
  public var low: Double
  /// Upper end of the 95 % interval for ``mean``.
  public var high: Double
  /// Defined replicates.
  public var n: Int
  public var median: Double
  /// 5 % quantile over replicates.
  public var q05: Double
  /// 95 % quantile over replicates.
  public var q95: Double
  /// How the interval was made.
  public var method: String
}

extension Estimate {
  /// - Parameters:
  ///   - values: one a replicate; NaN where undefined.
  ///   - interval: method that the measure asks for; grades use ``share(of:among:)``.
  init(_ values: [Double], by interval: Measure.Interval, bootstrap: Bootstrap) {
    let sample = Sample(values)
    let quantiles = sample.quantiles(0.5, 0.05, 0.95)
    var mean = sample.mean
    let ends: ConfidenceInterval
    switch interval {
    case .student:
      (ends, method) = (.student(sample), "student")
    case .studentOfLogs where sample.values.allSatisfy { $0 > 0 }:
      let logs = Sample(sample.values.map(Elementary.log))
      let interval = ConfidenceInterval.student(logs)
      mean = Elementary.exp(logs.mean)
      ends = ConfidenceInterval(
        low: Elementary.exp(interval.low), high: Elementary.exp(interval.high))
      method = "student of logs (geometric mean)"
    case .studentOfLogs:
      (ends, method) = (.student(sample), "student (a value is not above 0)")
    case .bootstrap:
      ends = bootstrap.interval(sample)
      method = "BCa bootstrap (\(Bootstrap.resamples) resamples)"
    case .wilson:
      preconditionFailure("a grade has shares, not a mean")
    }
    self.mean = mean
    sd = sample.deviation
    (low, high) = (ends.low, ends.high)
    n = sample.count
    (median, q05, q95) = (quantiles[0], quantiles[1], quantiles[2])
  }

  /// Share of replicates for which something holds, with Wilson's interval.
  static func share(of successes: Int, among count: Int) -> Self {
    let ends = ConfidenceInterval.wilson(successes: successes, of: count)
    return Self(
      mean: count > 0 ? Double(successes) / Double(count) : .nan, sd: .nan, low: ends.low,
      high: ends.high, n: count, median: .nan, q05: .nan, q95: .nan, method: "wilson")
  }
}
