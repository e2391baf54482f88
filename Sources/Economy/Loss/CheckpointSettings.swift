import Configuration
import Kernel

/// Progress that is saved while a job runs, so that the next attempt has only what was not.
///
/// After every `interval` of work the job stops for `cost` and what it has done is safe; nothing is
/// saved at its end. The next attempt starts with `restart`, time to fetch and load what was saved.
/// Failures without memory, M hours apart, make the mean time of a stretch of T hours of work and its
/// checkpoint of C hours M e^(R/M) (e^((T + C)/M) − 1) (Daly 2006, section 3; model-facts §4.5).
struct CheckpointSettings: Sendable, Equatable {
  let every: CheckpointInterval
  /// Time that a checkpoint takes [h].
  let cost: Double
  /// Time that a new attempt takes before it works on [h].
  let restart: Double

  init(reading fields: inout FieldReader) {
    every =
      fields.rule(
        "every", "work between two checkpoints", from: CheckpointInterval.choices,
        default: "young") ?? .young
    cost =
      fields.number(
        "costSeconds", "time that a checkpoint takes", unit: "s", in: 0...86_400, default: 60,
        source: "model-facts §4.5, its example (assumption)") / 3600
    restart =
      fields.number(
        "restartSeconds", "time that a new attempt takes to load what was saved", unit: "s",
        in: 0...86_400, default: 60, source: "assumption: as long as a checkpoint") / 3600
    if cost == 0, !every.isFixed {
      fields.warn(
        "costSeconds", expected: "a cost above 0, since the interval follows from it",
        found: "0", help: "every job is saved once a second; write a cost or a fixed interval")
    }
  }

  /// Work between two checkpoints of a job whose node is lost once in `mean` hours [h].
  func interval(mean: Double) -> Double {
    max(every.hours(cost: cost, mean: mean), 1.0 / 3600)
  }
}

/// How much work lies between two checkpoints.
enum CheckpointInterval: Sendable, Equatable {
  case fixed(hours: Double)
  case young
  case daly

  static let choices: [Choice<CheckpointInterval>] = [
    Choice(name: "fixed", summary: "The same for every job and node.", source: "") { fields in
      .fixed(
        hours: fields.number(
          "hours", "work between two checkpoints", unit: "h", in: 1.0 / 3600...8760, default: 1,
          source: "assumption"))
    },
    Choice(
      name: "young", summary: "√(2 C M), of checkpoint cost C and mean time M between losses.",
      source: "Young 1974; model-facts §4.5"
    ) { _ in .young },
    Choice(
      name: "daly", summary: "Young's interval with the higher-order terms.",
      source: "Daly 2006, equation 37"
    ) { _ in .daly },
  ]

  fileprivate var isFixed: Bool {
    if case .fixed = self { true } else { false }
  }

  /// The interval for a cost and a mean time between losses; infinite where nothing is lost [h].
  ///
  /// Daly: √(2CM) (1 + ⅓ √(C/2M) + ⅑ C/2M) − C where C < 2M, else M.
  func hours(cost: Double, mean: Double) -> Double {
    let young = (2 * cost * mean).squareRoot()
    switch self {
    case .fixed(let hours): return hours
    case .young: return young
    case .daly:
      guard mean < .infinity else { return .infinity }
      guard cost < 2 * mean else { return mean }
      let half = cost / (2 * mean)
      return young * (1 + half.squareRoot() / 3 + half / 9) - cost
    }
  }
}
