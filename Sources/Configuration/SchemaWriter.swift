/// Writes fields as JSON Schema 2020-12.
///
/// No field is required: what must be written may come from a file or a variant below. A value left
/// out as `null` or `"none"` is allowed where the readers take it.
public struct SchemaWriter {
  private let shared: Shared
  /// Parts that are referred to, by name.
  public let definitions: [(String, Node)]

  /// - Parameter anywhere: keys that every object may have beside its own, with their schemas.
  public init(_ trees: [FieldTree], anywhere: [(String, Node)] = []) {
    let all = trees.flatMap(\.flattened)
    let recursive = all.filter(\.isRecursive)
    let rules = Dictionary(
      recursive.map { ($0.ruleNames, $0.key) }, uniquingKeysWith: { first, _ in first })
    let shared = Shared(rules: rules, anywhere: anywhere)
    self.shared = shared
    var (definitions, seen): ([(String, Node)], Set<String>) = ([], [])
    for tree in all where !tree.isRecursive {
      guard let name = rules[tree.ruleNames], seen.insert(name).inserted else { continue }
      definitions.append((name, Self.rule(tree, shared)))
    }
    self.definitions = definitions
  }

  /// The fields of an object and their schemas.
  public func properties(_ trees: [FieldTree]) -> [(String, Node)] {
    trees.map { ($0.key, Self.schema($0, shared)) }
  }
}

extension SchemaWriter {
  /// What many fields have.
  private struct Shared {
    /// Rules that may stand inside themselves: their names lead to the name of their definition.
    let rules: [[String]: String]
    let anywhere: [(String, Node)]
  }

  private static func schema(_ tree: FieldTree, _ shared: Shared) -> Node {
    let record = tree.record
    var members = [("description", Node.text(record.description))]
    if let fallback = record.fallback, !fallback.isNone { members.append(("default", fallback)) }
    members.append(("examples", .made(.array([tree.example]))))
    let wanted = constraint(tree, shared)
    if record.mayBeNone {
      let none = Node.object([("enum", .made(.array([.text("none"), .made(.null)])))])
      members.append(("anyOf", .made(.array([.object(wanted), none]))))
    } else {
      members += wanted
    }
    return .object(members)
  }

  private static func constraint(_ tree: FieldTree, _ shared: Shared) -> [(String, Node)] {
    switch tree.record.kind {
    case .number(let range): return number(range)
    case .count(let range): return count(range)
    case .flag: return type("boolean")
    case .text: return type("string")
    case .choice(let names): return [("enum", texts(names))]
    case .choices(let names):
      return type("array")
        + [("items", .object([("enum", texts(names))])), ("uniqueItems", .made(.bool(true)))]
    case .moment: return [("anyOf", .made(.array(moments)))]
    case .numbers(let range, let count):
      return type("array") + [("items", .object(number(range)))] + items(count)
    case .texts: return type("array") + [("items", .object(type("string")))]
    case .table:
      return type("object") + [
        ("properties", .object([("csv", .object(type("string")))])), ("required", texts(["csv"])),
        ("additionalProperties", .made(.bool(false))),
      ]
    case .object: return object(tree.fields, shared)
    case .list: return type("array") + [("items", .object(object(tree.fields, shared)))]
    case .named:
      let none = Node.object([("enum", .made(.array([.text("none"), .made(.null)])))])
      let entry = Node.object(object(tree.fields, shared))
      let also = shared.anywhere.isEmpty ? [] : [("properties", Node.object(shared.anywhere))]
      return type("object") + also
        + [("additionalProperties", .object([("anyOf", .made(.array([entry, none])))]))]
    case .rule: return reference(tree, shared)
    case .rules: return type("array") + [("items", .object(reference(tree, shared)))]
    case .tree: return type("object")
    }
  }

  private static func object(_ fields: [FieldTree], _ shared: Shared) -> [(String, Node)] {
    if let any = fields.first, any.record.isAnyName {
      return type("object") + [
        ("properties", .object(shared.anywhere)), ("additionalProperties", schema(any, shared)),
      ]
    }
    return type("object") + [
      ("properties", .object(fields.map { ($0.key, schema($0, shared)) } + shared.anywhere)),
      ("additionalProperties", .made(.bool(false))),
    ]
  }

  /// The rules themselves, or where they are defined.
  private static func reference(_ tree: FieldTree, _ shared: Shared) -> [(String, Node)] {
    if let name = shared.rules[tree.ruleNames] { return [("$ref", .text("#/$defs/\(name)"))] }
    guard case .object(let members) = rule(tree, shared).kind else { return [] }
    return members.map { ($0.key, $0.value) }
  }

  /// The bare name of a rule, or an object of its fields.
  ///
  /// An object that names no rule is laid over one below it, so that it may have fields of any.
  private static func rule(_ tree: FieldTree, _ shared: Shared) -> Node {
    let keys = tree.branches.flatMap { $0.fields.map(\.key) }
    var seen: Set<String> = []
    let names = texts(
      ["rule"] + shared.anywhere.map(\.0) + keys.filter { seen.insert($0).inserted })
    let named = [("required", texts(["rule"]))]
    let cases = tree.branches.map { branch in
      let isThis = Node.object([("rule", .object([("const", .text(branch.rule.name))]))])
      let fields = branch.fields.map { ($0.key, schema($0, shared)) }
      return Node.object([
        ("if", .object([("properties", isThis)] + named)),
        (
          "then",
          .object([
            ("description", .text(branch.rule.words)),
            ("properties", .object([("rule", .made(.bool(true)))] + fields + shared.anywhere)),
            ("additionalProperties", .made(.bool(false))),
          ])
        ),
      ])
    }
    let choices = Node.object([("rule", .object([("enum", texts(tree.ruleNames))]))])
    return .object([
      ("if", .object(type("object"))),
      (
        "then",
        .object([
          ("properties", choices), ("propertyNames", .object([("enum", names)])),
          ("allOf", .made(.array(cases))),
        ])
      ),
      ("else", .object([("enum", texts(tree.ruleNames))])),
    ])
  }

  private static var moments: [Node] {
    let furthest = ReadingContext.furthestDay
    return [
      .object(type("string") + [("pattern", .text("^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"))]),
      .object(number(-furthest...furthest)),
    ]
  }

  private static func number(_ range: ClosedRange<Double>) -> [(String, Node)] {
    var members = type("number")
    if range.lowerBound == .leastNonzeroMagnitude {
      members.append(("exclusiveMinimum", .made(.number(0))))
    } else if range.lowerBound.isFinite {
      members.append(("minimum", .made(.number(range.lowerBound))))
    }
    if range.upperBound.isFinite { members.append(("maximum", .made(.number(range.upperBound)))) }
    return members
  }

  private static func count(_ range: ClosedRange<Int>) -> [(String, Node)] {
    var members = type("integer")
    if range.lowerBound > .min { members.append(("minimum", .made(.count(range.lowerBound)))) }
    if range.upperBound < .max { members.append(("maximum", .made(.count(range.upperBound)))) }
    return members
  }

  private static func items(_ count: ClosedRange<Int>) -> [(String, Node)] {
    var members: [(String, Node)] = []
    if count.lowerBound > 0 { members.append(("minItems", .made(.count(count.lowerBound)))) }
    if count.upperBound < .max { members.append(("maxItems", .made(.count(count.upperBound)))) }
    return members
  }

  private static func type(_ name: String) -> [(String, Node)] { [("type", .text(name))] }

  private static func texts(_ names: [String]) -> Node { .made(.array(names.map(Node.text))) }
}

extension FieldRecord {
  /// Whether the readers take `null` and `"none"` for a field that is left out.
  var mayBeNone: Bool {
    switch kind {
    case .named, .rule: return true
    case .number, .count, .flag, .text, .choice, .choices, .moment, .numbers, .texts, .table,
      .object, .list, .rules, .tree:
      guard case .null? = fallback?.kind else { return false }
      return true
    }
  }

  /// Meaning, unit, whether it must be written, and source, in a line.
  fileprivate var description: String {
    var text = meaning
    if !unitText.isEmpty { text += " [\(unitText)]" }
    if isRequired { text += "; must be written" }
    return origin.isEmpty ? text : text + "; source: \(origin)"
  }
}

extension FieldKind.Rule {
  fileprivate var words: String { source.isEmpty ? summary : "\(summary) (\(source))" }
}
