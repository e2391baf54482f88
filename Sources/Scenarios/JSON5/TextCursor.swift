internal import Configuration

/// A place in a UTF-8 text that knows its line and column.
///
/// Columns are counted from the last place asked about, so that the whole text is counted once.
struct TextCursor {
  let bytes: [UInt8]
  /// State: offset of the next byte.
  private(set) var position = 0
  /// State: number of the current line, from 1.
  private(set) var line = 1
  /// Cache: an earlier offset on the line and its column.
  private var counted = (offset: 0, column: 1)

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark is no column.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
      counted.offset = 3
    }
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The next byte, and NUL at the end.
  var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

  /// The byte after the next one, and NUL beyond the end.
  var following: UInt8 { position + 1 < bytes.count ? bytes[position + 1] : 0 }

  /// The next scalar; nil at the end. The text is valid UTF-8.
  var scalar: Unicode.Scalar? {
    var iterator = bytes[position..<min(position + 4, bytes.count)].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return scalar
  }

  mutating func advance(by count: Int = 1) {
    position += count
  }

  mutating func advance(over scalar: Unicode.Scalar) {
    position += UTF8.width(scalar)
  }

  /// Passes LF, CR LF or CR and begins a line; false where there is none.
  mutating func passNewline() -> Bool {
    switch byte {
    case UInt8(ascii: "\r"): position += following == UInt8(ascii: "\n") ? 2 : 1
    case UInt8(ascii: "\n"): position += 1
    default: return false
    }
    line += 1
    counted = (position, 1)
    return true
  }

  /// The line and column of the next byte.
  mutating func mark() -> Mark {
    var column = counted.column
    for byte in bytes[counted.offset..<position] where byte & 0xC0 != 0x80 {
      column += 1
    }
    counted = (position, column)
    return Mark(line: line, column: column)
  }

  /// The text between an offset and the next byte.
  func text(from start: Int) -> String {
    String(decoding: bytes[start..<position], as: UTF8.self)
  }
}

/// A line and a column, both from 1.
struct Mark {
  var line: Int
  var column: Int

  func location(in file: String, length: Int = 1) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column, length: max(1, length))
  }
}
