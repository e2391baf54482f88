import Kernel

/// Comma-separated text as RFC 4180 has it, lines ended by a line feed.
enum CSV {
  /// Text of a cell, quoted where it holds a comma, a quote or the end of a line.
  static func cell(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard needsQuotes else { return text }
    var quoted = "\""
    for character in text.unicodeScalars {
      if character == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }

  /// Shortest digits that read back as the same number, whole ones without a fraction; nothing
  /// where undefined.
  static func cell(_ number: Double) -> String {
    guard number.isFinite else { return "" }
    guard number == number.rounded(), abs(number) < 0x1p53 else { return number.description }
    return String(Int64(number))
  }

  static func cell(_ number: Int) -> String { String(number) }

  /// One line with its end.
  static func line(_ cells: [String]) -> String {
    cells.joined(separator: ",") + "\n"
  }
}
