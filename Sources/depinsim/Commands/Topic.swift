import Configuration
import Scenarios

/// One field of scenarios as `explain` knows it, named by the keys and rules that lead to it.
struct Topic {
  /// Such as `token.emission.halving.halvingEpochs`.
  let name: String
  let record: FieldRecord

  /// Every field a scenario may have, in the order of reading, each once.
  static var all: [Topic] {
    var seen: Set<String> = []
    return ScenarioSource.fields().map(Topic.init).filter { seen.insert($0.name).inserted }
  }

  private init(_ record: FieldRecord) {
    self.record = record
    name = record.path.steps.compactMap { step in
      switch step {
      case .key(let key), .rule(let key): key
      case .anyName: "NAME"
      case .index, .anyItem: nil
      }
    }.joined(separator: ".")
  }

  /// Rules that may stand in the field.
  var rules: [FieldKind.Rule] {
    if case .rule(let rules) = record.kind { return rules }
    if case .rules(let rules) = record.kind { return rules }
    return []
  }

  /// Names that may stand in the field.
  private var names: [String] {
    if case .choice(let names) = record.kind { return names }
    if case .choices(let names) = record.kind { return names }
    return []
  }

  /// What is expected, what holds otherwise, and where that comes from.
  var text: String {
    var text = "\(name): \(record.meaning)\n"
    var facts = [record.kind.expectation(unit: record.unit)]
    if record.isRequired { facts.append("must be written") }
    if let fallback = record.fallback, !fallback.isNone {
      facts.append("default \(fallback.brief)")
    }
    if !record.source.isEmpty { facts.append("source: \(record.source)") }
    text += "  " + facts.joined(separator: "; ") + "\n"
    for name in names where names.count > 5 { text += "    \"\(name)\"\n" }
    for rule in rules {
      text += "  \"\(rule.name)\": \(rule.summary)"
      text += rule.source.isEmpty ? "\n" : " (\(rule.source))\n"
    }
    return text
  }

  /// Whether the topic is `subject` or below it; `NAME` stands for any name of the user's.
  func belongs(to subject: [Substring]) -> Bool {
    let words = name.split(separator: ".")
    return words.count >= subject.count
      && zip(words, subject).allSatisfy { $0 == "NAME" || $0 == $1 }
  }
}
