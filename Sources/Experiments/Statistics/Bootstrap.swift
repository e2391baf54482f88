import Kernel

extension Purpose {
  /// Resampling of replicates; far above the numbers of the economy, whose table grows upwards.
  static let resampling = Purpose(rawValue: 0xFF00)
}

/// Bias-corrected and accelerated bootstrap of a mean (Efron 1987; Efron and Tibshirani 1993,
/// §14.3), with draws keyed like every other draw.
struct Bootstrap {
  static let resamples = 2_000

  /// Seed of the plan; replicate 0, which no run uses.
  private let luck: Luck
  /// Tells the draws of one estimate from those of another.
  private let entity: UInt64

  init(seed: UInt64, entity: UInt64) {
    luck = Luck(seed: seed, replicate: 0)
    self.entity = entity
  }

  /// Interval for the mean; a point when all values are equal.
  func interval(_ sample: Sample) -> ConfidenceInterval {
    guard sample.count > 1 else { return .undefined }
    let mean = sample.mean
    guard mean.isFinite else { return .undefined }
    guard sample.values.contains(where: { $0 != sample.values[0] }) else {
      return ConfidenceInterval(low: mean, high: mean)
    }
    let means = resampledMeans(sample.values).sorted()
    let bias = bias(of: means, around: mean)
    let acceleration = Self.acceleration(sample)
    func end(_ probability: Double) -> Double {
      let shifted = bias + Elementary.normalQuantile(probability)
      let adjusted = bias + shifted / (1 - acceleration * shifted)
      return Sample.quantile(Elementary.normalCDF(adjusted), sorted: means)
    }
    let tail = (1 - ConfidenceInterval.level) / 2
    return ConfidenceInterval(low: end(tail), high: end(1 - tail))
  }
}

extension Bootstrap {
  private func resampledMeans(_ values: [Double]) -> [Double] {
    let count = UInt32(values.count)
    return (0..<Self.resamples).map { index in
      var stream = luck.stream(.resampling, entity: entity, index: UInt32(index))
      var sum = 0.0
      for _ in 0..<count { sum += values[Int(stream.below(count))] }
      return sum / Double(count)
    }
  }

  /// z₀ = Φ⁻¹(share of resampled means below the mean), ties counted half.
  private func bias(of means: [Double], around mean: Double) -> Double {
    let below = means.count { $0 < mean }
    let ties = means.count { $0 == mean }
    let share = (Double(below) + Double(ties) / 2) / Double(means.count)
    let edge = 0.5 / Double(means.count)
    return Elementary.normalQuantile(min(max(share, edge), 1 - edge))
  }

  /// a = Σd³ / (6 (Σd²)^1.5), d = x − x̄: the jackknife's value for a mean.
  private static func acceleration(_ sample: Sample) -> Double {
    let mean = sample.mean
    let largest = sample.values.reduce(0) { max($0, abs($1 - mean)) }
    // In units of a power of two near the largest, so that no cube leaves the range of a Double.
    let unit = Double(sign: .plus, exponent: min(-largest.exponent, 1022), significand: 1)
    let deviations = sample.values.map { ($0 - mean) * unit }
    let squares = Sample.sum(deviations.map { $0 * $0 })
    let cubes = Sample.sum(deviations.map { $0 * $0 * $0 })
    return cubes / (6 * squares * squares.squareRoot())
  }
}
