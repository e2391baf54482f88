public import Experiments
import Kernel
import Scenarios

/// The result of `run` as text.
public enum RunText {
  public static func text(_ result: ExperimentResult, summary: [SummaryRow]) -> String {
    var text = heading(result.plan) + warmUp(result.plan) + fits(result) + calibrations(result)
    for (index, variant) in result.plan.variants.enumerated() {
      text += "\n\(variant.name)\n"
      text += table(summary.filter { $0.variant == variant.name })
      text += "events per replicate: \(events(result, variant: index))\n"
    }
    return text + HistoryText.text(result.histories)
  }

  /// Name, dates, replicates and seed in one line.
  static func heading(_ plan: Plan) -> String {
    let replicates =
      plan.replicates.count == 1
      ? "replicate \(plan.replicates[0])" : "\(plan.replicates.count) replicates"
    let days = NumberText.short(plan.horizonDays)
    return "\(plan.name): \(days) days from \(plan.start), \(replicates), seed \(plan.seed)\n"
  }

  /// The days that were left out, where that was asked for.
  static func warmUp(_ plan: Plan) -> String {
    guard let days = plan.warmUp?.inDays else { return "" }
    return "steady state: the first \(NumberText.short(days)) days are left out (MSER-5)\n"
  }

  /// A line for each variant that was matched to another.
  static func calibrations(_ result: ExperimentResult) -> String {
    result.calibrations.map { $0.sentence + "\n" }.joined()
  }

  /// What was fitted to observations, a line a number.
  static func fits(_ result: ExperimentResult) -> String {
    result.fits.map(\.sentences).joined()
  }

  private static func table(_ rows: [SummaryRow]) -> String {
    var table = TextTable([
      ("measure", .left), ("mean", .right), ("95 % interval", .right), ("unit", .left),
      ("n", .right),
    ])
    for name in KeyMeasures.names {
      guard let row = rows.first(where: { $0.metric.name == name }), row.estimate.n > 0 else {
        continue
      }
      let estimate = row.estimate
      table.add([
        name, NumberText.short(estimate.mean),
        NumberText.interval(estimate.low, estimate.high),
        row.metric.unit == "1" ? "" : row.metric.unit, String(estimate.n),
      ])
    }
    return table.isEmpty ? "no measure has a value\n" : table.text
  }

  /// Mean and largest number of events of a variant's replicates.
  static func events(_ result: ExperimentResult, variant: Int) -> String {
    let totals = result.outcomes(ofVariant: variant).map(\.events.total)
    let mean = Double(totals.reduce(0, +)) / Double(max(1, totals.count))
    return "mean \(NumberText.short(mean.rounded())), "
      + "most \(NumberText.short(totals.max() ?? 0))"
  }
}

extension FitResult {
  /// What was fitted to what, and how well.
  fileprivate var sentences: String {
    let numbers = numbers.map { number in
      "  \(number.key.path) = \(NumberText.short(number.value)) (\(NumberText.short(number.initial))"
        + " in the file, sought from \(NumberText.short(number.key.lowest)) to "
        + "\(NumberText.short(number.key.highest)))\n"
    }
    return "\(variant): fitted to \(dates) dates of \(histories.joined(separator: ", ")), "
      + "\(distance.rawValue) \(NumberText.short(initialLoss)) before and "
      + "\(NumberText.short(loss)) after \(trials) trials\n" + numbers.joined()
  }
}

extension CalibrationResult {
  /// What was matched, and how well.
  fileprivate var sentence: String {
    "\(variant): \(key) = \(NumberText.short(value)) (\(NumberText.short(factor)) times "
      + "\(NumberText.short(initialValue))) gives \(NumberText.short(ratio)) of the \(measure) "
      + "of \(equals), after \(rounds) rounds"
  }
}
