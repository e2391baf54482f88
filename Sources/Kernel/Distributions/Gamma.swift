/// Sum of `shape` exponential times of mean `scale`, for any positive shape.
public struct Gamma: Hashable, Sendable, BitwiseCopyable {
  public let shape: Double
  public let scale: Double

  @inlinable
  public init(shape: Double, scale: Double) {
    precondition(shape > 0, "the shape of a gamma distribution must be positive")
    precondition(scale >= 0, "the scale of a gamma distribution must not be negative")
    self.shape = shape
    self.scale = scale
  }

  /// By rejection from a cubed normal, 1.05 tries on average at worst; takes as many words as it
  /// needs, so it is not monotone in any one of them.
  ///
  /// Source: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26
  /// (2000), §3; shapes below 1 by their §6, X(a) = X(a + 1) U^(1/a).
  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    guard shape < 1 else { return scale * sampleOfLargeShape(shape, using: &stream) }
    let boost = Elementary.pow(stream.uniform(), 1 / shape)
    return scale * boost * sampleOfLargeShape(shape + 1, using: &stream)
  }

  public var mean: Double { shape * scale }

  public var variance: Double { shape * scale * scale }

  /// A standard gamma number of a shape of 1 or more.
  @inlinable
  func sampleOfLargeShape(_ shape: Double, using stream: inout RandomStream) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = Elementary.normalQuantile(stream.uniform())
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let bound = 0.5 * x * x + d * (1 - v + Elementary.log(v))
      if Elementary.log(stream.uniform()) < bound { return d * v }
    }
  }
}
