import Configuration
import Kernel

/// What moves the prices of all tokens together: its level times `beta` is part of the luck of this one.
///
/// The level is the logarithm of an index against day 0. Its luck is apart from the token's own, and
/// the same in every variant.
struct MarketWide: Sendable {
  let beta: Double
  let index: Index

  enum Index: Sendable {
    case luck(Noise)
    case path(MarketSettings.PricePath)
  }

  static let choices: [Choice<MarketWide>] = [
    Choice(
      name: "luck", summary: "An index that moves by luck of its own.", source: "assumption"
    ) { fields in
      let beta = beta(&fields)
      let noise = fields.rule(
        "noise", "the law of the index", from: Noise.choices, default: "gbm",
        with: ["annualVolatility": 0.65], source: "assumption")
      return MarketWide(
        beta: beta, index: .luck(noise ?? .gbm(GBMNoise(annualVolatility: 0.65))))
    },
    Choice(
      name: "trace", summary: "The index of a table.", source: "exact"
    ) { fields in
      MarketWide(
        beta: beta(&fields), index: .path(MarketSettings.PricePath(reading: &fields)))
    },
  ]

  private static func beta(_ fields: inout FieldReader) -> Double {
    fields.number(
      "beta", "change of the log price per unit of the log index", in: -10...10, default: 1,
      source: "assumption")
  }

  /// The level of the index after a step that ends on a day.
  func level(after level: Double, days: Double, day: Double, luck: Luck, step: Int) -> Double {
    switch index {
    case .path(let path): return Elementary.log(path.price(day: day) / path.price(day: 0))
    case .luck(let noise):
      var stream = luck.stream(
        .marketWide, entity: 0, index: UInt32(truncatingIfNeeded: step))
      return noise.level(after: level, days: days, using: &stream)
    }
  }
}

/// The logarithmic level of luck, from step to step.
struct PriceLuck: Sendable {
  /// State: of the token's own luck, of the market-wide index, and what this adds to the first.
  private var own = 0.0
  private var index = 0.0
  private var common = 0.0

  var level: Double { own + common }

  /// Takes the luck of the market step of a number, from 0.
  mutating func step(
    _ noise: Noise?, _ wide: MarketWide?, days: Double, day: Double, luck: Luck, index step: Int
  ) {
    if let noise {
      var stream = luck.stream(
        .marketNoise, entity: 0, index: UInt32(truncatingIfNeeded: step))
      own = noise.level(after: own, days: days, using: &stream)
    }
    if let wide {
      index = wide.level(after: index, days: days, day: day, luck: luck, step: step)
      common = wide.beta * index
    }
  }
}
