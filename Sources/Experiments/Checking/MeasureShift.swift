/// What happened to one metric of one variant since the reference.
public struct MeasureShift: Sendable {
  public let variant: String
  public let metric: Metric
  /// Mean over the replicates of the reference that are compared; geometric where logs are.
  public let before: Double
  /// Mean over the replicates of this run that are compared; geometric where logs are.
  public let now: Double
  /// now − before.
  public let difference: Double
  /// Lower end of the 95 % interval for the difference.
  public let low: Double
  /// Upper end of the 95 % interval for the difference.
  public let high: Double
  /// Values compared on either side.
  public let n: Int
  public let method: String
  /// Probability of such a difference if nothing moved.
  public let pValue: Double
  /// Smallest shift found with a probability of 90 %, at the level that the strictest step of the
  /// family leaves to each metric; NaN where none is.
  public let detectable: Double
  /// Whether the metric moved by more than luck, by Holm over all metrics of the scenario.
  public let hasMoved: Bool

  /// The difference in half-widths of its interval: above 1 it is outside of it.
  public var inIntervals: Double {
    difference == 0 ? 0 : abs(difference) / ((high - low) / 2)
  }
}

extension MeasureShift {
  typealias Tested = (variant: String, metric: Metric, test: ShiftTest)

  /// Judges all metrics together, so that a false alarm over all of them stays within 5 %.
  static func family(_ rows: [Tested]) -> [MeasureShift] {
    let moved = Holm.rejected(rows.map(\.test.pValue))
    let level = Holm.familyWiseError / Double(max(1, rows.count { !$0.test.pValue.isNaN }))
    return zip(rows, moved).map { row, moved in
      let test = row.test
      return MeasureShift(
        variant: row.variant, metric: row.metric,
        before: test.inLogs ? test.before.geometricMean : test.before.mean,
        now: test.inLogs ? test.now.geometricMean : test.now.mean, difference: test.difference,
        low: test.interval.low, high: test.interval.high,
        n: min(test.before.count, test.now.count), method: test.method, pValue: test.pValue,
        detectable: test.detectableShift(atLevel: level), hasMoved: moved)
    }
  }
}
