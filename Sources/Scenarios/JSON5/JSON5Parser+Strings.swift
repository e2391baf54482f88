extension JSON5Parser {
  /// The text between the quotes at the cursor; nil where it was refused and reported.
  mutating func string() throws(Stop) -> String? {
    let open = cursor.mark()
    let quote = cursor.byte
    cursor.advance()
    var text: [UInt8] = []
    var isWhole = true
    while cursor.byte != quote {
      switch cursor.byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"),
        0 where cursor.isAtEnd:
        try refuse(
          expected: "a closing quotation mark",
          help: "the text of line \(open.line), column \(open.column) is not closed")
        return nil
      case UInt8(ascii: "\\"):
        isWhole = try escape(into: &text) && isWhole
      case 0..<0x20 where cursor.byte != UInt8(ascii: "\t"):
        try refuse(
          expected: "no control characters in a text", help: "write it as \\u and 4 digits")
        cursor.advance()
        isWhole = false
      default:
        let start = cursor.position
        while cursor.byte >= 0x20, cursor.byte != quote, cursor.byte != UInt8(ascii: "\\") {
          cursor.advance()
        }
        if cursor.position == start { cursor.advance() }
        text += cursor.bytes[start..<cursor.position]
      }
    }
    cursor.advance()
    return isWhole ? String(decoding: text, as: UTF8.self) : nil
  }

  /// Reads an escape; false where it was refused and reported, with the cursor behind it.
  private mutating func escape(into text: inout [UInt8]) throws(Stop) -> Bool {
    let mark = cursor.mark()
    cursor.advance()
    if cursor.passNewline() { return true }
    switch cursor.byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "v"): text.append(0x0B)
    case UInt8(ascii: "x"), UInt8(ascii: "u"): return try escapedCode(into: &text, from: mark)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let isNull = cursor.byte == UInt8(ascii: "0")
      let isAlone = !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(cursor.following)
      guard isNull && isAlone else {
        cursor.advance()
        try refuse(
          expected: "\\0, or \\u and four hexadecimal digits", found: "a decimal escape", at: mark)
        return false
      }
      text.append(0)
    default:
      // Any other character stands for itself; separators of lines vanish. A control character or
      // the end of the text is left to the caller, who refuses it.
      guard let scalar = cursor.scalar, scalar >= " " || scalar == "\t" else { return true }
      if !scalar.isLineSeparator { text += UTF8.encode(scalar) ?? .init() }
      cursor.advance(over: scalar)
      return true
    }
    cursor.advance()
    return true
  }

  /// `\x41`, `\u0041`, or two of the latter that form a surrogate pair.
  private mutating func escapedCode(
    into text: inout [UInt8], from mark: Mark
  ) throws(Stop) -> Bool {
    let digits = cursor.byte == UInt8(ascii: "x") ? 2 : 4
    guard var code = hexadecimal(digits: digits) else {
      try refuse(
        expected: "\(digits) hexadecimal digits after \\\(digits == 2 ? "x" : "u")", at: mark)
      return false
    }
    if (0xD800..<0xDC00).contains(code), cursor.byte == UInt8(ascii: "\\"),
      cursor.following == UInt8(ascii: "u")
    {
      cursor.advance()
      if let low = hexadecimal(digits: 4), (0xDC00..<0xE000).contains(low) {
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
    }
    guard let scalar = Unicode.Scalar(code) else {
      try refuse(
        expected: "a character", found: "half of a surrogate pair",
        help: "write both halves, such as \\ud83d\\ude00, or the character itself", at: mark)
      return false
    }
    text += UTF8.encode(scalar) ?? .init()
    return true
  }
}
