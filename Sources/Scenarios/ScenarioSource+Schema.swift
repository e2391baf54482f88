public import Configuration

extension ScenarioSource {
  /// Every field that a scenario may have, with the fields below it.
  public static var reference: [FieldTree] { FieldTree.trees(of: fields()) }

  /// What a scenario may hold, as JSON Schema 2020-12.
  public static var schema: Node {
    let trees = reference
    let someFiles = [("$ref", text("#/$defs/files"))]
    let writer = SchemaWriter(trees, anywhere: [("include", .object(someFiles))])
    let properties = writer.properties(trees).map { key, schema in
      switch key {
      case "extends", "include": (key, replacingChoices(of: schema, someFiles))
      case "variants": (key, replacingChoices(of: schema, variants))
      case "amendments": (key, replacingPaths(of: schema))
      default: (key, schema)
      }
    }
    let ownKeys = trees.first { $0.key == "variants" }?.fields ?? []
    let changes =
      trees.map(\.key).filter { !Header.shared.contains($0) && $0 != "extends" }
      .map { ($0, Node.object([("$ref", text("#/properties/\($0)"))])) }
    let variant = Node.object([
      ("type", text("object")),
      ("properties", .object(writer.properties(ownKeys) + changes)),
      ("additionalProperties", no),
    ])
    return .object([
      ("$schema", text("https://json-schema.org/draft/2020-12/schema")),
      ("title", text("A scenario of depinsim")),
      (
        "description",
        text(
          "Written by `depinsim explain schema`. What must be written is said and not required, "
            + "since a file may get it from one that it extends.")
      ),
      ("type", text("object")),
      ("properties", .object(properties)),
      ("additionalProperties", no),
      (
        "$defs",
        .object(
          writer.definitions + [
            ("files", files), ("variant", variant),
            ("paths", writer.paths(trees.filter { !Stages.fixedKeys.contains($0.key) })),
          ])
      ),
    ])
  }
}

extension ScenarioSource {
  private static var no: Node { Node(.bool(false), at: .nowhere) }

  private static func text(_ text: String) -> Node { Node(.string(text), at: .nowhere) }

  private static func any(of schemas: [Node]) -> Node { Node(.array(schemas), at: .nowhere) }

  /// One file, or a list of files.
  private static var files: Node {
    let file = Node.object([("type", text("string"))])
    let list = Node.object([("type", text("array")), ("items", file)])
    return .object([("anyOf", any(of: [file, list]))])
  }

  /// Named changes, each of which may have every key that variants do not share.
  private static var variants: [(String, Node)] {
    let changes = Node.object([
      ("type", text("object")),
      ("properties", .object([("include", .object([("$ref", text("#/$defs/files"))]))])),
      ("additionalProperties", .object([("$ref", text("#/$defs/variant"))])),
    ])
    let none = Node.object([("enum", any(of: [text("none"), Node(.null, at: .nowhere)]))])
    return [("anyOf", any(of: [changes, none]))]
  }

  /// Amendments, whose values stand under the paths of fields.
  private static func replacingPaths(of schema: Node) -> Node {
    let set: [FieldPath.Step] = [
      .key("anyOf"), .index(0), .key("additionalProperties"), .key("anyOf"), .index(0),
      .key("properties"), .key("set"), .key("anyOf"), .index(0),
    ]
    guard schema.value(at: set) != nil,
      let changed = schema.setting(set, to: .object([("$ref", text("#/$defs/paths"))]))
    else { preconditionFailure("amendments have no place for their values") }
    return changed
  }

  /// What is said about a key, with other values than its reader takes.
  private static func replacingChoices(of schema: Node, _ choices: [(String, Node)]) -> Node {
    .object(schema.without(["anyOf", "examples"]).members.map { ($0.key, $0.value) } + choices)
  }
}
