/// One of the rules that may stand in a field: its name, its words, and how it reads itself.
public struct Choice<Rule>: Sendable {
  public var name: String
  public var summary: String
  public var source: String
  public var read: @Sendable (inout FieldReader) -> Rule

  public init(
    name: String, summary: String, source: String = "",
    read: @escaping @Sendable (inout FieldReader) -> Rule
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.read = read
  }
}

extension FieldReader {
  /// A rule: `"fixed"`, or `{rule: "fixed", …}` with its fields, or `"none"`.
  ///
  /// A bare name is the rule with its defaults. Nil where the rule is `"none"`, null or unknown, and
  /// where the key is absent; with a default, an absent key is that rule, and an object that names
  /// no rule has fields of that rule.
  ///
  /// - Parameter values: fields of the default rule that differ from the rule's own defaults.
  public mutating func rule<T>(
    _ key: String, _ meaning: String, from choices: [Choice<T>], default fallback: String? = nil,
    with values: KeyValuePairs<String, Double> = [:], source: String = ""
  ) -> T? {
    precondition(
      fallback == nil || fallback == "none" || choices.contains { $0.name == fallback },
      "the default of \(key) is not one of its rules")
    let otherwise = fallback.map { Node.rule($0, with: values) }
    let field = Field(
      key: key, kind: .rule(choices.map { $0.card }), meaning: meaning, source: source,
      fallback: otherwise?.kind ?? .null)
    guard var node = find(field) else {
      if isRecording { return recordRules(key, choices, default: fallback) }
      guard mode == .reading, let otherwise, !otherwise.isNone else { return nil }
      let name = otherwise["rule"] ?? otherwise
      return rule(named: name, in: otherwise, key, step: nil, choices, field)
    }
    if let fallback { node = node.completed(by: .rule(fallback, with: values)) }
    if node.isNone {
      record(field, value: node)
      return nil
    }
    guard let name = name(of: node, field, step: nil) else { return nil }
    if choices.contains(where: { $0.name == name.string }) {
      record(field, value: name)
    }
    return rule(named: name, in: node, key, step: nil, choices, field)
  }

  /// A list of rules, each written as ``rule(_:_:from:default:)`` takes it.
  public mutating func rules<T>(
    _ key: String, _ meaning: String, from choices: [Choice<T>]
  ) -> [T] {
    var field = Field(
      key: key, kind: .rules(choices.map { $0.card }), meaning: meaning, fallback: .array([]))
    guard let (node, items) = items(field) else {
      return isRecording ? recordRules(key, choices, default: nil).map { [$0] } ?? [] : []
    }
    record(field, value: node)
    field.kind = .rule(choices.map { $0.card })
    return items.enumerated().compactMap { position, item in
      let step = FieldPath.Step.index(position)
      guard !item.isNone, let name = name(of: item, field, step: step) else { return nil }
      return rule(named: name, in: item, key, step: step, choices, field)
    }
  }
}

extension FieldReader {
  /// The name of the rule a value asks for, which is the value itself or its `rule`.
  private func name(of node: Node, _ field: Field, step: FieldPath.Step?) -> Node? {
    switch node.kind {
    case .string: return node
    case .object:
      if let name = node["rule"] { return name }
      let path = place.appending(field.key)
      report(
        at: node.location, place: (step.map(path.appending) ?? path).appending("rule"),
        expected: field.kind.expectation(), found: "nothing",
        help: "add rule: \(field.kind.example ?? "\"…\"")" + field.kind.listedChoices)
      return nil
    case .null, .bool, .number, .array, .table:
      refuse(node, field, at: step)
      return nil
    }
  }

  /// The rule of that name, read from the object or, for a bare name, from its defaults.
  private func rule<T>(
    named name: Node, in node: Node, _ key: String, step: FieldPath.Step?,
    _ choices: [Choice<T>], _ field: Field
  ) -> T? {
    guard let choice = choices.first(where: { $0.name == name.string }) else {
      refuse(name, field, at: step)
      return nil
    }
    var object = node
    if case .string = node.kind {
      object.kind = .object([])
    }
    return nested(in: key, step, reading: object) { fields in
      let names = FieldKind.choice(choices.map { $0.name })
      var rule = Field(key: "rule", kind: names, meaning: choice.summary, source: choice.source)
      rule.fallback = .string(choice.name)
      if let node = fields.find(rule) {
        fields.record(rule, value: node)
      }
      return choice.read(&fields)
    }
  }

  /// Records the fields of every rule; the answer is the default rule, or the first.
  ///
  /// A rule that contains rules of the same list is recorded once and not again inside itself.
  private func recordRules<T>(
    _ key: String, _ choices: [Choice<T>], default fallback: String?
  ) -> T? {
    let names = choices.map { $0.name }
    guard !enclosingRules.contains(names) else { return nil }
    var answer: T?
    for choice in choices {
      let value = nested(
        in: key, .rule(choice.name), reading: nil, recordingRules: [names], choice.read)
      if choice.name == fallback { answer = value }
    }
    return answer
  }
}

extension Node {
  /// A rule that nobody wrote, as its bare name where it has no fields.
  fileprivate static func rule(_ name: String, with values: KeyValuePairs<String, Double>) -> Node {
    guard !values.isEmpty else { return .text(name) }
    return .object([("rule", .text(name))] + values.map { ($0, .made(.number($1))) })
  }

  /// The object with the rule and the fields of a default, where it names no rule of its own.
  fileprivate func completed(by other: Node) -> Node {
    guard case .object(var members) = kind, self["rule"] == nil else { return self }
    let name = Member(key: "rule", keyLocation: .nowhere, value: other["rule"] ?? other)
    members.insert(name, at: 0)
    if case .object(let others) = other.kind {
      members += others.filter { $0.key != "rule" && self[$0.key] == nil }
    }
    return Node(.object(members), at: location)
  }
}

extension Choice {
  fileprivate var card: FieldKind.Rule {
    FieldKind.Rule(name: name, summary: summary, source: source)
  }
}
