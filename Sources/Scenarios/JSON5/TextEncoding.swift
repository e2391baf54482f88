internal import Configuration

/// Checks that a text is UTF-8 of an allowed size, before anything is read from it.
enum TextEncoding {
  static func problem(of bytes: [UInt8], file: String) -> Issue? {
    guard bytes.count <= TextLimits.bytes else {
      return issue(
        Mark(line: 1, column: 1), file,
        "at most \(TextLimits.bytes) bytes", found: "\(bytes.count)")
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      return issue(
        Mark(line: 1, column: 1), file, "a text in UTF-8", found: "a byte order mark of UTF-16",
        help: "save the file as UTF-8")
    }
    guard let offset = firstProblem(in: bytes) else { return nil }
    var cursor = TextCursor(bytes)
    while cursor.position < offset {
      if !cursor.passNewline() { cursor.advance() }
    }
    let digits = String(bytes[offset], radix: 16, uppercase: true)
    return issue(
      cursor.mark(), file, "a text in UTF-8", found: "the byte 0x\(digits)",
      help: "save the file as UTF-8")
  }

  private static func firstProblem(in bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private static func issue(
    _ mark: Mark, _ file: String, _ expected: String, found: String, help: String = ""
  ) -> Issue {
    Issue(
      .error, at: mark.location(in: file), path: "",
      message: "expected \(expected), found \(found)", help: help)
  }
}
