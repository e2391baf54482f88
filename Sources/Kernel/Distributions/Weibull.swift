/// Lifetime whose hazard falls (shape < 1) or rises (shape > 1) with age:
/// P(X > x) = e^(−(x/scale)^shape).
public struct Weibull: Hashable, Sendable, BitwiseCopyable {
  public let shape: Double
  public let scale: Double

  @inlinable
  public init(shape: Double, scale: Double) {
    precondition(shape > 0, "the shape of a Weibull distribution must be positive")
    precondition(scale >= 0, "the scale of a Weibull distribution must not be negative")
    self.shape = shape
    self.scale = scale
  }

  /// The Weibull distribution of a shape that has a given mean.
  public init(shape: Double, mean: Double) {
    self.init(shape: shape, scale: mean / Elementary.gamma(1 + 1 / shape))
  }

  /// By inversion: one uniform number, in which the sample rises.
  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    scale * Elementary.pow(-Elementary.log(1 - stream.uniform()), 1 / shape)
  }

  /// scale Γ(1 + 1/shape).
  public var mean: Double { scale * Elementary.gamma(1 + 1 / shape) }

  /// scale² (Γ(1 + 2/shape) − Γ(1 + 1/shape)²).
  public var variance: Double {
    let unitMean = Elementary.gamma(1 + 1 / shape)
    return scale * scale * (Elementary.gamma(1 + 2 / shape) - unitMean * unitMean)
  }
}
