import Configuration
import Kernel

/// A segment that comes only while a measure, as its users remember it, is above a level.
///
/// It is looked at with every measurement. The segment is away until the measure has been seen above
/// the level once, and goes again when it is remembered below `until`. Where `costToDemand` is cut it
/// comes in any case.
struct AdoptionGate: Sendable {
  /// Column of the measure in ``Measure/all``.
  let measure: Int
  let above: Double
  let until: Double
  let memoryDays: Double

  init(reading fields: inout FieldReader) {
    let name = fields.measure("measure", "name of the measure that must be high enough")
    measure = Measure.index(of: name) ?? 0
    above = fields.number(
      "above", "level above which the users come", in: .anyNumber, example: 0.99)
    until =
      fields.optionalNumber(
        "until", "level below which they go again; by default the same", in: .anyNumber,
        example: 0.98) ?? above
    memoryDays = fields.number(
      "memoryDays", "how long they remember the measure", unit: "days", in: 0.01...3650,
      default: 30, source: "model-facts §3.3, assumption")
    if until > above, !fields.isRecording {
      fields.refuse(
        "until", expected: "a level not above \(numberText(above)), where the users come",
        found: numberText(until), help: "they would come and go at once")
    }
  }

  /// What the users of a segment remember of the measure.
  struct Memory: Sendable, Equatable {
    /// State: nil until it was measured once.
    private(set) var value: Double?
    private(set) var isOpen = false
    /// Column of the measure that is remembered.
    private var measure = -1

    /// Takes in a measurement; one that is undefined teaches nothing.
    mutating func learn(_ measured: Double, days: Double, _ gate: AdoptionGate) {
      guard measured.isFinite else { return }
      if measure != gate.measure {
        // After an amendment nothing is known of the new one.
        self = Self()
        measure = gate.measure
      }
      let before = value ?? measured
      let weight = -Elementary.expm1(-days / gate.memoryDays)
      let now = before + weight * (measured - before)
      value = now
      isOpen = isOpen ? now >= gate.until : now > gate.above
    }
  }
}
