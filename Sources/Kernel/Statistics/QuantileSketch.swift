/// Quantiles of positive numbers to a stated relative error, in bounded memory, mergeable.
///
/// Bucket i counts values of (γⁱ⁻¹, γⁱ] with γ = (1 + α)/(1 − α) and answers for them with
/// 2γⁱ/(γ + 1), which is within α of each (Masson, Rim and Lee, "DDSketch", VLDB 2019, §2). There
/// are at most 41/α buckets; where values span a factor above 10³⁵, the lowest ones share a bucket.
/// With whole weights a merge gives the same sketch in any order.
public struct QuantileSketch: Hashable, Sendable {
  /// Largest relative error of a quantile.
  public let error: Double
  /// Parameter: ln γ.
  @usableFromInline let width: Double
  /// Parameter: largest number of buckets.
  @usableFromInline let largestCount: Int
  /// State: weight at zero.
  @usableFromInline var zero = 0.0
  /// State: weight by bucket, from bucket `offset` on.
  @usableFromInline var weights: [Double] = []
  @usableFromInline var offset = 0
  /// Cache: weight in all.
  @usableFromInline var sum = 0.0

  public init(error: Double = 0.01) {
    precondition(
      error >= 1e-4 && error < 1, "the relative error of a sketch must be 0.0001 or more, below 1")
    self.error = error
    largestCount = Int(41 / error)
    width = Elementary.log1p(2 * error / (1 - error))
  }

  /// Weight of all values.
  @inlinable
  public var weight: Double { sum }

  /// Counts a value, finite and not negative, with a weight, finite and not negative.
  @inlinable
  public mutating func add(_ value: Double, weight: Double = 1) {
    precondition(value >= 0 && value < .infinity, "a sketch takes finite values from zero on")
    precondition(weight >= 0 && weight < .infinity, "a sketch takes finite weights from zero on")
    guard weight > 0 else { return }
    sum += weight
    // The smallest normal number and less count as zero.
    guard value > 0x1p-1022 else {
      zero += weight
      return
    }
    add(weight, toBucket: bucket(of: value))
  }

  /// The value below which a share p of the weight lies, within ``error`` of it; nil when empty.
  public func quantile(_ p: Double) -> Double? {
    precondition(p >= 0 && p <= 1, "a quantile is asked for a share between 0 and 1")
    guard sum > 0 else { return nil }
    let wanted = p * sum
    var passed = zero
    if passed >= wanted && zero > 0 { return 0 }
    // Rounding may leave `passed` short of `wanted` at the end, so the last bucket is the answer.
    var answer = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      answer = index
      passed += weight
      if passed >= wanted { break }
    }
    let middle = 2 / (1 + Elementary.exp(width))
    return middle * Elementary.exp(Double(answer + offset) * width)
  }

  /// Adds the values of a sketch with the same error.
  public mutating func merge(_ other: Self) {
    precondition(error == other.error, "sketches merge only with their own relative error")
    sum += other.sum
    zero += other.zero
    // From the top down, so that what is folded into the lowest bucket is folded at once.
    for index in other.weights.indices.reversed() where other.weights[index] > 0 {
      add(other.weights[index], toBucket: other.offset + index)
    }
  }
}

extension QuantileSketch {
  /// ⌈ln value / ln γ⌉.
  @inlinable
  func bucket(of value: Double) -> Int {
    let place = Elementary.log(value) / width
    let cut = Int(place)
    return Double(cut) < place ? cut + 1 : cut
  }

  @inlinable
  mutating func add(_ weight: Double, toBucket bucket: Int) {
    let index = bucket - offset
    if index >= 0 && index < weights.count {
      weights[index] += weight
    } else {
      extend(toBucket: bucket)
      weights[max(0, bucket - offset)] += weight
    }
  }

  /// Makes room for a bucket, folding the lowest ones together where there would be too many.
  @usableFromInline
  mutating func extend(toBucket bucket: Int) {
    if weights.isEmpty { offset = bucket }
    let top = max(bucket, offset + weights.count - 1)
    let bottom = max(min(bucket, offset), top - largestCount + 1)
    var moved = [Double](repeating: 0, count: top - bottom + 1)
    for (index, weight) in weights.enumerated() {
      moved[max(0, index + offset - bottom)] += weight
    }
    weights = moved
    offset = bottom
  }
}
