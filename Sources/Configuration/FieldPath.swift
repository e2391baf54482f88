/// The way from the top of a scenario to one value: `demand.classes.chat.regions[2]`.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
  /// One step of the way.
  public enum Step: Sendable, Hashable {
    case key(String)
    case index(Int)
    /// Any name of an object whose keys the user chooses; only while recording.
    case anyName
    /// Any item of a list; only while recording.
    case anyItem
    /// One of the rules that may stand here; only while recording.
    case rule(String)
  }

  public var steps: [Step]

  public init(_ steps: [Step] = []) {
    self.steps = steps
  }

  public func appending(_ step: Step) -> FieldPath {
    FieldPath(steps + [step])
  }

  public func appending(_ key: String) -> FieldPath {
    appending(.key(key))
  }

  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key) where FieldPath.isPlain(key): text += text.isEmpty ? key : ".\(key)"
      case .key(let key): text += "[\"\(key)\"]"
      case .index(let index): text += "[\(index)]"
      case .anyName: text += text.isEmpty ? "NAME" : ".NAME"
      case .anyItem: text += "[]"
      case .rule(let name): text += "(\(name))"
      }
    }
    return text
  }

  private static func isPlain(_ key: String) -> Bool {
    !key.isEmpty
      && key.unicodeScalars.allSatisfy {
        switch $0 {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "$": true
        case "\u{80}"...: $0.properties.isAlphabetic
        case _: false
        }
      }
  }
}

extension FieldPath {
  /// Reads `a.b[2]["c.d"]`; nil where a step is empty or a bracket stays open.
  public init?(parsing text: some StringProtocol) {
    var steps: [Step] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      if rest.hasPrefix("[") {
        guard let step = FieldPath.bracket(&rest) else { return nil }
        steps.append(step)
      } else {
        if !steps.isEmpty {
          guard rest.removeFirst() == "." else { return nil }
        }
        let key = rest.prefix { $0 != "." && $0 != "[" }
        guard !key.isEmpty else { return nil }
        steps.append(.key(String(key)))
        rest = rest[key.endIndex...]
      }
    }
    guard !steps.isEmpty else { return nil }
    self.steps = steps
  }

  private static func bracket(_ rest: inout Substring) -> Step? {
    rest.removeFirst()
    if rest.first == "\"" {
      rest.removeFirst()
      guard let quote = rest.firstIndex(of: "\"") else { return nil }
      let key = rest[..<quote]
      rest = rest[rest.index(after: quote)...]
      guard rest.popFirst() == "]" else { return nil }
      return .key(String(key))
    }
    guard let end = rest.firstIndex(of: "]"), let index = Int(rest[..<end]), index >= 0 else {
      return nil
    }
    rest = rest[rest.index(after: end)...]
    return .index(index)
  }
}
