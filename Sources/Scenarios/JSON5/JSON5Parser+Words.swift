internal import Configuration
internal import Kernel

extension JSON5Parser {
  /// A literal word as a value.
  mutating func word() throws(Stop) -> Node.Kind? {
    if cursor.isAtEnd { throw stop(expected: "a value") }
    guard let scalar = cursor.scalar, scalar.startsIdentifier else {
      try refuse(expected: "a value")
      return nil
    }
    let mark = cursor.mark()
    guard let word = try identifier(expected: "a value") else { return nil }
    switch word {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "Infinity": return .number(.infinity, text: word)
    case "NaN": return .number(.nan, text: word)
    default:
      try refuse(
        expected: "a value", found: cut(word),
        help: word.literal.map { "write \($0)" }
          ?? "put text between quotes", at: mark)
      return nil
    }
  }

  /// A name without quotes; nil where it was refused and reported.
  mutating func identifier(expected: String) throws(Stop) -> String? {
    if let name = plainIdentifier() { return name }
    var name = String.UnicodeScalarView()
    while let scalar = cursor.scalar {
      if scalar == "\\" {
        guard let escaped = try escapedLetter(isFirst: name.isEmpty) else { return nil }
        name.append(escaped)
      } else if name.isEmpty ? scalar.startsIdentifier : scalar.continuesIdentifier {
        name.append(scalar)
        cursor.advance(over: scalar)
      } else {
        break
      }
    }
    guard !name.isEmpty else {
      let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(cursor.byte)
      try refuse(
        expected: expected,
        help: isNumber ? "a key that begins with a digit stands between quotes" : "")
      return nil
    }
    return String(name)
  }

  /// A name of ASCII letters and digits, as most are; nil, and nothing passed, where it is another.
  private mutating func plainIdentifier() -> String? {
    let from = cursor.position
    var end = from
    while end < cursor.bytes.count {
      let scalar = Unicode.Scalar(cursor.bytes[end])
      guard scalar.isASCII, end == from ? scalar.startsIdentifier : scalar.continuesIdentifier
      else { break }
      end += 1
    }
    guard end > from, end == cursor.bytes.count || cursor.bytes[end] < 0x80,
      end == cursor.bytes.count || cursor.bytes[end] != UInt8(ascii: "\\")
    else { return nil }
    cursor.advance(by: end - from)
    return cursor.text(from: from)
  }

  private mutating func escapedLetter(isFirst: Bool) throws(Stop) -> Unicode.Scalar? {
    let mark = cursor.mark()
    cursor.advance()
    guard cursor.byte == UInt8(ascii: "u"), let code = hexadecimal(digits: 4),
      let scalar = Unicode.Scalar(code),
      isFirst ? scalar.startsIdentifier : scalar.continuesIdentifier
    else {
      try refuse(
        expected: "\\u and four hexadecimal digits of a letter", found: "another escape", at: mark)
      return nil
    }
    return scalar
  }

  /// A number; nil where it was refused and reported.
  mutating func number() throws(Stop) -> Node.Kind? {
    let mark = cursor.mark()
    let start = cursor.position
    let isNegative = cursor.byte == UInt8(ascii: "-")
    if isNegative || cursor.byte == UInt8(ascii: "+") { cursor.advance() }
    let magnitude: Double?
    switch cursor.byte {
    case UInt8(ascii: "I"), UInt8(ascii: "N"): magnitude = signedWord()
    case UInt8(ascii: "0") where cursor.following | 0x20 == UInt8(ascii: "x"):
      magnitude = hexadecimalNumber()
    default: magnitude = decimalNumber()
    }
    // A date without quotes goes on behind a minus sign.
    let endsCleanly =
      !(cursor.scalar?.continuesIdentifier ?? false) && cursor.byte != UInt8(ascii: ".")
      && cursor.byte != UInt8(ascii: "-")
    let length = cursor.position - start
    guard let magnitude, endsCleanly else {
      let text = numberLookalike(from: start)
      try refuse(
        expected: "a number such as 12, 0.5 or 3e6", found: cut(text), help: help(forDate: text),
        at: mark)
      return nil
    }
    guard length <= TextLimits.numberLength else {
      try refuse(
        expected: "a number of at most \(TextLimits.numberLength) characters",
        found: "\(length)", at: mark)
      return nil
    }
    let text = cursor.text(from: start)
    return .number(isNegative ? -magnitude : magnitude, text: text)
  }

  /// `Infinity` or `NaN` behind a sign.
  private mutating func signedWord() -> Double? {
    for (word, value) in [("Infinity", Double.infinity), ("NaN", .nan)] {
      let end = min(cursor.position + word.utf8.count, cursor.bytes.count)
      if cursor.bytes[cursor.position..<end].elementsEqual(word.utf8) {
        cursor.advance(by: word.utf8.count)
        return value
      }
    }
    return nil
  }

  private mutating func hexadecimalNumber() -> Double? {
    cursor.advance(by: 2)
    let start = cursor.position
    var value = 0.0
    while let digit = cursor.byte.hexadecimalDigit {
      value = value * 16 + Double(digit)
      cursor.advance()
    }
    return cursor.position > start ? value : nil
  }

  private mutating func decimalNumber() -> Double? {
    let start = cursor.position
    let whole = skipDigits()
    // 010 is octal to some and ten to others; JSON5 refuses it.
    if whole > 1, cursor.bytes[start] == UInt8(ascii: "0") { return nil }
    var fraction = 0
    if cursor.byte == UInt8(ascii: ".") {
      cursor.advance()
      fraction = skipDigits()
    }
    guard whole + fraction > 0 else { return nil }
    if cursor.byte | 0x20 == UInt8(ascii: "e") {
      cursor.advance()
      if cursor.byte == UInt8(ascii: "+") || cursor.byte == UInt8(ascii: "-") { cursor.advance() }
      guard skipDigits() > 0 else { return nil }
    }
    // Longer numbers are refused by the caller; converting them would cost time.
    guard cursor.position - start <= TextLimits.numberLength else { return 0 }
    var text = cursor.text(from: start)
    if whole == 0 { text = "0" + text }
    // The standard library wants a digit behind the point: 5. and 5.e3 are JSON5.
    if fraction == 0, let point = text.firstIndex(of: ".") { text.remove(at: point) }
    return Double(text)
  }

  private mutating func skipDigits() -> Int {
    let start = cursor.position
    while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(cursor.byte) { cursor.advance() }
    return cursor.position - start
  }

  /// The characters that the user took for a number, and the cursor behind them.
  private mutating func numberLookalike(from start: Int) -> String {
    while let scalar = cursor.scalar,
      scalar.continuesIdentifier || "+-.".unicodeScalars.contains(scalar)
    {
      cursor.advance(over: scalar)
    }
    return cursor.text(from: start)
  }

  private func cut(_ text: String) -> String {
    "\"" + (text.count <= 40 ? text : text.prefix(40) + "…") + "\""
  }

  /// What to write instead of a date without quotes; empty where the text is none.
  private func help(forDate text: String) -> String {
    guard CalendarDate(parsing: text.utf8.count == 7 ? text + "-01" : text) != nil else {
      return ""
    }
    guard case .key(let key)? = path.steps.last else { return "write \"\(text)\"" }
    return "write \(key): \"\(text)\""
  }

  /// That many hexadecimal digits behind the next byte; nil, and the cursor at the first other
  /// character, where there are fewer.
  mutating func hexadecimal(digits: Int) -> UInt32? {
    cursor.advance()
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = cursor.byte.hexadecimalDigit else { return nil }
      value = value * 16 + UInt32(digit)
      cursor.advance()
    }
    return value
  }
}

extension String {
  /// The word of JSON5 that another language writes so.
  fileprivate var literal: String? {
    switch lowercased() {
    case "true": "true"
    case "false": "false"
    case "null", "none", "nil": "null"
    case "infinity", "inf": "Infinity"
    case "nan": "NaN"
    default: nil
    }
  }
}

extension UInt8 {
  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
