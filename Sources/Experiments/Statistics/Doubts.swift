import Scenarios

extension ExperimentResult {
  /// Every sentence in which the result doubts itself, each once: the economy's own, then those
  /// of calibration, then those of the statistics.
  public func warnings(of rows: [SummaryRow]) -> [String] {
    var sentences: [String] = []
    for (index, variant) in plan.variants.enumerated() {
      for outcome in outcomes(ofVariant: index) {
        sentences += outcome.warnings.map { "\(variant.name): \($0)" }
      }
    }
    sentences += fits.flatMap(\.warnings)
    sentences += calibrations.compactMap(\.warning)
    sentences += rows.compactMap { $0.warning(asked: plan.replicates.count) }
    if plan.replicates.count == 1 {
      sentences.append("one replicate has no interval; ask for more with --replicates")
    }
    var seen: Set<String> = []
    return sentences.filter { seen.insert($0).inserted }
  }
}

extension FitResult {
  var warnings: [String] {
    numbers.filter(\.isAtEdge).map { number in
      "\(variant): \(number.key.path): the fit ends at \(number.value), the edge of where it was "
        + "sought; better values may lie outside"
    }
  }
}

extension CalibrationResult {
  var warning: String? {
    guard !isWithinTolerance else { return nil }
    return
      "\(variant): \(key): after \(rounds) rounds \(measure) is \(ratio) of that of \(equals), "
      + "not within \(tolerance) of 1; the two are not matched"
  }
}
