import Configuration
import Scenarios

/// One field of scenarios as `explain` knows it, named by the keys and rules that lead to it.
struct Topic {
  /// Such as `token.emission.halving.halvingEpochs`.
  let name: String
  let field: FieldTree

  /// Every field a scenario may have, in the order of reading, each once.
  static var all: [Topic] { ScenarioSource.reference.flatMap(\.flattened).map(Topic.init) }

  init(_ field: FieldTree) {
    self.field = field
    name = Self.name(of: field.record.path.steps)
  }

  /// The name of a way to a field, `NAME` standing for any name of the user's.
  static func name(of steps: some Sequence<FieldPath.Step>) -> String {
    steps.compactMap { step in
      switch step {
      case .key(let key), .rule(let key): key
      case .anyName: "NAME"
      case .index, .anyItem: nil
      }
    }.joined(separator: ".")
  }

  /// The name as messages write it, without names of the user's and rules.
  var shortName: String {
    Self.name(
      of: field.record.path.steps.filter { step in
        if case .key = step { true } else { false }
      })
  }

  /// What is expected, what holds otherwise, where that comes from, and how it is written.
  ///
  /// - Parameter isAsked: whether the question was about this topic rather than one above it; then
  ///   laws are told as well.
  func text(isAsked: Bool) -> String {
    let record = field.record
    let isTold = isAsked || !field.holdsItself
    var text = "\(name): \(record.meaning)\n"
    var facts = [
      isTold
        ? record.kind.expectation(unit: record.unitText)
        : "one of \(field.ruleNames.count) rules, see `depinsim explain \(shortName)`"
    ]
    if !record.defaultText.isEmpty { facts.append(record.defaultText) }
    if !record.origin.isEmpty { facts.append("source: \(record.origin)") }
    text += "  " + facts.joined(separator: "; ") + "\n"
    for name in record.kind.names where record.kind.names.count > 5 { text += "    \"\(name)\"\n" }
    for rule in isTold ? record.kind.rules : [] {
      text += "  \"\(rule.name)\": \(rule.summary)"
      text += rule.source.isEmpty ? "\n" : " (\(rule.source))\n"
    }
    return text + "  example: \(field.key): \(field.example.json())\n"
  }
}

extension FieldRecord {
  /// What holds where the field is left out; empty for an object whose fields tell.
  var defaultText: String {
    guard let fallback else { return "must be written" }
    if fallback.isNone { return "may be left out" }
    if case .object(let members) = fallback.kind, members.isEmpty { return "" }
    return "default \(fallback.json())"
  }
}

extension FieldKind {
  /// Names that may stand in the field, rules apart.
  var names: [String] {
    switch self {
    case .choice(let names), .choices(let names): names
    case .number, .count, .flag, .text, .moment, .numbers, .texts, .table, .object, .list, .named,
      .rule, .rules, .tree:
      []
    }
  }
}
