import Kernel

/// Counts of replicates by whether something holds in the baseline and in the variant.
struct PairedTable {
  private var both = 0
  private var baselineOnly = 0
  private var variantOnly = 0
  private var neither = 0

  /// - Parameters: 0 or 1 a replicate.
  init(baseline: [Double], variant: [Double]) {
    for (before, after) in zip(baseline, variant) {
      switch (before == 1, after == 1) {
      case (true, true): both += 1
      case (true, false): baselineOnly += 1
      case (false, true): variantOnly += 1
      case (false, false): neither += 1
      }
    }
  }

  private var count: Int { both + baselineOnly + variantOnly + neither }

  /// Interval for the difference of two paired shares, Wilson's intervals squared and added with
  /// the correlation of the pairs (Newcombe 1998, method 10).
  var newcombe: ConfidenceInterval {
    guard count > 1 else { return .undefined }
    let n = Double(count)
    let before = Double(both + baselineOnly) / n
    let after = Double(both + variantOnly) / n
    let first = ConfidenceInterval.wilson(successes: both + variantOnly, of: count)
    let second = ConfidenceInterval.wilson(successes: both + baselineOnly, of: count)
    func distance(_ left: Double, _ right: Double) -> Double {
      max(0, left * left - 2 * phi * left * right + right * right).squareRoot()
    }
    let difference = after - before
    return ConfidenceInterval(
      low: difference - distance(after - first.low, second.high - before),
      high: difference + distance(first.high - after, before - second.low))
  }

  /// Correlation of the pairs, corrected for continuity where positive.
  private var phi: Double {
    let margins =
      Double(both + variantOnly) * Double(baselineOnly + neither)
      * Double(both + baselineOnly) * Double(variantOnly + neither)
    guard margins > 0 else { return 0 }
    let product = Double(both) * Double(neither) - Double(variantOnly) * Double(baselineOnly)
    let corrected = product > 0 ? max(product - Double(count) / 2, 0) : product
    return corrected / margins.squareRoot()
  }

  /// Exact two-sided sign test on the replicates that changed (McNemar 1947).
  var signP: Double {
    guard count > 1 else { return .nan }
    let changed = baselineOnly + variantOnly
    var probability = Elementary.exp(-Double(changed) * Elementary.log(2))
    var tail = 0.0
    for index in 0...min(baselineOnly, variantOnly) {
      tail += probability
      probability *= Double(changed - index) / Double(index + 1)
    }
    return min(1, 2 * tail)
  }
}
