import Kernel
import Testing

@testable import Economy

private let gbm = Noise.gbm(annualVolatility: 0.8)
private let ou = Noise.ou(reversionPerYear: 73, dailyDeviation: 0.1)

/// Levels after `steps` steps of `days`, over replicates that are independent by their entity.
private func levels(
  _ noise: Noise, from start: Double, steps: Int, days: Double, count: Int
) -> [Double] {
  var stream = testStream(11)
  return (0..<count).map { _ in
    var level = start
    for _ in 0..<steps {
      level = noise.level(
        after: level, days: days, normal: Elementary.normalQuantile(stream.uniform()))
    }
    return level
  }
}

private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, squares / (count - 1))
}

struct NoiseTests {
  @Test(arguments: [gbm, ou])
  func `two steps are in law one step of twice the length`(noise: Noise) {
    // The law is normal: its mean is the level without luck, its variance the squared gap of one
    // deviation. Of two steps the first deviation is carried on by the second step.
    func mean(_ days: Double, from start: Double) -> Double {
      noise.level(after: start, days: days, normal: 0)
    }
    func variance(_ days: Double) -> Double {
      let gap = noise.level(after: 0, days: days, normal: 1) - mean(days, from: 0)
      return gap * gap
    }
    let kept = mean(3, from: 1) - mean(3, from: 0)
    #expect(abs(mean(3, from: mean(3, from: 0.7)) - mean(6, from: 0.7)) < 1e-14)
    #expect(abs(kept * kept * variance(3) + variance(3) - variance(6)) < 1e-14)
  }

  @Test func `the random walk has the moments of its law and no drift of the price`() {
    let count = 20_000
    let values = levels(gbm, from: 0, steps: 5, days: 73, count: count)
    let found = moments(values)
    // Over a year: mean -σ²/2 = -0.32, variance σ² = 0.64. Four standard errors: of the mean
    // 4 σ/√n = 0.0226, of the variance 4 σ² √(2/n) = 0.0256.
    #expect(abs(found.mean + 0.32) < 0.0226)
    #expect(abs(found.variance - 0.64) < 0.0256)
    // exp(u) has mean 1 and variance e^σ² - 1 = 0.896: 4 √(0.896/n) = 0.0268.
    let prices = moments(values.map { Elementary.exp($0) })
    #expect(abs(prices.mean - 1) < 0.0268)
  }

  @Test func `the mean-reverting level has the moments of its law`() {
    let count = 20_000
    // θ = 73 / 365 = 0.2 a day; after 6 days from 2: mean 2 e^(-1.2) = 0.6024, variance
    // 0.01 (1 - e^(-2.4)) / 0.4 = 0.02273.
    let found = moments(levels(ou, from: 2, steps: 3, days: 2, count: count))
    let variance = 0.01 * (1 - Elementary.exp(-2.4)) / 0.4
    // Four standard errors: 4 √(v/n) = 0.00426 and 4 v √(2/n) = 0.00091.
    #expect(abs(found.mean - 2 * Elementary.exp(-1.2)) < 0.00426)
    #expect(abs(found.variance - variance) < 0.00091)
  }

  @Test func `without reversion the level is a plain random walk`() {
    let walk = Noise.ou(reversionPerYear: 0, dailyDeviation: 0.1)
    #expect(walk.level(after: 0.3, days: 4, normal: 1) == 0.5)
  }

  @Test func `the luck of a step depends on its number alone`() throws {
    var early = try VenueBench("{rule: 'exogenous', openingPriceUSD: 1}")
    var late = early
    let luck = Luck(seed: 5, replicate: 2)
    early.venue.step(gbm, days: 1, luck: luck, index: 6)
    late.venue.step(nil, days: 1, luck: luck, index: 5)
    late.venue.step(gbm, days: 1, luck: luck, index: 6)
    #expect(early.venue.noiseLevel == late.venue.noiseLevel)
    #expect(early.venue.noiseLevel != 0)
    let price = early.venue.price(early.rule, early.ledger)
    #expect(price == Elementary.exp(early.venue.noiseLevel))
  }
}
