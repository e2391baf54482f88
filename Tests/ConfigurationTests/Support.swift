import Configuration

/// A file with one member a line, made of keys and values, so that tests need no parser.
///
/// Line n + 1 holds the n-th member as `  key: value,`; objects and lists are written on one line.
struct Page {
  let node: Node
  let file: SourceFile

  init(_ members: KeyValuePairs<String, Value>) {
    var text = "{\n"
    var nodes: [Member] = []
    for (index, (key, value)) in members.enumerated() {
      let line = index + 2
      let keyLocation = SourceLocation(file: "a.json5", line: line, column: 3, length: key.count)
      let column = 3 + key.count + 2
      nodes.append(
        Member(key: key, keyLocation: keyLocation, value: value.node(line: line, column: column)))
      text += "  \(key): \(value.text),\n"
    }
    node = Node(.object(nodes), at: SourceLocation(file: "a.json5", line: 1, column: 1))
    file = SourceFile(path: "a.json5", text: text + "}\n")
  }

  /// What a reading of the page gives, and what it says is wrong.
  func read<T>(_ body: (inout FieldReader) -> T) -> (value: T, messages: String) {
    let context = ReadingContext(
      startDay: 19_723, daysSince1970: { $0 == "2024-03-01" ? 19_783 : nil })
    var fields = FieldReader(node, context: context)
    let value = body(&fields)
    fields.finish()
    return (value, IssueRenderer(files: [file]).text(for: context.issues))
  }

  /// What a reading of the page records.
  func records(_ body: (inout FieldReader) -> Void) -> [FieldRecord] {
    let context = ReadingContext()
    var fields = FieldReader(node, context: context)
    body(&fields)
    fields.finish()
    return context.records
  }
}

/// A value on one line.
indirect enum Value: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case scalar(Node.Kind, String)
  case list([Value])
  case object([(String, Value)])
  case table(Table)

  init(floatLiteral value: Double) { self = .scalar(.number(value, text: "\(value)"), "\(value)") }
  init(integerLiteral value: Int) {
    self = .scalar(.number(Double(value), text: "\(value)"), "\(value)")
  }
  init(stringLiteral value: String) { self = .scalar(.string(value), "\"\(value)\"") }
  init(booleanLiteral value: Bool) { self = .scalar(.bool(value), "\(value)") }
  init(nilLiteral: ()) { self = .scalar(.null, "null") }
  init(arrayLiteral items: Value...) { self = .list(items) }
  init(dictionaryLiteral members: (String, Value)...) { self = .object(members) }

  var text: String {
    switch self {
    case .scalar(_, let text): text
    case .list(let items): "[" + items.map(\.text).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\($0.0): \($0.1.text)" }.joined(separator: ", ") + "}"
    case .table(let table): "{csv: \"\(table.path)\"}"
    }
  }

  func node(line: Int, column: Int) -> Node {
    let location = SourceLocation(file: "a.json5", line: line, column: column, length: text.count)
    var column = column + 1
    switch self {
    case .scalar(let kind, _): return Node(kind, at: location)
    case .table(let table): return Node(.table(table), at: location)
    case .list(let items):
      return Node(
        .array(
          items.map { item in
            defer { column += item.text.count + 2 }
            return item.node(line: line, column: column)
          }), at: location)
    case .object(let members):
      return Node(
        .object(
          members.map { key, value in
            let keyLocation = SourceLocation(
              file: "a.json5", line: line, column: column, length: key.count)
            let node = value.node(line: line, column: column + key.count + 2)
            column += key.count + 2 + value.text.count + 2
            return Member(key: key, keyLocation: keyLocation, value: node)
          }), at: location)
    }
  }
}
