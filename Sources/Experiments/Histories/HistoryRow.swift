import Kernel
import Scenarios

/// One date of a history: what was observed, what the replicates gave; or one of its errors.
public struct HistoryRow: Sendable {
  public let series: String
  /// ISO date of the observation; empty on rows of errors.
  public let date: String
  /// Observed value; on rows of errors the error.
  public let observed: Double
  /// Median over replicates.
  public let simulated: Double
  /// 5 % quantile over replicates.
  public let low: Double
  /// 95 % quantile over replicates.
  public let high: Double
  /// `fitted` or `held_out`; on rows of errors the name of the error and the split.
  public let split: String

  public init(
    series: String, date: String, observed: Double, simulated: Double, low: Double, high: Double,
    split: String
  ) {
    self.series = series
    self.date = date
    self.observed = observed
    self.simulated = simulated
    self.low = low
    self.high = high
    self.split = split
  }
}

extension ExperimentResult {
  /// Observed beside simulated, then the errors of each split; empty without a history.
  public var histories: [HistoryRow] {
    plan.histories.indices.flatMap { index in
      let dated = datedRows(of: index)
      return dated + ["fitted", "held_out"].flatMap { Self.errors(of: dated, split: $0) }
    }
  }

  /// Name of the variant that a history stands beside.
  public func variantName(ofHistory series: String) -> String {
    plan.histories.first { $0.name == series }.map { plan.variants[plan.variant(of: $0)].name }
      ?? ""
  }

  private func datedRows(of index: Int) -> [HistoryRow] {
    let history = plan.histories[index]
    let outcomes = outcomes(ofVariant: plan.variant(of: history))
    return history.points.enumerated().compactMap { place, point in
      let sample = Sample(outcomes.map { $0.observations[index][place] })
      guard sample.count > 0 else { return nil }
      let band = sample.quantiles(0.05, 0.5, 0.95)
      let isFitted = history.fittedUntilDay.map { point.day < $0 } ?? false
      return HistoryRow(
        series: history.name,
        date: plan.start.adding(days: Int(point.day.rounded(.down))).description,
        observed: point.value, simulated: band[1], low: band[0], high: band[2],
        split: isFitted ? "fitted" : "held_out")
    }
  }

  /// Root mean square and largest absolute ln(simulated ÷ observed), the median ratio, the share of
  /// observations inside the band, and how wide it is: the median of its upper ÷ lower end, since
  /// a band that is wide enough holds everything.
  private static func errors(of rows: [HistoryRow], split: String) -> [HistoryRow] {
    let rows = rows.filter { $0.split == split }
    let logs = rows.filter { $0.observed > 0 && $0.simulated > 0 }
      .map { Elementary.log($0.simulated / $0.observed) }
    guard !rows.isEmpty, !logs.isEmpty else { return [] }
    let inside = rows.count { $0.low <= $0.observed && $0.observed <= $0.high }
    let widths = rows.map { $0.low > 0 ? $0.high / $0.low : .infinity }.sorted()
    let squares = Sample.sum(logs.map { $0 * $0 }) / Double(logs.count)
    let errors = [
      ("rmse_of_logs", squares.squareRoot()),
      ("largest_log_error", logs.map(\.magnitude).max() ?? .nan),
      ("median_ratio", Elementary.exp(Sample.quantile(0.5, sorted: logs.sorted()))),
      ("coverage", Double(inside) / Double(rows.count)),
      ("band_ratio", Sample.quantile(0.5, sorted: widths)),
    ]
    return errors.map { name, value in
      HistoryRow(
        series: rows[0].series, date: "", observed: value, simulated: .nan, low: .nan,
        high: .nan, split: "\(name) \(split)")
    }
  }
}
