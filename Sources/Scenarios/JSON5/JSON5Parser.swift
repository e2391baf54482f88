internal import Configuration

/// What a text says, and what is wrong with it.
struct ParsedText {
  /// The value; nil where the text is not JSON5.
  var node: Node?
  /// What is left of a text with syntax errors, with gaps in the objects that they spoil; nil where
  /// its brackets do not close, so that nothing is known to be where it belongs.
  var rest: Node?
  /// Syntax errors, and, beside a value or what is left of it, keys written twice.
  var issues: [Issue]
  /// Comments to the end of a line, in order, where they were asked for.
  var comments: [LineComment] = []
}

/// A comment to the end of a line.
struct LineComment {
  /// Where its words begin.
  let location: SourceLocation
  /// What follows the slashes, without white space around it.
  let text: String
  /// Whether nothing stands before it on its line.
  let isAlone: Bool
}

/// Reads JSON5 (spec.json5.org, version 1.0.0) into positioned values.
///
/// Linear in the length of the text and never deeper than ``TextLimits/depth``. After a syntax error
/// it skips to the next comma or bracket and goes on, so that one reading shows several.
struct JSON5Parser {
  /// Reading cannot go on: the text ended, or a limit was passed. It has been reported.
  enum Stop: Error { case reading }

  let file: String
  var cursor: TextCursor
  /// State: where the value being read stands.
  var path = FieldPath()
  var syntaxIssues: [Issue] = []
  var duplicates: [Issue] = []
  /// State: comments so far; nil where nobody asks for them.
  var comments: [LineComment]?
  private var depth = 0
  private var values = 0

  private init(_ bytes: [UInt8], file: String) {
    self.file = file
    cursor = TextCursor(bytes)
  }

  static func parse(
    _ bytes: [UInt8], file: String, keepingComments: Bool = false
  ) -> ParsedText {
    if let issue = TextEncoding.problem(of: bytes, file: file) {
      return ParsedText(node: nil, issues: [issue])
    }
    var parser = JSON5Parser(bytes, file: file)
    if keepingComments { parser.comments = [] }
    let node = parser.document()
    guard !parser.syntaxIssues.isEmpty else {
      return ParsedText(node: node, issues: parser.duplicates, comments: parser.comments ?? [])
    }
    return ParsedText(
      rest: node, issues: parser.syntaxIssues + (node == nil ? [] : parser.duplicates))
  }

  private mutating func document() -> Node? {
    do throws(Stop) {
      try skipBlanks()
      if cursor.isAtEnd {
        throw stop(expected: "a value", help: "a scenario stands between { and }")
      }
      guard let node = try value() else { return nil }
      try skipBlanks()
      guard cursor.isAtEnd else { throw stop(expected: "the end of the text") }
      return node
    } catch {
      return nil
    }
  }
}

extension JSON5Parser {
  /// The value at the cursor; nil where it was refused and reported.
  mutating func value() throws(Stop) -> Node? {
    let mark = cursor.mark()
    let start = cursor.position
    let kind: Node.Kind?
    switch cursor.byte {
    case UInt8(ascii: "{"): kind = try nested { parser throws(Stop) in try parser.object(mark) }
    case UInt8(ascii: "["): kind = try nested { parser throws(Stop) in try parser.array(mark) }
    case UInt8(ascii: "\""), UInt8(ascii: "'"): kind = try string().map(Node.Kind.string)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      kind = try number()
    default: kind = try word()
    }
    guard let kind else { return nil }
    // A value of several lines is marked at its first character.
    let length = cursor.line == mark.line ? cursor.mark().column - mark.column : 1
    if case .number = kind {
      return Node(kind, at: mark.location(in: file, length: cursor.position - start))
    }
    return Node(kind, at: mark.location(in: file, length: length))
  }

  private mutating func nested(
    _ read: (inout JSON5Parser) throws(Stop) -> Node.Kind?
  ) throws(Stop) -> Node.Kind? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= TextLimits.depth else {
      throw stop(
        expected: "at most \(TextLimits.depth) objects and lists inside each other",
        found: "one more")
    }
    return try read(&self)
  }

  private mutating func object(_ open: Mark) throws(Stop) -> Node.Kind? {
    cursor.advance()
    var members: [Member] = []
    var seen: [String: SourceLocation] = [:]
    while try goesOn(to: "}", "a key", from: open, isFirst: members.isEmpty) {
      guard let key = try key() else {
        members.append(.gap)
        try recover()
        try separator(before: "}", from: open)
        continue
      }
      path.steps.append(.key(key.name))
      if let value = try valueOfKey() {
        if let first = seen.updateValue(key.location, forKey: key.name) {
          reportDuplicate(key.name, at: key.location, first: first)
          seen[key.name] = first
        } else {
          members.append(Member(key: key.name, keyLocation: key.location, value: value))
        }
      } else {
        members.append(.gap)
        try recover()
      }
      path.steps.removeLast()
      try separator(before: "}", from: open)
    }
    return .object(members)
  }

  private mutating func array(_ open: Mark) throws(Stop) -> Node.Kind? {
    cursor.advance()
    var items: [Node] = []
    let errors = syntaxIssues.count
    while try goesOn(to: "]", "a value", from: open, isFirst: items.isEmpty) {
      path.steps.append(.index(items.count))
      if let item = try value() {
        items.append(item)
      } else {
        try recover()
      }
      path.steps.removeLast()
      try separator(before: "]", from: open)
    }
    // A list that lost an item would seem too short.
    return syntaxIssues.count == errors ? .array(items) : nil
  }

  /// Whether another item follows; passes the closing bracket where none does.
  private mutating func goesOn(
    to close: Unicode.Scalar, _ wanted: String, from open: Mark, isFirst: Bool
  ) throws(Stop) -> Bool {
    try skipBlanks()
    while cursor.byte == UInt8(ascii: ",") {
      try refuse(expected: isFirst ? "\(wanted) or \"\(close)\"" : wanted)
      cursor.advance()
      try skipBlanks()
    }
    if cursor.isAtEnd { throw unclosed(close, from: open) }
    if cursor.byte == UInt8(ascii: "}") || cursor.byte == UInt8(ascii: "]") {
      if cursor.byte != UInt8(ascii: close) { throw unclosed(close, from: open) }
      cursor.advance()
      return false
    }
    values += 1
    guard values <= TextLimits.values else {
      throw stop(
        expected: "at most \(TextLimits.values) keys and list items in a file", found: "more")
    }
    return true
  }

  private mutating func separator(
    before close: Unicode.Scalar, from open: Mark
  ) throws(Stop) {
    try skipBlanks()
    switch cursor.byte {
    case UInt8(ascii: ","): cursor.advance()
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return
    default:
      if cursor.isAtEnd { throw unclosed(close, from: open) }
      try refuse(
        expected: "\",\" or \"\(close)\"",
        help: startsItem ? "write a comma behind what stands before it" : "")
      // Most likely the comma is missing, and what stands here is the next item.
      if !startsItem { try recover() }
      if cursor.byte == UInt8(ascii: ",") { cursor.advance() }
    }
  }

  private var startsItem: Bool {
    switch cursor.byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: cursor.scalar.map(\.startsIdentifier) ?? false
    }
  }

  private mutating func key() throws(Stop) -> (name: String, location: SourceLocation)? {
    let mark = cursor.mark()
    let name: String?
    if cursor.byte == UInt8(ascii: "\"") || cursor.byte == UInt8(ascii: "'") {
      name = try string()
    } else {
      name = try identifier(expected: "a key")
    }
    guard let name else { return nil }
    let length = cursor.line == mark.line ? cursor.mark().column - mark.column : 1
    return (name, mark.location(in: file, length: length))
  }

  private mutating func valueOfKey() throws(Stop) -> Node? {
    try skipBlanks()
    guard cursor.byte == UInt8(ascii: ":") else {
      try refuse(expected: "\":\" after the key")
      return nil
    }
    cursor.advance()
    try skipBlanks()
    return try value()
  }
}
