import Testing

@testable import Kernel

struct QuantileSketchTests {
  /// Lognormal values with a heavy spread, the same for every call.
  private func values(_ count: Int, seed: UInt64 = 1) -> [Double] {
    let law = Lognormal(median: 40, sigma: 2)
    let luck = Luck(seed: seed, replicate: 0)
    return (0..<UInt64(count)).map { entity in
      var stream = luck.stream(Purpose(rawValue: 3), entity: entity)
      return law.sample(using: &stream)
    }
  }

  private func sketch(_ values: [Double], error: Double = 0.01) -> QuantileSketch {
    var sketch = QuantileSketch(error: error)
    for value in values { sketch.add(value) }
    return sketch
  }

  @Test(arguments: [0.001, 0.01, 0.1])
  func `quantiles are within the stated error`(error: Double) throws {
    let sorted = values(2001).sorted()
    let sketch = sketch(sorted, error: error)
    for percent in 1...100 {
      let p = Double(percent) / 100
      // The value at which the share of values passed first reaches p.
      let rank = Int((p * 2001).rounded(.up)) - 1
      let exact = sorted[rank]
      let quantile = try #require(sketch.quantile(p))
      // A few ulp for the exponential.
      #expect(abs(quantile - exact) <= error * exact * (1 + 1e-9))
    }
  }

  @Test func `merging in any order gives the same sketch`() {
    let parts = (1...3).map { sketch(values(500, seed: $0)) }
    var forwards = parts[0]
    forwards.merge(parts[1])
    forwards.merge(parts[2])
    var backwards = parts[2]
    backwards.merge(parts[1])
    backwards.merge(parts[0])
    let whole = sketch((1...3).flatMap { values(500, seed: $0) })
    #expect(forwards.quantiles == whole.quantiles)
    #expect(backwards.quantiles == whole.quantiles)
    #expect(forwards.weight == 1500)
  }

  @Test func `zeros and weights count`() {
    var sketch = QuantileSketch()
    #expect(sketch.quantile(0.5) == nil)
    sketch.add(0, weight: 3)
    sketch.add(8, weight: 1)
    sketch.add(100, weight: 0)
    #expect(sketch.quantile(0) == 0)
    #expect(sketch.quantile(0.75) == 0)
    #expect(abs((sketch.quantile(0.76) ?? 0) - 8) <= 0.08)
    #expect(abs((sketch.quantile(1) ?? 0) - 8) <= 0.08)
  }

  @Test func `memory is bounded and the upper quantiles survive`() {
    var sketch = QuantileSketch()
    for exponent in stride(from: -300, through: 300, by: 1) {
      sketch.add(Elementary.pow(10, Double(exponent)))
    }
    #expect(sketch.weights.count <= sketch.largestCount)
    #expect(sketch.weight == 601)
    #expect(abs((sketch.quantile(1) ?? 0) / 1e300 - 1) <= 0.0101)
    var downwards = QuantileSketch()
    for exponent in stride(from: 300, through: -300, by: -1) {
      downwards.add(Elementary.pow(10, Double(exponent)))
    }
    #expect(downwards.quantiles == sketch.quantiles)
  }
}

extension QuantileSketch {
  fileprivate var quantiles: [Double?] { (0...50).map { quantile(Double($0) / 50) } }
}
