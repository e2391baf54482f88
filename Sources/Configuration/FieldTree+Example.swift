extension FieldTree {
  /// A value that may stand here: the one declared, the default, or the plainest of the range.
  public var example: Node {
    if let declared = record.example { return declared }
    if let fallback = record.fallback, !fallback.isBlank { return fallback }
    switch record.kind {
    case .object: return .object(of: fields)
    case .list: return .made(.array([.object(of: fields)]))
    case .named: return .object([("example", .object(of: fields))])
    case .rule: return ruleExample
    case .rules: return .made(.array([ruleExample]))
    case .number(let range): return .made(.number(range.harmless))
    case .count(let range): return .made(.count(range.contains(1) ? 1 : range.lowerBound))
    case .flag: return .made(.bool(true))
    case .text: return .text("name")
    case .choice(let names): return .text(names.first ?? "")
    case .choices(let names): return .made(.array(names.prefix(1).map(Node.text)))
    case .moment: return .text("2026-03-01")
    case .numbers(let range, let count):
      let number = Node.made(.number(range.harmless))
      return .made(.array(Array(repeating: number, count: max(count.lowerBound, 1))))
    case .texts: return .made(.array([.text("name")]))
    case .table: return .object([("csv", .text("data/prices.csv"))])
    case .tree: return .object([])
    }
  }

  private var ruleExample: Node {
    enclosingExample ?? branches.first?.example ?? .text("none")
  }
}

extension FieldTree.Branch {
  /// The rule with what must be written: its bare name where that is nothing.
  public var example: Node {
    let fields = Node.object(of: fields).members
    return fields.isEmpty ? .text(rule.name) : .object([("rule", .text(rule.name))] + fields)
  }
}

extension Node {
  /// An object with an example of each field that must be written or has a declared one.
  public static func object(of fields: [FieldTree]) -> Node {
    .object(
      fields.filter { !$0.record.isAlternative }.filter {
        $0.record.isRequired || $0.record.example != nil || $0.isRecursive
      }
      .map { ($0.key, $0.example) })
  }

  /// Whether the value says nothing: left out, or empty.
  var isBlank: Bool {
    switch kind {
    case .null: true
    case .string(let text): text.isEmpty || text == "none"
    case .array(let items): items.isEmpty
    case .object(let members): members.isEmpty
    case .bool, .number, .table: false
    }
  }

  /// Keys and values of an object; empty for other kinds.
  fileprivate var members: [(String, Node)] {
    guard case .object(let members) = kind else { return [] }
    return members.map { ($0.key, $0.value) }
  }

  static func made(_ kind: Kind) -> Node { Node(kind, at: .nowhere) }

  static func text(_ text: String) -> Node { .made(.string(text)) }

  /// An object that nobody wrote.
  public static func object(_ members: [(String, Node)]) -> Node {
    .made(.object(members.map { Member(key: $0.0, keyLocation: .nowhere, value: $0.1) }))
  }
}
