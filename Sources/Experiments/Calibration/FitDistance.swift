import Kernel
import Scenarios

extension Fit.Key {
  /// Where a value lies between the ends: 0 at the lowest, 1 at the highest.
  func place(of value: Double) -> Double {
    guard isByRatio else { return (value - lowest) / (highest - lowest) }
    return value > 0 ? Elementary.log(value / lowest) / Elementary.log(highest / lowest) : 0
  }

  func value(at place: Double) -> Double {
    guard isByRatio else { return lowest + place * (highest - lowest) }
    return lowest * Elementary.exp(place * Elementary.log(highest / lowest))
  }
}

extension Fit.Distance {
  /// What is simulated counts as at least this share of the observation, and nothing as that.
  private static let least = 1e-3

  /// Distance of replicates from an observation above 0.
  func loss(of values: [Double], from observed: Double) -> Double {
    let errors = values.map { value in
      Elementary.log(value > 0 ? max(value / observed, Self.least) : Self.least)
    }.sorted()
    switch self {
    case .squares:
      let middle = Sample.quantile(0.5, sorted: errors)
      return middle * middle
    case .crps: return Self.rankedProbabilityScore(of: errors)
    }
  }

  /// Mean |x| less half the mean |x − x'| over pairs of different replicates: what the score of the
  /// law behind a sample would be on average (Gneiting and Raftery 2007, §4.2; Ferro 2014).
  ///
  /// - Parameter errors: ascending.
  private static func rankedProbabilityScore(of errors: [Double]) -> Double {
    let count = Double(errors.count)
    let accuracy = Sample.sum(errors.map(\.magnitude)) / count
    guard errors.count > 1 else { return accuracy }
    // Σ over pairs i < j of x_j − x_i, each x counted by its place.
    let pairs = errors.enumerated().map { (2 * Double($0.offset) + 1 - count) * $0.element }
    return accuracy - Sample.sum(pairs) / (count * (count - 1))
  }
}
