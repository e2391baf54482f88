internal import Configuration

/// Reads comma-separated tables (RFC 4180) whose first row names the columns.
///
/// Lines that begin with `#` outside quotes are comments; empty lines are skipped.
struct CSV {
  private let file: String
  private var cursor: TextCursor
  private var issues: [Issue] = []

  /// The table, or nil, and what is wrong with the text.
  static func parse(
    _ bytes: [UInt8], file: String, path: String, digest: String
  ) -> (table: Table?, issues: [Issue]) {
    if let issue = TextEncoding.problem(of: bytes, file: file) { return (nil, [issue]) }
    var csv = CSV(file: file, cursor: TextCursor(bytes))
    let table = csv.table(path: path, digest: digest)
    return (csv.issues.isEmpty ? table : nil, csv.issues)
  }

  private init(file: String, cursor: TextCursor) {
    self.file = file
    self.cursor = cursor
  }

  private mutating func table(path: String, digest: String) -> Table? {
    guard let (columns, location) = row() else {
      report(at: cursor.mark(), expected: "a first line that names the columns", found: "nothing")
      return nil
    }
    var seen: Set<String> = []
    for name in columns where !seen.insert(name).inserted {
      report(at: location, expected: "each column once", found: "\"\(name)\" again")
    }
    var cells: [[String]] = []
    var locations: [SourceLocation] = []
    while let (row, location) = row() {
      if row.count != columns.count {
        report(
          at: location, expected: "\(columns.count) cells, as in the first line",
          found: "\(row.count)")
      }
      cells.append(row)
      locations.append(location)
    }
    guard issues.isEmpty else { return nil }
    return Table(
      path: path, digest: digest, columns: columns, cells: cells, rowLocations: locations,
      location: location)
  }

  /// The next row that is no comment, and where it begins; nil at the end.
  private mutating func row() -> (cells: [String], location: SourceLocation)? {
    while !cursor.isAtEnd {
      if cursor.byte == UInt8(ascii: "#") {
        while !cursor.isAtEnd, !isAtNewline { cursor.advance() }
      }
      if !cursor.passNewline() { break }
    }
    guard !cursor.isAtEnd else { return nil }
    let location = cursor.mark().location(in: file)
    var cells = [cell()]
    while cursor.byte == UInt8(ascii: ",") {
      cursor.advance()
      cells.append(cell())
    }
    _ = cursor.passNewline()
    return (cells, location)
  }

  private mutating func cell() -> String {
    if cursor.byte == UInt8(ascii: "\"") { return quotedCell() }
    let start = cursor.position
    while !cursor.isAtEnd, cursor.byte != UInt8(ascii: ","), !isAtNewline { cursor.advance() }
    return cursor.text(from: start)
  }

  private mutating func quotedCell() -> String {
    let open = cursor.mark()
    let quote = UInt8(ascii: "\"")
    var text: [UInt8] = []
    cursor.advance()
    while cursor.byte != quote || cursor.following == quote {
      if cursor.isAtEnd {
        report(at: open, expected: "a closing quotation mark", found: "the end of the text")
        return ""
      }
      if cursor.byte == quote {
        cursor.advance(by: 2)
        text.append(quote)
        continue
      }
      let start = cursor.position
      if !cursor.passNewline() { cursor.advance() }
      text += cursor.bytes[start..<cursor.position]
    }
    cursor.advance()
    if !cursor.isAtEnd, cursor.byte != UInt8(ascii: ","), !isAtNewline {
      report(
        at: cursor.mark(), expected: "\",\" or the end of the line after a quoted cell",
        found: "more text")
      while !cursor.isAtEnd, cursor.byte != UInt8(ascii: ","), !isAtNewline { cursor.advance() }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private var isAtNewline: Bool {
    cursor.byte == UInt8(ascii: "\n") || cursor.byte == UInt8(ascii: "\r")
  }

  private mutating func report(at mark: Mark, expected: String, found: String) {
    report(at: mark.location(in: file), expected: expected, found: found)
  }

  private mutating func report(at location: SourceLocation, expected: String, found: String) {
    guard issues.count < TextLimits.syntaxErrors else { return }
    issues.append(
      Issue(.error, at: location, path: "", message: "expected \(expected), found \(found)"))
  }
}
