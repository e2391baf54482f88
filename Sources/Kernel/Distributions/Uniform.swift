/// Any number between two bounds, each as likely.
public struct Uniform: Hashable, Sendable, BitwiseCopyable {
  public let lower: Double
  public let upper: Double

  @inlinable
  public init(lower: Double, upper: Double) {
    precondition(
      lower <= upper, "the lower bound of a uniform distribution must not pass the upper")
    self.lower = lower
    self.upper = upper
  }

  /// By inversion: one uniform number, in which the sample rises.
  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    lower + (upper - lower) * stream.uniform()
  }

  public var mean: Double { lower + 0.5 * (upper - lower) }

  public var variance: Double { (upper - lower) * (upper - lower) / 12 }
}
