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
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Writes UTF-8, which is quicker to append to than a string.
private struct JSONWriter {
  let isIndented: Bool
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  init(isIndented: Bool) {
    self.isIndented = isIndented
  }

  mutating func write(_ node: Node) {
    switch node.kind {
    case .null: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .number(let value, _): put(number(value, node.integer))
    case .string(let value): write(value)
    case .array(let items):
      // A list of plain values reads better in one line.
      let isPlain = items.allSatisfy(\.isScalar)
      write(items, between: "[", "]", onLines: !isPlain) { $0.write($1) }
    case .object(let members):
      write(members, between: "{", "}", onLines: true) {
        $0.write($1.key)
        $0.put($0.isIndented ? ": " : ":")
        $0.write($1.value)
      }
    case .table(let table):
      put(isIndented ? "{\"csv\": " : "{\"csv\":")
      write(table.path)
      put("}")
    }
  }

  private mutating func put(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private func number(_ value: Double, _ integer: Int?) -> String {
    guard value.isFinite else { return "null" }
    return integer.map { "\($0)" } ?? numberText(value)
  }

  private mutating func write<Item>(
    _ items: [Item], between open: String, _ close: String, onLines: Bool,
    _ body: (inout JSONWriter, Item) -> Void
  ) {
    put(open)
    depth += 1
    for (position, item) in items.enumerated() {
      if position > 0 { put(isIndented && !onLines ? ", " : ",") }
      if onLines { breakLine() }
      body(&self, item)
    }
    depth -= 1
    if onLines && !items.isEmpty { breakLine() }
    put(close)
  }

  private mutating func breakLine() {
    guard isIndented else { return }
    put("\n")
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func write(_ string: String) {
    put("\"")
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): put("\\\"")
      case UInt8(ascii: "\\"): put("\\\\")
      case UInt8(ascii: "\n"): put("\\n")
      case UInt8(ascii: "\t"): put("\\t")
      case UInt8(ascii: "\r"): put("\\r")
      case ..<0x20: put("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    put("\"")
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
