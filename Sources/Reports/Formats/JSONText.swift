/// A JSON value whose members keep their order, so that equal results give equal bytes.
indirect enum JSONValue {
  case null
  case bool(Bool)
  case integer(Int)
  case unsigned(UInt64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// An array on one line.
  case row([JSONValue])
  case object([(key: String, value: JSONValue)])
}

extension JSONValue {
  /// Indented text; numbers that are not finite become null.
  var text: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .number(let value): text += value.isFinite ? CSV.cell(value) : "null"
    case .string(let value): Self.quote(value, to: &text)
    case .array(let values):
      Self.write(values, between: ("[", "]"), to: &text, indent: indent) { value, text, indent in
        value.write(to: &text, indent: indent)
      }
    case .row(let values):
      text += "["
      for (index, value) in values.enumerated() {
        text += index == 0 ? "" : ", "
        value.write(to: &text, indent: indent)
      }
      text += "]"
    case .object(let members):
      Self.write(members, between: ("{", "}"), to: &text, indent: indent) { member, text, indent in
        Self.quote(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], between brackets: (String, String), to text: inout String,
    indent: String, element: (Element, inout String, String) -> Void
  ) {
    text += brackets.0
    let deeper = indent + "  "
    for (index, value) in elements.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + deeper
      element(value, &text, deeper)
    }
    text += (elements.isEmpty ? "" : "\n" + indent) + brackets.1
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\u{0}"..<" ":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      case _: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension JSONValue {
  static func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
}
