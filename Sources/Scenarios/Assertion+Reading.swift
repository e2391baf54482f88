internal import Configuration
internal import Economy

extension Assertion {
  init(name: String, horizon: Double, reading fields: inout FieldReader) {
    let always = fields.optionalCondition("always", "what holds in every row")
    let eventually = fields.optionalCondition("eventually", "what holds in one row at least")
    let within = fields.object("within", "what comes in time") { fields in
      Claim.within(
        days: fields.number("days", "time it may take", unit: "days", in: 0...1e6),
        fields.condition("event", "what must come"),
        whenever: fields.optionalCondition(
          "whenever", "what the time is counted from, each time; the first day by default"))
    }
    let until = fields.object("until", "what holds before something else comes") { fields in
      Claim.until(
        fields.condition("holds", "what holds in every row before the event"),
        event: fields.condition("event", "what ends it, and must come"))
    }
    let claims = [always.map(Claim.always), eventually.map(Claim.eventually), within, until]
      .compactMap { $0 }
    self.name = name
    claim = claims.first ?? .always(.placeholder)
    after = fields.moment("after", "first day that is looked at", default: 0)
    before = fields.optionalMoment(
      "before", "last day that is looked at; the last of the run by default")
    share = fields.number(
      "share",
      "least share of replicates in which it holds; below 1 its Wilson interval must lie above",
      in: 0...1, default: 1)
    variant = fields.optionalText(
      "variant", "the variant it is about; every one by default",
      example: "fixed")
    guard !fields.isRecording else { return }
    let kinds = ["always", "eventually", "within", "until"].filter(fields.hasSome)
    if kinds.count != 1 {
      fields.refuse(
        expected: "one of always, eventually, within and until",
        found: kinds.isEmpty ? "none" : kinds.joined(separator: " and "),
        help: "write always: \"active_nodes >= 10\"; two claims are two assertions")
    }
    if after > min(before ?? horizon, horizon) {
      let end = numberText(min(before ?? horizon, horizon))
      fields.refuse(
        "after", expected: "a day not after the last that is looked at, which is \(end)",
        help: "no row would be judged")
    }
  }
}

extension Assertion.Condition {
  /// What stands for a condition that was refused.
  fileprivate static let placeholder = Self("", .above, 0)
}

extension FieldReader {
  /// A measure, a relation and a number, such as `"active_nodes >= 10"`.
  fileprivate mutating func condition(_ key: String, _ meaning: String) -> Assertion.Condition {
    let text = text(key, meaning, example: "active_nodes >= 10")
    return has(key) ? condition(text, of: key) : .placeholder
  }

  fileprivate mutating func optionalCondition(
    _ key: String, _ meaning: String
  ) -> Assertion.Condition? {
    optionalText(
      key, meaning, example: "active_nodes >= 10", isAlternative: key != "always"
    ).map { condition($0, of: key) }
  }

  private mutating func condition(_ text: String, of key: String) -> Assertion.Condition {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 3, let relation = Assertion.Condition.Relation(rawValue: words[1]),
      let bound = Double(words[2]), bound.isFinite
    else {
      refuse(
        key, expected: "a measure, one of >=, <=, > and <, and a number",
        help: "write \"active_nodes >= 10\", with spaces between")
      return .placeholder
    }
    if Measure.index(of: words[0]) == nil {
      let nearest = nearestName(to: words[0], among: Measure.all.map(\.name))
      refuse(
        key, expected: "the name of a measure before \(words[1])", found: "\"\(words[0])\"",
        help: nearest.map { "did you mean \"\($0)\"?" } ?? "see `depinsim list measures`")
    }
    return Assertion.Condition(words[0], relation, bound)
  }
}
