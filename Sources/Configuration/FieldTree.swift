/// A field with the fields below it, as a recording found them.
public struct FieldTree: Sendable {
  /// The fields of one of the rules that may stand in a field.
  public struct Branch: Sendable {
    public let rule: FieldKind.Rule
    public let fields: [FieldTree]
  }

  /// The last key of the path.
  public let key: String
  public let record: FieldRecord
  /// Fields of the object that stands here, or of each entry or item where there are many.
  public let fields: [FieldTree]
  /// The rules that may stand here, each with its fields.
  public let branches: [Branch]
  /// An example of the rules around this field that may stand here again; nil where they may not.
  let enclosingExample: Node?

  /// The fields of a recording, each once, in the order of the asking.
  public static func trees(of records: [FieldRecord]) -> [FieldTree] {
    trees(of: records[...], inside: [:])
  }

  /// Whether the same rules stand around this field, so that theirs are not told again.
  public var isRecursive: Bool { enclosingExample != nil }

  /// Names of the rules that may stand here; empty where none may.
  public var ruleNames: [String] { record.kind.rules.map(\.name) }

  /// Whether the rules may stand inside themselves, as the laws of luck do; then many fields have them.
  public var holdsItself: Bool {
    branches.flatMap(\.fields).flatMap(\.flattened)
      .contains { $0.isRecursive && $0.ruleNames == ruleNames }
  }

  /// The field and all fields below it, but for the fields of rules that hold themselves.
  public var outline: [FieldTree] {
    let below = (fields + branches.flatMap(\.fields))
    return [self] + below.flatMap { $0.holdsItself ? [$0] : $0.outline }
  }

  /// The field and all fields below it.
  public var flattened: [FieldTree] {
    [self] + (fields + branches.flatMap(\.fields)).flatMap(\.flattened)
  }
}

extension FieldKind {
  /// Rules that may stand in the field.
  public var rules: [Rule] {
    switch self {
    case .rule(let rules), .rules(let rules): rules
    case .number, .count, .flag, .text, .choice, .choices, .moment, .numbers, .texts, .table,
      .object, .list, .named, .tree:
      []
    }
  }
}

extension FieldTree {
  /// - Parameter examples: one for each list of rules that is being told around these records.
  private static func trees(
    of records: ArraySlice<FieldRecord>, inside examples: [[String]: Node]
  ) -> [FieldTree] {
    var trees: [FieldTree] = []
    var seen: Set<FieldPath> = []
    var rest = records
    while let first = rest.popFirst() {
      let steps = first.path.steps
      let below = rest.prefix {
        $0.path.steps.count > steps.count && $0.path.steps.starts(with: steps)
      }
      rest = rest.dropFirst(below.count)
      if seen.insert(first.path).inserted {
        trees.append(FieldTree(first, below, inside: examples))
      }
    }
    return trees
  }

  private init(
    _ record: FieldRecord, _ below: ArraySlice<FieldRecord>, inside examples: [[String]: Node]
  ) {
    self.record = record
    if case .key(let key)? = record.path.steps.last { self.key = key } else { key = "" }
    let rules = record.kind.rules
    let names = rules.map(\.name)
    enclosingExample = rules.isEmpty ? nil : examples[names]
    fields = rules.isEmpty ? Self.trees(of: below, inside: examples) : []
    let depth = record.path.steps.count
    var (branches, inner): ([Branch], [[String]: Node]) = ([], examples)
    for rule in rules {
      let own = below.filter { $0.path.steps[depth] == .rule(rule.name) }
      let branch = Branch(rule: rule, fields: Self.trees(of: own[...], inside: inner))
      branches.append(branch)
      if inner[names] == nil { inner[names] = branch.example }
    }
    self.branches = branches
  }
}
