import Economy
import Kernel
import Scenarios

/// What one variant gave for one row of the summary.
public struct SummaryRow: Sendable {
  /// Name of the variant.
  public let variant: String
  public let metric: Metric
  public let estimate: Estimate
}

extension ExperimentResult {
  /// Estimates of every metric, variant by variant.
  public func summaryRows() -> [SummaryRow] {
    plan.variants.indices.flatMap { variant in
      Metric.all.map { metric in
        SummaryRow(
          variant: plan.variants[variant].name, metric: metric,
          estimate: estimate(of: metric, inVariant: variant))
      }
    }
  }

  private func estimate(of metric: Metric, inVariant variant: Int) -> Estimate {
    let values = metric.values(values(of: metric.column, inVariant: variant))
    guard metric.grade == nil else {
      let defined = values.filter { !$0.isNaN }
      return .share(of: defined.count { $0 == 1 }, among: defined.count)
    }
    // The column alone keys the draws, so that a further variant changes no interval.
    let bootstrap = Bootstrap(seed: plan.seed, entity: UInt64(metric.column))
    return Estimate(values, by: metric.measure.interval, bootstrap: bootstrap)
  }
}

extension SummaryRow {
  /// A sentence where some replicates have no value, so that the mean is conditional.
  func warning(asked: Int) -> String? {
    guard (1..<asked).contains(estimate.n) else { return nil }
    return
      "\(variant): \(metric.name): \(estimate.n) of \(asked) replicates have a value; "
      + "the mean is conditional on having one"
  }
}
