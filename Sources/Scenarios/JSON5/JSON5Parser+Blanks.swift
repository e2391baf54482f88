extension JSON5Parser {
  /// Passes white space, line ends and comments.
  mutating func skipBlanks() throws(Stop) {
    while !cursor.isAtEnd {
      switch cursor.byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C: cursor.advance()
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): _ = cursor.passNewline()
      case UInt8(ascii: "/") where cursor.following == UInt8(ascii: "/"): skipLineComment()
      case UInt8(ascii: "/") where cursor.following == UInt8(ascii: "*"): try skipBlockComment()
      case 0x80...:
        guard let scalar = cursor.scalar, scalar.isBlank else { return }
        cursor.advance(over: scalar)
      default: return
      }
    }
  }

  /// Goes to the next comma or closing bracket on this level, past strings, comments and brackets.
  mutating func recover() throws(Stop) {
    var level = 0
    while !cursor.isAtEnd {
      switch cursor.byte {
      case UInt8(ascii: ",") where level == 0: return
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if level == 0 { return }
        level -= 1
        cursor.advance()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        level += 1
        cursor.advance()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString()
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): _ = cursor.passNewline()
      case UInt8(ascii: "/") where cursor.following == UInt8(ascii: "/"): skipLineComment()
      case UInt8(ascii: "/") where cursor.following == UInt8(ascii: "*"): try skipBlockComment()
      default: cursor.advance()
      }
    }
  }

  private mutating func skipLineComment() {
    let slashes = cursor.position
    defer { if comments != nil { keepComment(from: slashes) } }
    while !cursor.isAtEnd, cursor.byte != UInt8(ascii: "\n"), cursor.byte != UInt8(ascii: "\r") {
      // U+2028 and U+2029 also end a comment; both begin with this byte.
      if cursor.byte == 0xE2, let scalar = cursor.scalar, scalar.isLineSeparator { return }
      cursor.advance()
    }
  }

  private mutating func keepComment(from slashes: Int) {
    let words = cursor.text(from: slashes).drop { $0 == "/" }
    let blanks = words.prefix { $0.isWhitespace }
    var end = cursor.mark()
    end.column -= words.unicodeScalars.count - blanks.unicodeScalars.count
    let before = cursor.bytes[..<slashes].reversed().prefix { $0 != 0x0A && $0 != 0x0D }
    comments?.append(
      LineComment(
        location: end.location(in: file),
        text: String(words.dropFirst(blanks.count)).trimmingBlanks,
        isAlone: before.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }))
  }

  private mutating func skipBlockComment() throws(Stop) {
    let open = cursor.mark()
    cursor.advance(by: 2)
    while !(cursor.byte == UInt8(ascii: "*") && cursor.following == UInt8(ascii: "/")) {
      if cursor.isAtEnd {
        throw stop(
          expected: "\"*/\"",
          help: "the comment of line \(open.line), column \(open.column) is not closed")
      }
      if !cursor.passNewline() { cursor.advance() }
    }
    cursor.advance(by: 2)
  }

  /// Passes a string that is not read, to its closing quote or the end of its line.
  private mutating func skipString() {
    let quote = cursor.byte
    cursor.advance()
    while !cursor.isAtEnd, cursor.byte != UInt8(ascii: "\n"), cursor.byte != UInt8(ascii: "\r") {
      let byte = cursor.byte
      cursor.advance()
      if byte == quote { return }
      let isNewline = cursor.byte == UInt8(ascii: "\n") || cursor.byte == UInt8(ascii: "\r")
      if byte == UInt8(ascii: "\\"), !cursor.isAtEnd, !isNewline { cursor.advance() }
    }
  }
}

extension String {
  /// The text without white space at its end.
  fileprivate var trimmingBlanks: String {
    String(self[..<(lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex)])
  }
}

extension Unicode.Scalar {
  /// U+2028 LINE SEPARATOR and U+2029 PARAGRAPH SEPARATOR.
  var isLineSeparator: Bool { self == "\u{2028}" || self == "\u{2029}" }

  /// White space of JSON5 beyond ASCII: byte order mark, separators, and category Zs.
  fileprivate var isBlank: Bool {
    self == "\u{FEFF}" || isLineSeparator || properties.generalCategory == .spaceSeparator
  }

  /// IdentifierStart of ECMAScript 5.1, section 7.6, without escapes.
  var startsIdentifier: Bool {
    if isASCII {
      return ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "$" || self == "_"
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return true
    default: return false
    }
  }

  /// IdentifierPart of ECMAScript 5.1, section 7.6, without escapes.
  var continuesIdentifier: Bool {
    if startsIdentifier || ("0"..."9").contains(self) { return true }
    if isASCII { return false }
    if self == "\u{200C}" || self == "\u{200D}" { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return true
    default: return false
    }
  }
}
