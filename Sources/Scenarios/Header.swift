internal import Configuration
internal import Kernel

/// What a scenario says about the run rather than about the network.
///
/// It is read from the tree of every variant, so that the keys are known there; only
/// `calibrate` and `fit` may differ between variants.
struct Header {
  let about: String
  let start: CalendarDate
  let horizonDays: Double
  let measureEveryDays: Double
  let seed: UInt64
  let replicates: Int
  let analysis: Analysis
  let baseline: String?
  let histories: [History]
  let assertions: [Assertion]
  /// At most ``TextLimits/variants``; none where there are more, which is an issue.
  let amendments: [Amendment]
  let calibration: Calibration?
  let fit: Fit?

  /// Keys that a variant may not change, because a comparison needs them to be the same.
  static let shared: Set<String> = [
    "start", "horizonDays", "measureEveryDays", "seed", "replicates", "analysis", "baseline",
    "variants",
    "history", "assertions",
  ]

  /// The start where a scenario names none.
  static let defaultStart = "2024-01-01"

  init(reading fields: inout FieldReader) {
    about = fields.text(
      "about", "what the scenario represents and what it leaves out", default: "",
      example: "A hundred GPUs that render; staking is left out.")
    _ = fields.namedTexts(
      "sources", "what the comments beside values name: title, place, date read, by name",
      example: ("RNP-001", "Render Network Proposal 1, github.com/rendernetwork/RNPs"))
    _ = fields.texts(
      "backtests", "scenarios with histories that this one, or a part of it, was tried on",
      default: [], example: ["../History/render-2024-2025.json5"])
    _ = fields.optionalText("$schema", "the schema, for editors", example: "schema.json")
    start = Self.start(&fields)
    let horizon = fields.number(
      "horizonDays", "length of a run", unit: "days", in: Self.horizons,
      example: 365)
    horizonDays = horizon
    measureEveryDays = fields.number(
      "measureEveryDays", "time between two measurements", unit: "days", in: 0.01...3650,
      default: 1)
    seed = UInt64(
      fields.count("seed", "the number that all luck is made from", in: 0 ... .max, default: 1))
    replicates = fields.count(
      "replicates", "independent repetitions of every variant", in: 1...1_000_000, default: 20)
    analysis =
      fields.rule(
        "analysis", "what the question is about", from: Analysis.choices, default: "horizon")
      ?? .horizon(burnInDays: 0)
    baseline = fields.optionalText(
      "baseline", "the variant that the others are compared with; the first by default",
      example: "fixed")
    Self.declareVariants(&fields)
    histories = fields.named("history", "observed series by name") { name, fields in
      History(name: name, reading: &fields)
    }.map(\.value)
    assertions = fields.named("assertions", "claims that `check` holds runs to, by name") {
      name, fields in
      Assertion(name: name, horizon: horizon, reading: &fields)
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
    calibration = fields.object("calibrate", "a number to match before the variant is run") {
      Calibration(horizon: horizon, reading: &$0)
    }
    let histories = histories
    fit = fields.object("fit", "numbers to fit to observations before the variant is run") {
      Fit(histories: histories, reading: &$0)
    }
    if calibration != nil, fit != nil, !fields.isRecording {
      fields.refuse(
        "fit", expected: "either calibrate or fit in a variant", found: "both",
        help: "give them to two variants")
    }
  }

  /// Variants are laid over the tree before it is read; here their key becomes known.
  private static func declareVariants(_ fields: inout FieldReader) {
    let meaning = "named changes to compare, each with keys of the scenario"
    guard fields.isRecording else {
      _ = fields.tree("variants", meaning)
      return
    }
    _ = fields.named("variants", meaning, atMost: TextLimits.variants) { _, variant in
      _ = variant.optionalText(
        "extends", "the variant that this one is laid over", example: "fixed")
      return variant.optionalText(
        "baseline", "the variant that this one is compared with, in place of the scenario's",
        example: "fixed")
    }
  }

  /// Up to ten thousand years, far inside what the clock can hold.
  private static let horizons = 0.001...3_652_425.0

  private static func start(_ fields: inout FieldReader) -> CalendarDate {
    let text = fields.text("start", "the date of day 0", default: defaultStart)
    if let date = CalendarDate(parsing: text) { return date }
    if !fields.isRecording {
      fields.refuse(
        "start", expected: "a date such as \"2026-03-01\"",
        help: "write the year with four digits, month and day with two: \"2026-03-01\"")
    }
    return CalendarDate(daysSince1970: 0)
  }
}
