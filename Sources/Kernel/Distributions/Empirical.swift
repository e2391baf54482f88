/// What was observed: samples are observed values (step) or lie between neighbours (interpolated).
public struct Empirical: Hashable, Sendable {
  /// How the quantile function runs between the n observed values.
  public enum Form: Hashable, Sendable {
    /// Each value comes with probability 1/n, and no other does.
    case step
    /// Straight from value i at i/(n − 1) to value i + 1 at (i + 1)/(n − 1).
    case interpolated
  }

  public let values: [Double]
  public let form: Form

  /// The values must be finite and in rising order.
  public init(sorted values: [Double], form: Form = .interpolated) {
    precondition(!values.isEmpty, "an empirical distribution needs a value")
    precondition(values.allSatisfy(\.isFinite), "empirical values must be finite")
    precondition(
      zip(values, values.dropFirst()).allSatisfy { $0 <= $1 },
      "empirical values must be in rising order")
    self.values = values
    self.form = form
  }

  /// By inversion: one uniform number, in which the sample rises.
  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    quantile(stream.uniform())
  }

  /// The value below which a share p of the distribution lies, for 0 ≤ p ≤ 1.
  @inlinable
  public func quantile(_ p: Double) -> Double {
    switch form {
    case .step:
      return values[min(Int(p * Double(values.count)), values.count - 1)]
    case .interpolated:
      guard values.count > 1 else { return values[0] }
      let place = p * Double(values.count - 1)
      let below = min(Int(place), values.count - 2)
      return values[below] + (values[below + 1] - values[below]) * (place - Double(below))
    }
  }

  public var mean: Double {
    switch form {
    case .step:
      return values.reduce(0, +) / Double(values.count)
    case .interpolated:
      guard values.count > 1 else { return values[0] }
      let middles = zip(values, values.dropFirst()).map { 0.5 * ($0 + $1) }
      return middles.reduce(0, +) / Double(middles.count)
    }
  }

  public var variance: Double {
    let mean = mean
    let away = values.map { $0 - mean }
    switch form {
    case .step:
      return away.reduce(0) { $0 + $1 * $1 } / Double(away.count)
    case .interpolated:
      guard away.count > 1 else { return 0 }
      // The mean square of a uniform number on (a, b) is (a² + ab + b²)/3.
      let squares = zip(away, away.dropFirst()).map { ($0 * $0 + $0 * $1 + $1 * $1) / 3 }
      return squares.reduce(0, +) / Double(squares.count)
    }
  }
}
