import Configuration
import Economy
import Reports

/// `list`: what can be measured, what a scenario can choose from, or the networks that are there.
struct ListCommand: Command, Equatable {
  /// What can be listed.
  enum Subject: String, CaseIterable {
    case measures, rules, keys, presets
  }

  let subject: Subject

  init(_ word: String) throws(UsageError) {
    guard let subject = Subject(rawValue: word) else {
      let names = Subject.allCases.map(\.rawValue)
      throw UsageError(
        "list: expected measures, rules, keys or presets, found \"\(word)\"",
        help: nearestName(to: word, among: names).map { "did you mean \($0)?" } ?? "")
    }
    self.subject = subject
  }

  func run(_ console: Console) throws(Failure) {
    switch subject {
    case .measures: console.out(Self.measures)
    case .rules: console.out(Self.rules)
    case .keys: console.out(KeyTables().text)
    case .presets: try ModelCards.show(console)
    }
  }

  private static var measures: String {
    var table = TextTable([
      ("measure", .left), ("unit", .left), ("kind", .left), ("interval", .left),
      ("formula", .left),
    ])
    for measure in Measure.all {
      table.add([
        measure.name, measure.unit, measure.kind.rawValue, measure.interval.rawValue,
        measure.formula,
      ])
    }
    return table.text
  }

  private static var rules: String {
    var table = TextTable([("rule", .left), ("what it does", .left), ("source", .left)])
    for topic in Topic.all {
      for rule in topic.field.record.kind.rules {
        table.add(["\(topic.name).\(rule.name)", rule.summary, rule.source])
      }
    }
    return table.text
  }
}
