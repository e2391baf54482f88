extension Node {
  /// The value as JSON, the same text for the same value whatever the spelling in the source.
  ///
  /// Whole numbers keep all their digits, others are written as the shortest text that reads back
  /// the same; keys stay in their order. A table is the reference that the scenario wrote.
  ///
  /// - Parameter indented: two spaces a level and a line a value, instead of one line.
  public func json(indented: Bool = false) -> String {
    var writer = JSONWriter(isIndented: indented)
    writer.write(self)
    return writer.text
  }
}

private struct JSONWriter {
  let isIndented: Bool
  var text = ""
  var depth = 0

  mutating func write(_ node: Node) {
    switch node.kind {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value, _): text += number(value, node.integer)
    case .string(let value): write(value)
    case .array(let items):
      // A list of plain values reads better in one line.
      let isPlain = items.allSatisfy(\.isScalar)
      write(items, between: "[", "]", onLines: !isPlain) { $0.write($1) }
    case .object(let members):
      write(members, between: "{", "}", onLines: true) {
        $0.write($1.key)
        $0.text += $0.isIndented ? ": " : ":"
        $0.write($1.value)
      }
    case .table(let table):
      text += isIndented ? "{\"csv\": " : "{\"csv\":"
      write(table.path)
      text += "}"
    }
  }

  private func number(_ value: Double, _ integer: Int?) -> String {
    guard value.isFinite else { return "null" }
    return integer.map { "\($0)" } ?? numberText(value)
  }

  private mutating func write<Item>(
    _ items: [Item], between open: String, _ close: String, onLines: Bool,
    _ body: (inout JSONWriter, Item) -> Void
  ) {
    text += open
    depth += 1
    for (position, item) in items.enumerated() {
      if position > 0 { text += isIndented && !onLines ? ", " : "," }
      if onLines { breakLine() }
      body(&self, item)
    }
    depth -= 1
    if onLines && !items.isEmpty { breakLine() }
    text += close
  }

  private mutating func breakLine() {
    guard isIndented else { return }
    text += "\n" + String(repeating: "  ", count: depth)
  }

  private mutating func write(_ string: String) {
    text += "\""
    defer { text += "\"" }
    let isPlain = string.utf8.allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    guard !isPlain else {
      text += string
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "\0"..." ":
        let digits = String(scalar.value, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.count)
        text += scalar == " " ? " " : "\\u" + zeros + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Node {
  fileprivate var isScalar: Bool {
    switch kind {
    case .null, .bool, .number, .string: true
    case .array, .object, .table: false
    }
  }
}
