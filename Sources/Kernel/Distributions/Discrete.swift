/// One of several values, each with its weight.
public struct Discrete: Hashable, Sendable {
  public let values: [Double]
  /// Cache: probability of a value or one before it; the last is 1.
  @usableFromInline let cumulative: [Double]

  /// Weights may have any positive sum; values of weight 0 never come.
  public init(values: [Double], weights: [Double]) {
    precondition(values.count == weights.count, "a discrete distribution needs a weight a value")
    self.values = values
    cumulative = Self.cumulativeShares(of: weights)
  }

  /// By inversion in the order the values were given: the place rises with one uniform number.
  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    values[sampleIndex(using: &stream)]
  }

  /// The place of the value drawn.
  @inlinable
  public func sampleIndex(using stream: inout RandomStream) -> Int {
    Self.index(of: stream.uniform(), in: cumulative)
  }

  public var mean: Double {
    zip(values, probabilities).reduce(0) { $0 + $1.0 * $1.1 }
  }

  public var variance: Double {
    let mean = mean
    return zip(values, probabilities).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
  }

  /// Probability of each value; they sum to 1.
  public var probabilities: [Double] {
    zip(cumulative, [0] + cumulative).map { $0 - $1 }
  }
}

extension Discrete {
  /// Running sums of the weights over their total; exactly 1 from the last positive weight on.
  static func cumulativeShares(of weights: [Double]) -> [Double] {
    precondition(
      weights.allSatisfy { $0 >= 0 && $0 < .infinity }, "weights must be finite and not negative")
    var sums: [Double] = []
    sums.reserveCapacity(weights.count)
    var total = 0.0
    for weight in weights {
      total += weight
      sums.append(total)
    }
    precondition(total > 0 && total < .infinity, "weights must have a positive, finite sum")
    return sums.map { $0 / total }
  }

  /// The first place whose running share is above u, for u < 1; O(log n).
  @inlinable
  static func index(of u: Double, in cumulative: [Double]) -> Int {
    var lower = 0
    var upper = cumulative.count - 1
    while lower < upper {
      let middle = (lower + upper) / 2
      if cumulative[middle] > u { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}
