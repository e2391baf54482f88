/// Size made by many factors: ln X is normal with mean `mu` and deviation `sigma`.
public struct Lognormal: Hashable, Sendable, BitwiseCopyable {
  /// Mean of ln X.
  public let mu: Double
  /// Standard deviation of ln X.
  public let sigma: Double

  @inlinable
  public init(mu: Double, sigma: Double) {
    precondition(sigma >= 0, "the sigma of a lognormal distribution must not be negative")
    self.mu = mu
    self.sigma = sigma
  }

  @inlinable
  public init(median: Double, sigma: Double) {
    precondition(median > 0, "the median of a lognormal distribution must be positive")
    self.init(mu: Elementary.log(median), sigma: sigma)
  }

  /// By inversion: one uniform number, in which the sample rises.
  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    Elementary.exp(mu + sigma * Elementary.normalQuantile(stream.uniform()))
  }

  /// e^(mu + sigma²/2).
  public var mean: Double { Elementary.exp(mu + 0.5 * sigma * sigma) }

  /// (e^(sigma²) − 1) e^(2 mu + sigma²).
  public var variance: Double {
    Elementary.expm1(sigma * sigma) * Elementary.exp(2 * mu + sigma * sigma)
  }
}
