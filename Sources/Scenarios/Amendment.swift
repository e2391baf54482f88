internal import Configuration

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
    let set = fields.tree(
      "set", "key paths and their new values", example: ["token.emissionScale": 0.5])
    guard !fields.isRecording else {
      changes = []
      return
    }
    if case .object(let members)? = set?.kind { changes = members } else { changes = [] }
    if changes.isEmpty, !fields.has("set") || set?.isObject == true {
      fields.refuse(
        "set", expected: "key paths and their new values",
        found: fields.has("set") ? "none" : "nothing",
        help: "write {\"token.emissionScale\": 0.5}")
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
