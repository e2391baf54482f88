internal import Configuration
internal import Economy

/// Values that change on a day, which may be known before.
///
/// It is always a day: each stage is read and checked whole before the run, with every amendment before
/// it, and a condition would leave open which those are. What a condition should set off is a shock.
struct Amendment {
  let name: String
  let day: Double
  let passage: Passage
  /// Key paths and their new values, in file order.
  let changes: [Member]
  let location: SourceLocation

  init(name: String, horizon: Double, reading fields: inout FieldReader) {
    self.name = name
    let on = fields.optionalMoment(
      "on", "when the change takes effect, unless it is decided by a vote", example: "2026-03-01")
    let decided = fields.optionalMoment(
      "decidedOn", "when it is put to the vote, in place of on; it is known from then on")
    let delay = fields.number(
      "voteDays", "time from decidedOn until it takes effect", unit: "days", in: 0...36_525,
      default: 7, source: "assumption")
    day = on ?? decided.map { $0 + delay } ?? 0
    location = fields.location
    passage = Passage(announced: decided == nil ? 0 : delay, reading: &fields)
    let set = fields.tree(
      "set", "key paths and their new values", example: ["token.emissionScale": 0.5])
    guard !fields.isRecording else {
      changes = []
      return
    }
    if case .object(let members)? = set?.kind {
      changes = members.filter { !$0.isGap }
    } else {
      changes = []
    }
    if changes.isEmpty, passage.isStill, !fields.has("set") || set?.isObject == true {
      fields.refuse(
        "set", expected: "key paths and their new values",
        found: fields.has("set") ? "none" : "nothing",
        help: "write {\"token.emissionScale\": 0.5}")
    }
    if fields.hasSome("on") == fields.hasSome("decidedOn") {
      fields.refuse(
        fields.hasSome("on") ? "decidedOn" : nil, expected: "either on or decidedOn",
        found: fields.hasSome("on") ? "both" : "neither",
        help: "write on: \"2026-03-01\", or decidedOn: \"2026-02-20\" and voteDays: 9")
    } else if day <= 0 {
      fields.refuse(
        fields.hasSome("on") ? "on" : "decidedOn", expected: "a day after the start",
        help: "what holds from the start needs no change")
    } else if day > horizon {
      fields.warn(
        fields.hasSome("on") ? "on" : "decidedOn",
        expected: "a day before the horizon of \(numberText(horizon)) days",
        help: "the change never happens")
    }
  }
}
