import Configuration
import Kernel

/// Which models a node has at hand, where requests ask for one of many.
///
/// Model i of n is asked for with a chance in proportion to i^−s (Zipf). Under least-recently-used
/// replacement model i is there with probability 1 − e^(−pᵢ T), where T solves
/// Σ (1 − e^(−pᵢ T)) = models that fit (Che, Tung and Wang 2002; independent requests); under
/// least-frequently-used replacement the most popular ones are.
struct ModelCache: Sendable {
  enum Replacement: String, CaseIterable, Sendable { case lru, lfu }

  /// Cache: probability that a request asks for a model up to each, and that it finds each there.
  private let sums: [Double]
  private let present: [Double]
  let hit: Distribution
  let cold: Distribution

  init(reading fields: inout FieldReader) {
    let count = fields.count(
      "count", "models that requests ask for", in: 1...100_000, default: 100,
      source: "assumption")
    let exponent = fields.number(
      "zipfExponent", "how fast popularity falls with rank", in: 0...4, default: 1,
      source: "model-facts §4.3, range 0.7 to 1.3 (assumption)")
    let held = fields.count(
      "held", "models that a node has room for", in: 0...100_000, default: 10,
      source: "assumption")
    let replacement = fields.choice(
      "replacement", "which model makes room for another", default: Replacement.lru)
    hit = fields.distribution(
      "hitSeconds", "time until a model that is there answers [s]", default: .fixed(0),
      source: "assumption: it is in memory")
    cold = fields.distribution(
      "loadSeconds", "time to load one that is not [s]",
      default: .lognormal(median: 22.7, sigma: 0.48),
      source: "model-facts §4.3: p50 22.7, p90 42.0")
    let weights = (1...count).map { Elementary.pow(Double($0), -exponent) }
    let total = weights.reduce(0, +)
    let shares = weights.map { $0 / total }
    var sum = 0.0
    sums = shares.map { share in
      sum += share
      return sum
    }
    switch replacement {
    case .lfu: present = shares.indices.map { $0 < held ? 1 : 0 }
    case .lru: present = Self.presence(of: shares, held: held)
    }
  }

  /// Che's approximation.
  private static func presence(of shares: [Double], held: Int) -> [Double] {
    if held >= shares.count { return shares.map { _ in 1 } }
    if held == 0 { return shares.map { _ in 0 } }
    func there(_ time: Double) -> [Double] { shares.map { -Elementary.expm1(-$0 * time) } }
    func room(_ time: Double) -> Double { there(time).reduce(0, +) }
    var high = Double(held)
    while room(high) < Double(held), high < 1e15 { high *= 2 }
    var low = 0.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if room(middle) < Double(held) { low = middle } else { high = middle }
    }
    return there(high)
  }

  /// Share of requests that find their model [1].
  var hitShare: Double {
    var before = 0.0
    return zip(sums, present).reduce(0) { total, model in
      defer { before = model.0 }
      return total + (model.0 - before) * model.1
    }
  }

  /// Time until the model of a request answers [s].
  func sampleLoad(using stream: inout RandomStream) -> Double {
    let asked = stream.uniform()
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > asked { high = middle } else { low = middle + 1 }
    }
    let law = stream.uniform() < present[low] ? hit : cold
    return max(0, law.sample(using: &stream))
  }
}
