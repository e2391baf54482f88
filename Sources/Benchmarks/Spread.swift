/// The middle of some readings and how far they lie apart.
public struct Spread: Sendable, Equatable {
  public let smallest: Double
  public let lowerQuartile: Double
  public let median: Double
  public let upperQuartile: Double
  public let largest: Double

  /// Quantiles by linear interpolation between order statistics, h = (n − 1) p (Hyndman and Fan
  /// 1996, type 7).
  ///
  /// - Parameter readings: at least one.
  public init(_ readings: [Double]) {
    precondition(!readings.isEmpty, "a spread is of at least one reading")
    let sorted = readings.sorted()
    func quantile(_ share: Double) -> Double {
      let position = Double(sorted.count - 1) * share
      let index = Int(position)
      let next = min(index + 1, sorted.count - 1)
      return sorted[index] + (position - Double(index)) * (sorted[next] - sorted[index])
    }
    smallest = quantile(0)
    lowerQuartile = quantile(0.25)
    median = quantile(0.5)
    upperQuartile = quantile(0.75)
    largest = quantile(1)
  }
}
