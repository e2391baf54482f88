import Kernel
import Testing

@testable import Economy

private let gbm = Noise.gbm(GBMNoise(annualVolatility: 0.8))
private let ou = Noise.ou(OUNoise(reversionPerYear: 73, dailyDeviation: 0.1))

/// Levels after `steps` steps of `days`, one after the other out of one stream.
private func levels(
  _ noise: Noise, from start: Double, steps: Int, days: Double, count: Int
) -> [Double] {
  (0..<count).map { number in
    var stream = Luck(seed: 11, replicate: 1).stream(
      Purpose(rawValue: 60_001), entity: UInt64(number))
    var level = start
    for _ in 0..<steps { level = noise.level(after: level, days: days, using: &stream) }
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
  @Test func `without more the laws are those of model-facts 5_3`() throws {
    func noise(_ name: String) throws -> Noise {
      try rule("{rule: '\(name)'}", from: Noise.choices)
    }
    #expect(try noise("gbm") == .gbm(GBMNoise(annualVolatility: 1.32)))
    #expect(try noise("ou") == .ou(OUNoise(reversionPerYear: 3.52, dailyDeviation: 0.0544)))
    #expect(
      try noise("jump")
        == .jump(
          JumpNoise(annualVolatility: 1.14, jumpsPerYear: 4.4, jumpMean: 0.18, jumpDeviation: 0.245)
        ))
    #expect(
      try noise("student") == .student(StudentNoise(annualVolatility: 1.47, degreesOfFreedom: 3.8)))
  }

  @Test(arguments: [0, 1])
  func `two steps are in law one step of twice the length`(number: Int) {
    // The law is normal: its mean is the level without luck, its variance the squared gap of one
    // deviation. Of two steps the first deviation is carried on by the second step.
    func level(_ start: Double, _ days: Double, normal: Double) -> Double {
      number == 0
        ? GBMNoise(annualVolatility: 0.8).level(after: start, days: days, normal: normal)
        : OUNoise(reversionPerYear: 73, dailyDeviation: 0.1)
          .level(after: start, days: days, normal: normal)
    }
    func mean(_ days: Double, from start: Double) -> Double { level(start, days, normal: 0) }
    func variance(_ days: Double) -> Double {
      let gap = level(0, days, normal: 1) - mean(days, from: 0)
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
    let walk = OUNoise(reversionPerYear: 0, dailyDeviation: 0.1)
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

  @Test func `jumps have the moments of their law and give the price no drift`() {
    let law = JumpNoise(annualVolatility: 0.5, jumpsPerYear: 4, jumpMean: 0.1, jumpDeviation: 0.2)
    let count = 20_000
    let values = levels(.jump(law), from: 0, steps: 4, days: 91.25, count: count)
    let found = moments(values)
    // Over a year, k = e^(0.1 + 0.02) - 1 = 0.127497: mean -0.125 - 4 k + 4 x 0.1 = -0.234987;
    // variance 0.25 + 4 (0.01 + 0.04) = 0.45, so 4 standard errors of the mean are 0.019. The fourth
    // cumulant is 4 (0.1⁴ + 6 x 0.01 x 0.04 + 3 x 0.04²) = 0.0292: the variance of the variance is
    // (2 x 0.2025 + 0.0292) / n, four errors 0.0186.
    #expect(abs(found.mean + 0.234987) < 0.019)
    #expect(abs(found.variance - 0.45) < 0.0186)
    // exp(u) has mean 1; its deviation is near √(e^0.46 - 1) = 0.76 (jumps of mean e^x are the same in
    // second moment): 4 x 0.8 / √n = 0.0226.
    #expect(abs(moments(values.map { Elementary.exp($0) }).mean - 1) < 0.0226)
  }

  @Test func `fat tails have the variance asked for, and more mass far out`() {
    let law = StudentNoise(annualVolatility: 0.2, degreesOfFreedom: 10)
    let count = 20_000
    let values = levels(.student(law), from: 0, steps: 1, days: 365, count: count)
    let found = moments(values)
    // Variance 0.04; excess kurtosis 6 / (10 - 4) = 1: the variance of the variance is
    // 0.04² (2 + 1) / n, four errors 0.002; of the mean 4 x 0.2 / √n = 0.0057. Steps are cut at eleven
    // deviations.
    #expect(abs(found.mean) < 0.0057)
    #expect(abs(found.variance - 0.04) < 0.002)
    // P(|T| > 3 deviations): of t with 10 degrees at 3 √(10/8) = 3.354 it is 0.0073, of a normal 0.0027.
    let far = Double(values.filter { abs($0) > 0.6 }.count) / Double(count)
    #expect(abs(far - 0.0073) < 4 * (0.0073 / Double(count)).squareRoot())
  }

  @Test func `no step of fat tails moves the price more than tenfold`() {
    let law = StudentNoise(annualVolatility: 9, degreesOfFreedom: 2.01)
    let values = levels(.student(law), from: 0, steps: 1, days: 3650, count: 300)
    #expect(values.allSatisfy { abs($0) <= Elementary.log(10) * (1 + 1e-15) })
    #expect(values.contains { abs($0) > 2.3 })
  }

  @Test func `the market-wide index comes on top with its beta, by luck of its own`() throws {
    let index = MarketWide(beta: 0.5, index: .luck(gbm))
    let luck = Luck(seed: 5, replicate: 2)
    var (own, both, alone) = (PriceLuck(), PriceLuck(), PriceLuck())
    var level = 0.0
    for step in 0..<5 {
      let day = Double(step + 1)
      level = index.level(after: level, days: 1, day: day, luck: luck, step: step)
      own.step(ou, nil, days: 1, day: day, luck: luck, index: step)
      both.step(ou, index, days: 1, day: day, luck: luck, index: step)
      alone.step(nil, index, days: 1, day: day, luck: luck, index: step)
    }
    #expect(level != 0 && alone.level == 0.5 * level)
    #expect(both.level == own.level + 0.5 * level)
    let path = MarketSettings.PricePath(days: [0, 4], prices: [100, 200])
    let observed = MarketWide(beta: 2, index: .path(path))
    var luckOfPath = PriceLuck()
    luckOfPath.step(nil, observed, days: 1, day: 3, luck: luck, index: 0)
    #expect(luckOfPath.level == 0)
    luckOfPath.step(nil, observed, days: 1, day: 4, luck: luck, index: 1)
    #expect(luckOfPath.level == 2 * Elementary.log(2))
  }
}
