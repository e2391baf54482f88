import Kernel

/// Numbers of replicates, undefined ones left out, and what is read off them.
struct Sample {
  /// Defined values in the order of replicates.
  let values: [Double]

  /// - Parameter values: NaN and infinity count as undefined.
  init(_ values: [Double]) {
    self.values = values.filter(\.isFinite)
  }

  var count: Int { values.count }

  /// Arithmetic mean; NaN when empty.
  var mean: Double {
    values.isEmpty ? .nan : Self.sum(values) / Double(count)
  }

  /// Σ(x − x̄)² / (n − 1); NaN below two values.
  var variance: Double {
    guard count > 1 else { return .nan }
    let mean = mean
    return Self.sum(values.map { ($0 - mean) * ($0 - mean) }) / Double(count - 1)
  }

  /// Standard deviation; NaN below two values.
  var deviation: Double { variance.squareRoot() }

  /// Standard error of the mean; NaN below two values.
  var standardError: Double { deviation / Double(count).squareRoot() }

  /// Quantiles by linear interpolation between order statistics, h = (n − 1)p (Hyndman and
  /// Fan 1996, type 7); NaN when empty.
  func quantiles(_ probabilities: Double...) -> [Double] {
    let sorted = values.sorted()
    return probabilities.map { Self.quantile($0, sorted: sorted) }
  }

  /// - Parameter sorted: ascending values.
  static func quantile(_ probability: Double, sorted: [Double]) -> Double {
    guard let largest = sorted.last else { return .nan }
    let position = Double(sorted.count - 1) * probability
    let index = Int(position)
    guard index + 1 < sorted.count else { return largest }
    let weight = position - Double(index)
    return sorted[index] + weight * (sorted[index + 1] - sorted[index])
  }

  static func sum(_ values: [Double]) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }
}
