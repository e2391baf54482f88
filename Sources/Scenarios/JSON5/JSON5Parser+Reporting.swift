internal import Configuration

extension JSON5Parser {
  /// Reports what stands at the cursor; stops after too many errors.
  mutating func refuse(
    expected: String, found: String? = nil, help: String = "", at mark: Mark? = nil
  ) throws(Stop) {
    let location = (mark ?? cursor.mark()).location(in: file)
    syntaxIssues.append(
      Issue(
        .error, at: location, path: path.description,
        message: "expected \(expected), found \(found ?? whatStandsHere)", help: help))
    if syntaxIssues.count >= TextLimits.syntaxErrors { throw .reading }
  }

  /// Reports an error after which nothing sensible can be read.
  mutating func stop(expected: String, found: String? = nil, help: String = "") -> Stop {
    do throws(Stop) {
      try refuse(expected: expected, found: found, help: help)
    } catch {
      return error
    }
    return .reading
  }

  mutating func unclosed(_ close: Unicode.Scalar, from open: Mark) -> Stop {
    let bracket = close == "}" ? "{" : "["
    return stop(
      expected: "\"\(close)\"",
      help: "\"\(bracket)\" of line \(open.line), column \(open.column) is not closed")
  }

  mutating func reportDuplicate(
    _ key: String, at location: SourceLocation, first: SourceLocation
  ) {
    guard duplicates.count < 1_000 else { return }
    duplicates.append(
      Issue(
        .error, at: location, path: path.description,
        message: "expected each key once, found \"\(key)\" again",
        help: "it was first written at line \(first.line), column \(first.column); keep one"))
  }

  /// The next word or character, as a message quotes it.
  private var whatStandsHere: String {
    guard let first = cursor.scalar else { return "the end of the text" }
    var ahead = cursor
    var word = ""
    while let scalar = ahead.scalar, scalar.continuesIdentifier, word.unicodeScalars.count < 40 {
      word.unicodeScalars.append(scalar)
      ahead.advance(over: scalar)
    }
    if !word.isEmpty { return "\"\(word)\"" }
    if first == "\n" || first == "\r" { return "the end of the line" }
    guard first.properties.generalCategory != .control else {
      return "the control character U+" + hexadecimal(first)
    }
    return first == "\"" ? "a quotation mark" : "\"\(first)\""
  }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
