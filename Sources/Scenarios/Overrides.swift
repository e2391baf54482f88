internal import Configuration

/// Values given on the command line as `key.path=value`, in the order given.
struct Overrides {
  /// One value and the path it goes to.
  struct Override {
    let path: FieldPath
    let pathLocation: SourceLocation
    let value: Node
  }

  /// What the locations of the values name as their file; line n is the n-th value.
  static let file = "--set"

  private(set) var list: [Override] = []
  private(set) var issues: [Issue] = []
  let source: SourceFile

  init(_ arguments: [String]) {
    let lines = arguments.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
    source = SourceFile(path: Self.file, text: lines.joined(separator: "\n"))
    for (index, line) in lines.enumerated() { read(line, number: index + 1) }
  }

  private mutating func read(_ line: String, number: Int) {
    let location = SourceLocation(file: Self.file, line: number, column: 1)
    let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let path = FieldPath(parsing: parts[0]) else {
      issues.append(
        Issue(
          .error, at: location, path: "",
          message: "expected key.path=value, found \"\(line)\"",
          help: "write, for instance, --set token.emissionScale=0.5"))
      return
    }
    if let value = value(parts[1], number: number, column: parts[0].unicodeScalars.count + 2) {
      list.append(Override(path: path, pathLocation: location, value: value))
    }
  }

  /// The value as JSON5, or as a text where it is none.
  private mutating func value(_ text: Substring, number: Int, column: Int) -> Node? {
    // Blanks before the value make the parser count lines and columns as the user sees them.
    let lead =
      String(repeating: "\n", count: number - 1) + String(repeating: " ", count: column - 1)
    let parsed = JSON5Parser.parse(Array((lead + text).utf8), file: Self.file)
    if let node = parsed.node {
      issues += parsed.issues
      return node
    }
    if text.hasPrefix("{") || text.hasPrefix("[") {
      issues += parsed.issues
      return nil
    }
    let length = max(1, text.unicodeScalars.count)
    return Node(
      .string(String(text)),
      at: SourceLocation(file: Self.file, line: number, column: column, length: length))
  }
}
