public import Configuration

/// A value that holds in a variant, and where it comes from.
public struct EffectiveField: Sendable, Equatable {
  public let path: String
  /// The value as JSON.
  public let value: String
  public let unit: String
  public let meaning: String
  /// Where a default comes from: a document, a section, a date read.
  public let source: String
  /// Where the value was written; nil when it is the default.
  public let location: SourceLocation?
}

extension Scenario {
  /// Every value that holds in a variant, defaults included, in the order of reading.
  public func effective(variant: Int) -> [EffectiveField] {
    fields(variant: variant).filter { !$0.isContainer }.flatMap { record in
      record.parts.map { path, value, location in
        EffectiveField(
          path: path.description, value: value.json(), unit: record.unit,
          meaning: record.meaning, source: record.source, location: location)
      }
    }
  }

  /// Every value that holds in a variant as one tree, which is again a scenario: of that variant
  /// alone, so that what refers to other variants is left out.
  public func effectiveTree(variant: Int) -> Node {
    let tree = fields(variant: variant).effectiveTree
      .without(["$schema", "variants", "baseline", "calibrate"])
    return ["history", "assertions"].reduce(tree) { tree, key in
      guard case .object(let members) = tree[key]?.kind else { return tree }
      let alone = members.map { member in
        var member = member
        member.value = member.value.without(["variant"])
        return member
      }
      let entries = Node(.object(alone), at: tree.location)
      return tree.setting([.key(key)], to: entries) ?? tree
    }
  }

  /// Every value that holds in any variant as one tree, which is again the whole scenario.
  ///
  /// What all variants share stands at the top, the rest below `variants`.
  public var effectiveTree: Node {
    let trees = variants.indices.map { fields(variant: $0).effectiveTree }
    guard let first = trees.first, let written = first["variants"], !written.isNone,
      case .object(let members) = first.kind
    else { return trees.first?.without(["variants"]) ?? Node(.object([]), at: .nowhere) }
    let shared = members.filter { member in
      let text = member.value.json()
      return member.key != "variants" && trees.allSatisfy { $0[member.key]?.json() == text }
    }
    let keys = Set(shared.map(\.key) + ["variants"])
    let changes = zip(variants, trees).map { variant, tree in
      Member(key: variant.name, keyLocation: .nowhere, value: tree.without(keys))
    }
    let all = Member(
      key: "variants", keyLocation: .nowhere, value: Node(.object(changes), at: .nowhere))
    return Node(.object(shared + [all]), at: .nowhere)
  }

  /// Fields that the readers of a variant ask for, objects included, from another reading.
  public func fields(variant: Int) -> [FieldRecord] {
    TreeReading.records(of: trees[variant])
  }
}

extension FieldRecord {
  /// The value, or the entries of one that its asker reads by itself, which may come from many files.
  fileprivate var parts: [(path: FieldPath, value: Node, location: SourceLocation?)] {
    guard let value else { return [] }
    if case .tree = kind, case .object(let members) = value.kind {
      return members.map { (path.appending($0.key), $0.value, $0.value.location) }
    }
    return [(path, value, location)]
  }
}

extension Scenario {
  /// The number that holds at a key path of a variant; nil where there is none.
  public func number(variant: String, _ path: String) -> Double? {
    record(variant: variant, path)?.value?.finiteNumber
  }

  /// The variant with another number at a key path, held to the range of the field.
  ///
  /// - Precondition: the scenario has the variant, and it has a number at the path.
  public func overriding(variant: String, _ path: String, _ value: Double) -> Variant {
    overriding(variant: variant, [(path, value)])
  }

  /// The variant with other numbers at some key paths, each held to the range of its field.
  ///
  /// - Precondition: the scenario has the variant, and it has a number at each path.
  public func overriding(variant: String, _ changes: [(path: String, value: Double)]) -> Variant {
    guard let index = variants.firstIndex(where: { $0.name == variant }) else {
      preconditionFailure("there is no variant \(variant)")
    }
    var tree = trees[index]
    for (path, value) in changes { set(path, to: value, in: &tree, of: variant) }
    var changed = ReadVariant(name: variant, tree: tree).variant
    changed.baseline = variants[index].baseline
    return changed
  }

  private func set(_ path: String, to value: Double, in tree: inout Node, of variant: String) {
    guard let record = record(variant: variant, path) else {
      preconditionFailure("\(variant) has no number at \(path)")
    }
    var held = value
    switch record.kind {
    case .number(let range): held = min(max(value, range.lowerBound), range.upperBound)
    case .count(let range):
      held = min(max(value.rounded(), Double(range.lowerBound)), Double(range.upperBound))
    case .flag, .text, .choice, .choices, .moment, .numbers, .texts, .table, .object, .list,
      .named, .rule, .rules, .tree:
      break
    }
    let location = record.location ?? SourceLocation(file: path, line: 1, column: 1)
    let node = Node(.number(held, text: numberText(held)), at: location)
    guard let changed = tree.setting(record.path.steps, to: node) else {
      preconditionFailure("\(path) was read from a place that cannot be set")
    }
    tree = changed
  }

  private func record(variant: String, _ path: String) -> FieldRecord? {
    guard let index = variants.firstIndex(where: { $0.name == variant }),
      let path = FieldPath(parsing: path)
    else { return nil }
    return fields(variant: index).last { $0.path == path }
  }
}
