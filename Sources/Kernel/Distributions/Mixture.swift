/// One of several distributions, chosen by weight, then sampled.
public struct Mixture: Hashable, Sendable {
  public let components: [Distribution]
  @usableFromInline let cumulative: [Double]

  /// Weights may have any positive sum.
  public init(weights: [Double], components: [Distribution]) {
    precondition(weights.count == components.count, "a mixture needs a weight a component")
    self.components = components
    cumulative = Discrete.cumulativeShares(of: weights)
  }

  /// One uniform number for the choice, then what the component takes.
  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    components[Discrete.index(of: stream.uniform(), in: cumulative)].sample(using: &stream)
  }

  public var mean: Double {
    zip(components, weights).reduce(0) { $0 + $1.0.mean * $1.1 }
  }

  /// Mean of the variances plus variance of the means.
  public var variance: Double {
    let mean = mean
    return zip(components, weights).reduce(0) { sum, part in
      let away = part.0.mean - mean
      return sum + (part.0.variance + away * away) * part.1
    }
  }

  /// Probability of each component; they sum to 1.
  public var weights: [Double] {
    zip(cumulative, [0] + cumulative).map { $0 - $1 }
  }
}
