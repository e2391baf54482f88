/// Sum of many small effects: density e^(−(x − mean)²/(2 deviation²)) / (deviation √2π).
public struct Normal: Hashable, Sendable, BitwiseCopyable {
  public let mean: Double
  /// Standard deviation.
  public let deviation: Double

  @inlinable
  public init(mean: Double, deviation: Double) {
    precondition(deviation >= 0, "the deviation of a normal distribution must not be negative")
    self.mean = mean
    self.deviation = deviation
  }

  /// By inversion: one uniform number, in which the sample rises.
  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    mean + deviation * Elementary.normalQuantile(stream.uniform())
  }

  public var variance: Double { deviation * deviation }
}
