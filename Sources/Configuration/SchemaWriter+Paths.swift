/// Writes the schema of an object whose keys are paths of fields.
extension SchemaWriter {
  /// Key paths and values: each field that a path can lead to, with the schema of that field.
  ///
  /// It refers to where ``properties(_:)`` of the same trees stands below `#/properties`.
  public func paths(_ trees: [FieldTree]) -> Node {
    var paths = Paths()
    for tree in trees { paths.visit(tree, as: tree.key, at: "#/properties/\(tree.key)") }
    return .object([
      ("type", .text("object")),
      ("patternProperties", .object(paths.patterns.map { ($0, paths.schema(of: $0)) })),
      ("additionalProperties", .made(.bool(false))),
    ])
  }

  /// Patterns of paths, and what may stand at each.
  private struct Paths {
    private(set) var patterns: [String] = []
    private var schemas: [String: [Node]] = [:]

    /// The schemas of fields that are called the same, since they belong to different rules.
    func schema(of pattern: String) -> Node {
      let schemas = schemas[pattern] ?? []
      return schemas.count == 1 ? schemas[0] : .object([("anyOf", .made(.array(schemas)))])
    }

    private mutating func add(_ path: String, _ schema: Node) {
      let pattern = "^\(path)$"
      if schemas[pattern] == nil { patterns.append(pattern) }
      schemas[pattern, default: []].append(schema)
    }

    private mutating func add(_ path: String, at pointer: String) {
      add(path, .object([("$ref", .text(pointer))]))
    }

    /// Adds a field and those below it; the pointer follows the layout of the schema.
    mutating func visit(_ tree: FieldTree, as path: String, at pointer: String) {
      add(path, at: pointer)
      let constraint = tree.record.mayBeNone ? pointer + "/anyOf/0" : pointer
      switch tree.record.kind {
      case .object: visit(tree.fields, as: path, at: constraint)
      case .list:
        add(path + SchemaWriter.anyIndex, at: constraint + "/items")
        visit(tree.fields, as: path + SchemaWriter.anyIndex, at: constraint + "/items")
      case .named:
        let entry = constraint + "/additionalProperties"
        add(path + SchemaWriter.anyKey, at: entry)
        visit(tree.fields, as: path + SchemaWriter.anyKey, at: entry + "/anyOf/0")
      case .rule: visit(rulesOf: tree, as: path, at: constraint)
      case .rules: visit(rulesOf: tree, as: path + SchemaWriter.anyIndex, at: constraint + "/items")
      case .number, .count, .flag, .text, .choice, .choices, .moment, .numbers, .texts, .table,
        .tree:
        break
      }
    }

    private mutating func visit(_ fields: [FieldTree], as path: String, at pointer: String) {
      for field in fields {
        if field.record.isAnyName {
          visit(field, as: path + SchemaWriter.anyKey, at: pointer + "/additionalProperties")
        } else {
          visit(field, as: "\(path)\\.\(field.key)", at: "\(pointer)/properties/\(field.key)")
        }
      }
    }

    /// Of rules that may stand inside themselves, as the laws of luck do in many places, the names
    /// of the fields are told and not their values.
    private mutating func visit(rulesOf tree: FieldTree, as path: String, at pointer: String) {
      let names = tree.ruleNames.map(Node.text)
      add(path + "\\.rule", .object([("enum", .made(.array(names)))]))
      if tree.holdsItself {
        var keys: [String] = []
        for field in tree.branches.flatMap(\.fields) where !keys.contains(field.key) {
          keys.append(field.key)
        }
        return add("\(path)\\.(\(keys.joined(separator: "|")))([.\\[].*)?", .object([]))
      }
      for (index, branch) in tree.branches.enumerated() {
        visit(branch.fields, as: path, at: pointer + "/then/allOf/\(index)/then")
      }
    }
  }

  /// A name that the user chooses, as a step of a path.
  private static let anyKey = #"(\.[^.\[]+|\["[^"]*"\])"#
  private static let anyIndex = #"\[[0-9]+\]"#
}
