internal import Configuration
internal import Kernel

/// What a scenario says about the run rather than about the network.
///
/// It is read from the tree of every variant, so that the keys are known there; only `calibrate`
/// may differ between variants.
struct Header {
  let about: String
  let start: CalendarDate
  let horizonDays: Double
  let measureEveryDays: Double
  let seed: UInt64
  let replicates: Int
  let baseline: String?
  let histories: [History]
  /// At most ``TextLimits/variants``; none where there are more, which is an issue.
  let amendments: [Amendment]
  let calibration: Calibration?

  /// Keys that a variant may not change, because a comparison needs them to be the same.
  static let shared: Set<String> = [
    "start", "horizonDays", "measureEveryDays", "seed", "replicates", "baseline", "variants",
    "history",
  ]

  /// The start where a scenario names none.
  static let defaultStart = "2024-01-01"

  init(reading fields: inout FieldReader) {
    about = fields.text(
      "about", "what the scenario represents and what it leaves out", default: "")
    _ = fields.optionalText("$schema", "the schema, for editors")
    start = Self.start(&fields)
    let horizon = fields.number("horizonDays", "length of a run", unit: "days", in: Self.horizons)
    horizonDays = horizon
    measureEveryDays = fields.number(
      "measureEveryDays", "time between two measurements", unit: "days", in: 0.01...3650,
      default: 1)
    seed = UInt64(
      fields.count("seed", "the number that all luck is made from", in: 0 ... .max, default: 1))
    replicates = fields.count(
      "replicates", "independent repetitions of every variant", in: 1...1_000_000, default: 20)
    baseline = fields.optionalText(
      "baseline", "the variant that the others are compared with; the first by default")
    _ = fields.tree("variants", "named changes to compare")
    histories = fields.named("history", "observed series by name") { name, fields in
      History(name: name, reading: &fields)
    }.map(\.value)
    let amendments = fields.named("amendments", "changes on a date, by name") { name, fields in
      Amendment(name: name, horizon: horizon, reading: &fields)
    }.map(\.value)
    self.amendments = amendments.count <= TextLimits.variants ? amendments : []
    if amendments.count > TextLimits.variants {
      fields.refuse(
        "amendments", expected: "at most \(TextLimits.variants) amendments",
        found: "\(amendments.count)")
    }
    calibration = fields.object("calibrate", "a number to fit before the variant is run") {
      Calibration(horizon: horizon, reading: &$0)
    }
  }

  /// Up to ten thousand years, far inside what the clock can hold.
  private static let horizons = 0.001...3_652_425.0

  private static func start(_ fields: inout FieldReader) -> CalendarDate {
    let text = fields.text("start", "the date of day 0", default: defaultStart)
    if let date = CalendarDate(parsing: text) { return date }
    if !fields.isRecording {
      fields.refuse("start", expected: "a date such as \"2026-03-01\"")
    }
    return CalendarDate(daysSince1970: 0)
  }
}

/// Values that change on a day.
struct Amendment {
  let name: String
  let day: Double
  /// Key paths and their new values, in file order.
  let changes: [Member]
  let location: SourceLocation

  init(name: String, horizon: Double, reading fields: inout FieldReader) {
    self.name = name
    day = fields.moment("on", "when the change takes effect")
    location = fields.location
    let set = fields.tree("set", "key paths and their new values")
    guard !fields.isRecording else {
      changes = []
      return
    }
    if case .object(let members)? = set?.kind { changes = members } else { changes = [] }
    if changes.isEmpty, !fields.has("set") || set?.isObject == true {
      fields.refuse(
        "set", expected: "key paths and their new values",
        found: fields.has("set") ? "none" : "nothing",
        help: "write {\"token.emission.scale\": 0.5}")
    }
    if day <= 0 {
      fields.refuse(
        "on", expected: "a day after the start", help: "what holds from the start needs no change")
    } else if day > horizon {
      fields.warn(
        "on", expected: "a day before the horizon of \(numberText(horizon)) days",
        help: "the change never happens")
    }
  }
}

extension Node {
  var isObject: Bool {
    if case .object = kind { return true }
    return false
  }
}

extension Calibration {
  init(horizon: Double, reading fields: inout FieldReader) {
    key = fields.text("key", "key path of the number to fit")
    measure = fields.text("measure", "name of the measure that must agree")
    fromDay = fields.number(
      "fromDay", "where the comparison begins", unit: "days", in: 0...horizon, default: 0)
    toDay = fields.number(
      "toDay", "where the comparison ends", unit: "days", in: 0...horizon, default: horizon)
    equals = fields.text("equals", "the variant whose measure is the target")
    tolerance = fields.number(
      "tolerance", "largest relative difference that counts as equal", in: 1e-6...1, default: 0.01)
    if toDay <= fromDay {
      fields.refuse(
        "toDay", expected: "a day after fromDay, which is \(numberText(fromDay))",
        found: numberText(toDay))
    }
  }
}

extension History {
  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    measure = fields.text("measure", "name of the measure that was observed")
    variant = fields.optionalText(
      "variant", "the variant it stands beside; the baseline by default")
    let date = fields.text("dateColumn", "column of dates or months", default: "date")
    let value = fields.text("valueColumn", "column of observations", default: "value")
    let factor = fields.number(
      "factor", "what an observation is multiplied by", in: .anyNumber, default: 1)
    fittedUntilDay = fields.optionalMoment(
      "fittedUntil", "observations before this date were used to choose parameters")
    guard let table = fields.table("data", "the observations") else {
      if !fields.isRecording, !fields.has("data") {
        fields.refuse(
          "data", expected: "a table of observations",
          help: "add data: {csv: \"data/prices.csv\"}")
      }
      points = []
      return
    }
    let observed = table.keepingRows(withTextIn: value)
    let days = fields.moments(inColumn: date, of: observed)
    let values = fields.numbers(inColumn: value, of: observed, in: .anyNumber)
    points = zip(days, values).map { Point(day: $0, value: $1 * factor) }
  }
}

extension Table {
  /// The table without the rows whose cell in a column is empty.
  fileprivate func keepingRows(withTextIn column: String) -> Table {
    guard let index = columns.firstIndex(of: column) else { return self }
    let kept = cells.indices.filter { !cells[$0][index].isEmpty }
    var table = self
    table.cells = kept.map { cells[$0] }
    table.rowLocations = kept.map { rowLocations[$0] }
    return table
  }
}
