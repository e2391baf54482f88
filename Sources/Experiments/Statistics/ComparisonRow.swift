import Economy
import Kernel
import Scenarios

/// What a variant changed about one metric, against the baseline.
public struct ComparisonRow: Sendable {
  /// What may be said of the sign of a difference when many are read.
  public enum Verdict: String, Sendable {
    case higher, lower, unclear
  }

  public let metric: Metric
  /// Name of the baseline variant.
  public let baseline: String
  /// Name of the other variant.
  public let variant: String
  public let paired: PairedDifference
  /// Sign of the difference if it stands after Holm's correction over all rows.
  public let verdict: Verdict
}

extension ExperimentResult {
  /// Paired differences of every variant against its baseline, variant by variant; metrics that no
  /// replicate defines in both have no row.
  public func comparisonRows() -> [ComparisonRow] {
    let rows = plan.variants.indices.filter { $0 != plan.baseline(of: $0) }.flatMap { variant in
      Metric.all.compactMap { metric in
        difference(of: metric, inVariant: variant).map { (variant, metric, $0) }
      }
    }
    let stands = Holm.rejected(rows.map(\.2.pValue))
    return zip(rows, stands).map { row, stands in
      let (variant, metric, paired) = row
      return ComparisonRow(
        metric: metric, baseline: plan.variants[plan.baseline(of: variant)].name,
        variant: plan.variants[variant].name, paired: paired,
        verdict: !stands ? .unclear : paired.difference > 0 ? .higher : .lower)
    }
  }

  private func difference(of metric: Metric, inVariant variant: Int) -> PairedDifference? {
    PairedDifference(
      baseline: metric.values(values(of: metric.column, inVariant: plan.baseline(of: variant))),
      variant: metric.values(values(of: metric.column, inVariant: variant)),
      by: metric.measure.interval,
      bootstrap: Bootstrap(seed: plan.seed, entity: UInt64(metric.column)))
  }
}
