/// Waiting time without memory: P(X > x) = e^(−x/mean).
public struct Exponential: Hashable, Sendable, BitwiseCopyable {
  public let mean: Double

  @inlinable
  public init(mean: Double) {
    precondition(mean >= 0, "the mean of an exponential distribution must not be negative")
    self.mean = mean
  }

  /// By inversion: one uniform number, in which the sample rises.
  @inlinable @inline(__always)
  public func sample(using stream: inout RandomStream) -> Double {
    // 1 − u is exact, since u is an odd multiple of 2⁻⁵³.
    -mean * Elementary.log(1 - stream.uniform())
  }

  public var variance: Double { mean * mean }
}
