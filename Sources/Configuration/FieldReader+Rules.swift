/// One of the rules that may stand in a field: its name, its words, and how it reads itself.
public struct Choice<Rule>: Sendable {
  public var name: String
  public var summary: String
  public var source: String
  /// The key of the number that is all the rule needs, for who writes the bare number.
  public var number: String?
  public var read: @Sendable (inout FieldReader) -> Rule

  public init(
    name: String, summary: String, source: String = "", number: String? = nil,
    read: @escaping @Sendable (inout FieldReader) -> Rule
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.number = number
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
    var field: Field {
      Field(
        key: key, kind: .rule(choices.map { $0.card }), meaning: meaning, source: source,
        fallback: fallback.map { Node.rule($0, with: values).kind } ?? .null)
    }
    guard var node = find(key, fallback == nil ? .allowed : .defaulted, field) else {
      if isRecording { return recordRules(key, choices, default: fallback) }
      guard mode == .reading, let fallback, fallback != "none" else { return nil }
      let otherwise = Node.rule(fallback, with: values)
      return rule(named: .text(fallback), in: otherwise, key, step: nil, choices, field)
    }
    if lacksRule(node) || misspellsRule(node, key, nil, choices) { return nil }
    if let fallback, node.isObject, node["rule"] == nil {
      node = node.completed(by: .rule(fallback, with: values))
    }
    if node.isNone {
      record(field, value: node)
      return nil
    }
    guard let name = name(of: node, field, step: nil) else { return nil }
    if context.keepsRecords, choices.contains(where: { $0.name == name.string }) {
      record(field, value: name)
    }
    return rule(named: name, in: node, key, step: nil, choices, field)
  }

  /// A list of rules, each written as ``rule(_:_:from:default:)`` takes it.
  public mutating func rules<T>(
    _ key: String, _ meaning: String, from choices: [Choice<T>]
  ) -> [T] {
    func field(_ kind: FieldKind) -> Field {
      Field(key: key, kind: kind, meaning: meaning, fallback: .array([]))
    }
    var cards: [FieldKind.Rule] { choices.map { $0.card } }
    guard let (node, items) = items(key, .defaulted, field(.rules(cards))) else {
      return isRecording ? recordRules(key, choices, default: nil).map { [$0] } ?? [] : []
    }
    record(field(.rules(cards)), value: node)
    return items.enumerated().compactMap { position, item in
      let step = FieldPath.Step.index(position)
      guard !item.isNone, !lacksRule(item), !misspellsRule(item, key, step, choices),
        let name = name(of: item, field(.rule(cards)), step: step)
      else { return nil }
      return rule(named: name, in: item, key, step: step, choices, field(.rule(cards)))
    }
  }
}

extension FieldReader {
  /// Whether the rule of an object may be named in what could not be read; then its fields are
  /// unknown.
  private func lacksRule(_ node: Node) -> Bool {
    context.hasGaps && node.isObject && node["rule"] == nil && (lacks || node.hasGap)
  }

  /// Whether an object names its rule under a key that nearly is `rule`, which is then reported.
  private func misspellsRule<T>(
    _ node: Node, _ key: String, _ step: FieldPath.Step?, _ choices: [Choice<T>]
  ) -> Bool {
    guard case .object(let members) = node.kind, node["rule"] == nil,
      let member = members.first(where: { member in
        choices.contains { $0.name == member.value.string }
          && nearestName(to: member.key, among: ["rule"]) != nil
      })
    else { return false }
    let path = step.map(place.appending(key).appending) ?? place.appending(key)
    report(
      at: member.keyLocation, place: path.appending(member.key), expected: "a key of \(path)",
      found: quoted(member.key), help: "did you mean \"rule\"?")
    return true
  }

  /// The name of the rule a value asks for, which is the value itself or its `rule`.
  private func name(
    of node: Node, _ field: @autoclosure () -> Field, step: FieldPath.Step?
  ) -> Node? {
    switch node.kind {
    case .string: return node
    case .object:
      if let name = node["rule"] { return name }
      let field = field()
      let path = place.appending(field.key)
      report(
        at: node.location, place: (step.map(path.appending) ?? path).appending("rule"),
        expected: field.kind.expectation(), found: "nothing",
        help: "add rule: \(field.kind.example ?? "\"…\"")" + field.kind.listedChoices)
      return nil
    case .null, .bool, .number, .array, .table:
      refuse(node, field(), at: step)
      return nil
    }
  }

  /// The rule of that name, read from the object or, for a bare name, from its defaults.
  private func rule<T>(
    named name: Node, in node: Node, _ key: String, step: FieldPath.Step?,
    _ choices: [Choice<T>], _ field: @autoclosure () -> Field
  ) -> T? {
    let wanted = name.string
    guard let choice = choices.first(where: { $0.name == wanted }) else {
      refuse(name, field(), at: step)
      return nil
    }
    var object = node
    if case .string = node.kind {
      object.kind = .object([])
    }
    return nested(in: key, step, reading: object) { fields in
      var rule: Field {
        Field(
          key: "rule", kind: .choice(choices.map { $0.name }), meaning: choice.summary,
          source: choice.source, fallback: .string(choice.name))
      }
      if let node = fields.find("rule", .defaulted, rule) {
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
    precondition(
      fallback == nil || fallback == "none" || names.contains { $0 == fallback },
      "the default of \(key) is not one of its rules")
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

  /// An object that names no rule, with the rule and the fields of a default.
  fileprivate func completed(by other: Node) -> Node {
    guard case .object(var members) = kind else { return self }
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
    FieldKind.Rule(name: name, summary: summary, source: source, number: number)
  }
}
