/// A value that remembers where it was written.
public struct Node: Sendable {
  /// What the value is.
  public enum Kind: Sendable {
    case null
    case bool(Bool)
    /// A number and the characters it was written with.
    case number(Double, text: String)
    case string(String)
    case array([Node])
    case object([Member])
    /// Apart, since it is many times larger than the others.
    indirect case table(Table)
  }

  public var kind: Kind
  public var location: SourceLocation

  public init(_ kind: Kind, at location: SourceLocation) {
    self.kind = kind
    self.location = location
  }
}

/// A key and its value inside an object.
public struct Member: Sendable {
  public var key: String
  public var keyLocation: SourceLocation
  public var value: Node

  public init(key: String, keyLocation: SourceLocation, value: Node) {
    self.key = key
    self.keyLocation = keyLocation
    self.value = value
  }

  /// What is wrong with the key as a name, which stands in lines of messages and tables; nil: nothing.
  ///
  /// - Parameter path: of the object that the member is in.
  public func nameIssue(at path: String) -> Issue? {
    guard key.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return nil
    }
    return Issue(
      .error, at: keyLocation, path: path,
      message: "expected names without control characters, found one",
      help: "names stand in tables and messages: write letters, digits and signs")
  }
}

extension Member {
  /// Stands in an object of which something could not be read, so that what it lacks is not the
  /// user's fault.
  public static let gap = Member(key: "", keyLocation: .nowhere, value: Node(.null, at: .nowhere))

  public var isGap: Bool { key.isEmpty && keyLocation == .nowhere }
}

extension Node {
  /// The object with a gap in it; other kinds as they are.
  public var withGap: Node {
    guard case .object(let members) = kind, !hasGap else { return self }
    return Node(.object(members + [.gap]), at: location)
  }

  public var hasGap: Bool {
    guard case .object(let members) = kind else { return false }
    return members.contains(where: \.isGap)
  }

  /// Where the first part begins that another file laid over the rest of the value; nil: there is
  /// none.
  var overlay: SourceLocation? {
    let parts: [(location: SourceLocation, value: Node)]
    switch kind {
    case .object(let members): parts = members.map { ($0.keyLocation, $0.value) }
    case .array(let items): parts = items.map { ($0.location, $0) }
    case .null, .bool, .number, .string, .table: parts = []
    }
    for part in parts {
      if part.location.file != location.file { return part.location }
      if let overlay = part.value.overlay { return overlay }
    }
    return nil
  }

  /// The value of a key of an object; nil for other kinds and unknown keys.
  public subscript(key: String) -> Node? {
    guard case .object(let members) = kind else { return nil }
    return members.first { $0.key == key }?.value
  }

  public var isObject: Bool {
    if case .object = kind { return true }
    return false
  }

  /// Whether the value says that something is left out: `null` or `"none"`.
  public var isNone: Bool {
    switch kind {
    case .null: true
    case .string(let text): text == "none"
    case .bool, .number, .array, .object, .table: false
    }
  }

  /// The number, unless it is NaN, infinite, or not a number at all.
  public var finiteNumber: Double? {
    guard case .number(let value, _) = kind, value.isFinite else { return nil }
    return value
  }

  /// The number as an exact integer.
  ///
  /// Integer literals keep all 64 bits; fractions such as `2.0` and `1e6` are taken up to 2⁵³,
  /// the largest range in which a `Double` is an exact integer.
  public var integer: Int? {
    guard case .number(let value, let text) = kind else { return nil }
    if let exact = Int(text) { return exact }
    guard value.magnitude <= 9_007_199_254_740_992 else { return nil }
    return Int(exactly: value)
  }

  /// The text of a string.
  public var string: String? {
    guard case .string(let text) = kind else { return nil }
    return text
  }

  /// What was found, in the words of a message.
  public var brief: String {
    switch kind {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(_, let text): text.count <= 40 ? text : text.prefix(40) + "…"
    case .string(let text): quoted(text)
    case .array(let items): items.isEmpty ? "an empty list" : "a list"
    case .object: "an object"
    case .table: "a table"
    }
  }
}

/// The text between quotes, on one line and cut after 60 characters.
func quoted(_ text: String) -> String {
  let line = text.map { $0.isNewline ? " " : $0 }
  return "\"" + (line.count <= 60 ? String(line) : String(line.prefix(60)) + "…") + "\""
}
