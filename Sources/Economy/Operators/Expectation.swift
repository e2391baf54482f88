import Configuration
import Kernel

/// How operators expect pay: from the pay per node-day that the network published.
enum Expectation: Sendable {
  /// The last settlement's.
  case last
  /// An exponentially weighted mean over so many days.
  case average(days: Double)

  static let choices: [Choice<Expectation>] = [
    Choice(name: "last", summary: "The pay of the last settlement.", source: "") { _ in .last },
    Choice(
      name: "average", summary: "An exponentially weighted mean of past pay.", source: ""
    ) { fields in
      .average(
        days: fields.number("days", "memory of the mean", unit: "days", in: 0.1...3650, default: 30)
      )
    },
  ]

  /// Weight of a new observation that stands for `days`, when `seen` days stand behind the mean.
  func weight(days: Double, seen: Double) -> Double {
    switch self {
    case .last: 1
    case .average(let memory):
      // Corrected for the start: the first observation counts fully.
      max(-Elementary.expm1(-days / memory), days / (seen + days))
    }
  }
}
