import Configuration
import Scenarios

/// Every key of a scenario in Markdown, one table a section; the README holds it.
struct KeyTables {
  private let sections: [FieldTree]
  /// Rules that stand in many fields, told once: their names, and what they are called.
  private let shared: [(key: String, field: FieldTree)]

  init() {
    sections = ScenarioSource.reference
    let all = sections.flatMap(\.flattened)
    var seen: Set<String> = []
    shared = all.filter { $0.isRecursive && seen.insert($0.key).inserted }.compactMap { inner in
      all.first { !$0.isRecursive && $0.ruleNames == inner.ruleNames }.map { (inner.key, $0) }
    }
  }

  var text: String {
    let run = sections.filter { inner($0).isEmpty }.map(row)
    var tables = [table("the run", "keys at the top of a file", run)]
    for section in sections {
      let rows = inner(section)
      if !rows.isEmpty { tables.append(table("`\(section.key)`", facts(section), rows)) }
    }
    for (key, field) in shared {
      tables.append(table("a \(key)", words(field.record.kind.rules), branches(of: field)))
    }
    return tables.joined(separator: "\n")
  }
}

extension KeyTables {
  /// A key and what is said about it.
  private struct Row: Equatable {
    var name: String
    let cells: [String]

    func inside(_ name: String) -> Row { Row(name: "\(name).\(self.name)", cells: cells) }
  }

  private func table(_ title: String, _ about: String, _ rows: [Row]) -> String {
    let lines = rows.map { row in
      let cells = ["`\(row.name)`"] + row.cells
      return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    return """
      **\(title)**: \(about)

      | key | what it is | takes | default | source |
      |---|---|---|---|---|
      \(lines.joined())
      """
  }

  private func rows(_ field: FieldTree) -> [Row] {
    [row(field)] + inner(field).map { $0.inside(field.key) }
  }

  /// Rows of what stands below a field; none where many fields have the same, told once.
  private func inner(_ field: FieldTree) -> [Row] {
    if isShared(field) { return [] }
    let own = field.fields.flatMap(rows)
    if case .named = field.record.kind { return own.map { $0.inside("NAME") } }
    return own + branches(of: field)
  }

  /// Rows of the rules of a field, those that all rules have once and last.
  private func branches(of field: FieldTree) -> [Row] {
    let all = field.branches.map { $0.fields.flatMap(rows) }
    let common = all.count < 2 ? [] : all[0].filter { row in all.allSatisfy { $0.contains(row) } }
    return zip(field.branches, all).flatMap { branch, rows in
      rows.filter { !common.contains($0) }.map { $0.inside(branch.rule.name) }
    } + common
  }

  private func row(_ field: FieldTree) -> Row {
    let record = field.record
    return Row(
      name: field.key, cells: [record.meaning, takes(field), record.defaultText, record.origin])
  }

  private func takes(_ field: FieldTree) -> String {
    let kind = field.record.kind
    if isShared(field) {
      return shared.first { $0.field.ruleNames == field.ruleNames }.map { "a \($0.key)" } ?? ""
    }
    let names = kind.names + kind.rules.map(\.name)
    guard names.isEmpty else { return names.joined(separator: ", ") }
    return kind.expectation(unit: field.record.unitText)
  }

  private func facts(_ field: FieldTree) -> String {
    let (facts, rules) = (field.record.defaultText, words(field.record.kind.rules))
    return [field.record.meaning, rules, facts].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private func words(_ rules: [FieldKind.Rule]) -> String {
    rules.map(\.name).joined(separator: ", ")
  }

  private func isShared(_ field: FieldTree) -> Bool {
    !field.ruleNames.isEmpty && shared.contains { $0.field.ruleNames == field.ruleNames }
  }
}
