import Kernel
import Testing

@testable import Economy

struct ModelCacheTests {
  private func cache(_ text: String) throws -> ModelCache {
    try read(text, ModelCache.init(reading:))
  }

  @Test func `models that all fit are always there, and without room never`() throws {
    #expect(abs(try cache("{count: 5, held: 5}").hitShare - 1) < 1e-12)
    #expect(try cache("{count: 5, held: 0}").hitShare == 0)
  }

  @Test func `the most popular ones stay where uses are counted`() throws {
    // 1 + 1/2 of 1 + 1/2 + 1/3 + 1/4.
    let cache = try cache("{count: 4, held: 2, replacement: 'lfu'}")
    #expect(abs(cache.hitShare - 1.5 / (25.0 / 12)) < 1e-12)
  }

  @Test func `equally popular models are there as often as there is room`() throws {
    let cache = try cache("{count: 40, held: 10, zipfExponent: 0}")
    #expect(abs(cache.hitShare - 0.25) < 1e-9)
  }

  /// Che's approximation against a list of models in the order of their last use.
  @Test(arguments: [0.7, 1.0, 1.3])
  func `hits are those of a cache that forgets what was used longest ago`(exponent: Double) throws {
    let terms = try cache("{count: 200, held: 20, zipfExponent: \(exponent)}")
    let weights = (1...200).map { Elementary.pow(Double($0), -exponent) }
    let popularity = Discrete(values: weights, weights: weights)
    var held: [Int] = []
    var hits = 0
    for number in 0..<41_000 {
      var stream = Luck(seed: 2, replicate: 1).stream(.request, entity: UInt64(number))
      let asked = popularity.sampleIndex(using: &stream)
      if let place = held.firstIndex(of: asked) {
        held.remove(at: place)
        if number >= 1000 { hits += 1 }
      } else if held.count == 20 {
        held.removeLast()
      }
      held.insert(asked, at: 0)
    }
    // 40,000 draws deviate by at most 0.0025; four of them, and 0.003 for the approximation.
    #expect(abs(Double(hits) / 40_000 - terms.hitShare) < 0.013)
  }

  @Test func `a request waits for a load in the share of misses`() throws {
    let terms = try cache(
      "{count: 100, held: 10, loadSeconds: {rule: 'fixed', value: 20}, "
        + "hitSeconds: {rule: 'fixed', value: 1}}")
    var tally = Tally()
    for number in 0..<10_000 {
      var stream = Luck(seed: 2, replicate: 1).stream(.request, entity: UInt64(number))
      tally.add(terms.sampleLoad(using: &stream))
    }
    // 10,000 draws of 1 or 20: at most 0.095 s; four deviations.
    #expect(abs(tally.mean - (terms.hitShare + 20 * (1 - terms.hitShare))) < 0.38)
  }
}
