import Configuration
import Kernel

/// What a measure must do for a shock to begin, and to begin again.
///
/// It is looked at with every measurement, on the values of its row; a measure that is undefined
/// there is neither across the level nor back.
struct ShockCondition: Sendable, Equatable {
  /// Column of the measure in ``Measure/all``.
  let measure: Int
  /// Where the measure is across, in its unit.
  let level: Double
  /// Whether across means below the level, rather than above it.
  let isBelow: Bool
  /// Where the measure is back; nil: as soon as it is not across.
  let until: Double?
  /// How long it must have been across, from the first measurement that saw it so.
  let held: SimDuration
  let delay: SimDuration
  /// Chance that a crossing sets the shock off.
  let probability: Double
  /// Rest after the end of the shock.
  let coolDown: SimDuration
  /// How often it may begin.
  let times: Int

  init(reading fields: inout FieldReader) {
    let name = fields.measure("measure", "name of the measure that is watched")
    measure = Measure.index(of: name) ?? 0
    let below = fields.optionalNumber(
      "below", "the shock begins when the measure is below this", in: .anyNumber,
      example: 1)
    let above = fields.optionalNumber(
      "above", "the shock begins when the measure is above this", in: .anyNumber)
    isBelow = below != nil
    level = below ?? above ?? 0
    until = fields.optionalNumber(
      "until",
      "level at which the measure is back: the shock may begin again, and is over unless it has "
        + "lastingDays; the level itself by default, which ends nothing", in: .anyNumber)
    held = Self.days(
      "forDays", "how long the measure must have been across, measurement by measurement", &fields)
    delay = Self.days("delayDays", "time from the measurement to the shock", &fields)
    probability = fields.share(
      "probability", "chance that a crossing sets the shock off, drawn once a crossing", default: 1)
    coolDown = Self.days("coolDownDays", "rest after the shock is over", &fields)
    times = fields.count("times", "how often it may begin", in: 1...1_000_000, default: 1)
    check(&fields, below: below, above: above)
  }

  /// Whether the measure is where the shock begins.
  func isAcross(_ value: Double) -> Bool { isBelow ? value < level : value > level }

  /// Whether the measure is where the shock may begin again.
  func isBack(_ value: Double) -> Bool {
    let until = until ?? level
    return isBelow ? value >= until : value <= until
  }
}

extension ShockCondition {
  private static func days(
    _ key: String, _ meaning: String, _ fields: inout FieldReader
  ) -> SimDuration {
    .days(fields.number(key, meaning, unit: "days", in: 0...36_525, default: 0))
  }

  private func check(_ fields: inout FieldReader, below: Double?, above: Double?) {
    guard !fields.isRecording else { return }
    if fields.hasSome("below") == fields.hasSome("above") {
      fields.refuse(
        fields.hasSome("below") ? "above" : nil, expected: "either below or above",
        found: fields.hasSome("below") ? "both" : "neither",
        help: "write the level on one side, and the level of the way back as until")
    } else if let until, below.map({ until < $0 }) ?? above.map({ until > $0 }) ?? false {
      let side = isBelow ? "not below" : "not above"
      fields.refuse(
        "until", expected: "a level \(side) \(numberText(level)), where the measure is back",
        found: numberText(until))
    }
  }
}
