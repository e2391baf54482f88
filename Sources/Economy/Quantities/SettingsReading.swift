import Configuration
import Kernel

/// Time of an epoch, a year and a month as the economics count them.
enum Span {
  static let daysPerYear = 365.0
  static let daysPerMonth = 30.4375
  static let hoursPerDay = 24.0
}

extension FieldReader {
  /// A distribution by name, with its parameters in the unit of the key.
  mutating func distribution(_ key: String, _ meaning: String) -> Distribution? {
    rule(key, meaning, from: Distribution.choices)
  }

  /// The same, with a law that holds where none is written.
  mutating func distribution(
    _ key: String, _ meaning: String, default law: DefaultLaw, source: String = ""
  ) -> Distribution {
    rule(
      key, meaning, from: Distribution.choices, default: law.name, with: law.values,
      source: source) ?? law.distribution
  }
}

/// A law and how it is written.
struct DefaultLaw {
  let name: String
  let values: KeyValuePairs<String, Double>
  let distribution: Distribution

  static func fixed(_ value: Double) -> Self {
    Self(name: "fixed", values: ["value": value], distribution: .fixed(Fixed(value)))
  }

  static func exponential(mean: Double) -> Self {
    Self(
      name: "exponential", values: ["mean": mean],
      distribution: .exponential(Exponential(mean: mean)))
  }

  static func uniform(_ lower: Double, _ upper: Double) -> Self {
    Self(
      name: "uniform", values: ["lower": lower, "upper": upper],
      distribution: .uniform(Uniform(lower: lower, upper: upper)))
  }

  static func lognormal(median: Double, sigma: Double) -> Self {
    Self(
      name: "lognormal", values: ["median": median, "sigma": sigma],
      distribution: .lognormal(Lognormal(median: median, sigma: sigma)))
  }
}

extension Distribution {
  /// The unit of what a law draws: laws stand in keys of many units.
  private static let unitOfKey = "unit of the key"

  /// Every law that a scenario can ask for.
  fileprivate static let choices: [Choice<Distribution>] = [
    Choice(name: "fixed", summary: "Always the same value.", number: "value") { fields in
      .fixed(Fixed(fields.number("value", "the value", unit: unitOfKey, in: 0...1e12)))
    },
    Choice(name: "exponential", summary: "Memoryless.", source: "") { fields in
      .exponential(
        Exponential(mean: fields.number("mean", "mean", unit: unitOfKey, in: 1e-9...1e12)))
    },
    Choice(name: "weibull", summary: "Falling or rising hazard.", source: "") { fields in
      .weibull(
        Weibull(
          shape: fields.number("shape", "shape; below 1 the hazard falls", in: 0.05...50),
          scale: fields.number("scale", "scale", unit: unitOfKey, in: 1e-9...1e12)))
    },
    Choice(name: "lognormal", summary: "A heavy upper tail.", source: "") { fields in
      .lognormal(
        Lognormal(
          median: fields.number("median", "median", unit: unitOfKey, in: 1e-9...1e12),
          sigma: fields.number("sigma", "deviation of the logarithm", in: 0...10)))
    },
    Choice(name: "normal", summary: "Cut at 0 where a negative value means nothing.", source: "") {
      fields in
      .normal(
        Normal(
          mean: fields.number("mean", "mean", unit: unitOfKey, in: -1e12...1e12),
          deviation: fields.number("deviation", "standard deviation", unit: unitOfKey, in: 0...1e12)
        ))
    },
    Choice(name: "gamma", summary: "Sums of exponentials, and between.", source: "") { fields in
      .gamma(
        Gamma(
          shape: fields.number("shape", "shape", in: 0.01...1e6),
          scale: fields.number("scale", "scale", unit: unitOfKey, in: 1e-9...1e12)))
    },
    Choice(name: "uniform", summary: "Equally likely between two bounds.", source: "") { fields in
      let lower = fields.number("lower", "lower bound", unit: unitOfKey, in: 0...1e12)
      let upper = fields.number("upper", "upper bound", unit: unitOfKey, in: 0...1e12)
      if upper < lower {
        fields.refuse(
          "upper", expected: "a bound not below lower (\(numberText(lower)))", help: "swap the two")
      }
      return .uniform(Uniform(lower: lower, upper: max(lower, upper)))
    },
    Choice(name: "discrete", summary: "A few values with weights.", source: "") { fields in
      let values = fields.numbers(
        "values", "the values", unit: unitOfKey, in: 0...1e12, count: 1...10_000)
      let weights = fields.numbers("weights", "their weights", in: 0...1e12, count: 1...10_000)
      guard values.count == weights.count, weights.contains(where: { $0 > 0 }) else {
        fields.refuse(
          "weights", expected: "as many weights as values (\(values.count)), one of them above 0",
          found: "\(weights.count) weights", help: "give each value its weight")
        return .fixed(Fixed(1))
      }
      return .discrete(Discrete(values: values, weights: weights))
    },
    Choice(name: "mixture", summary: "One of several laws, by weight.", source: "") { fields in
      let parts = fields.list("components", "laws and their weights") { part in
        (
          weight: part.number("weight", "weight of the law", in: 1e-9...1e12),
          law: part.distribution("law", "the law") ?? .fixed(Fixed(0))
        )
      }
      guard !parts.isEmpty else { return .fixed(Fixed(0)) }
      return .mixture(Mixture(weights: parts.map(\.weight), components: parts.map(\.law)))
    },
    Choice(name: "empirical", summary: "Drawn between observed values.", source: "") { fields in
      .empirical(
        Empirical(
          sorted: fields.numbers(
            "values", "observed values", unit: unitOfKey, in: 0...1e12, count: 2...100_000
          )
          .sorted()))
    },
  ]
}
