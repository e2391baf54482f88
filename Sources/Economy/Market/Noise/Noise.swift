import Configuration
import Kernel

/// Luck of the price: a logarithmic level u that the market rule multiplies in as exp(u).
enum Noise: Sendable, Equatable {
  case gbm(GBMNoise)
  case ou(OUNoise)
  case jump(JumpNoise)
  case student(StudentNoise)

  static let choices: [Choice<Noise>] = [
    GBMNoise.choice, OUNoise.choice, JumpNoise.choice, StudentNoise.choice,
  ]

  /// The level after `days`, from the level before and the words of one draw.
  func level(after level: Double, days: Double, using stream: inout RandomStream) -> Double {
    switch self {
    case .gbm(let law): law.level(after: level, days: days, normal: stream.normal())
    case .ou(let law): law.level(after: level, days: days, normal: stream.normal())
    case .jump(let law): law.level(after: level, days: days, using: &stream)
    case .student(let law): law.level(after: level, days: days, using: &stream)
    }
  }
}

extension RandomStream {
  /// A standard normal number.
  mutating func normal() -> Double { Elementary.normalQuantile(uniform()) }
}
