extension FieldReader {
  /// An object, or nil where the key is absent, null or `"none"`.
  public mutating func object<T>(
    _ key: String, _ meaning: String, _ read: (inout FieldReader) -> T
  ) -> T? {
    var field: Field { Field(key: key, kind: .object, meaning: meaning, fallback: .null) }
    guard let node = find(key, .allowed, field) else {
      return isRecording ? nested(in: key, reading: nil, read) : nil
    }
    if node.isNone {
      record(field, value: node)
      return nil
    }
    return isObject(node, field) ? nested(in: key, reading: node, read) : nil
  }

  /// An object that must be written; where it is missing, that alone is reported.
  public mutating func required<T>(
    _ key: String, _ meaning: String, _ read: (inout FieldReader) -> T
  ) -> T {
    var field: Field { Field(key: key, kind: .object, meaning: meaning) }
    let node = find(key, .refused, field)
    return nested(in: key, reading: node.flatMap { isObject($0, field) ? $0 : nil }, read)
  }

  /// An object whose fields hold their defaults where it is absent.
  public mutating func section<T>(
    _ key: String, _ meaning: String, _ read: (inout FieldReader) -> T
  ) -> T {
    var field: Field { Field(key: key, kind: .object, meaning: meaning, fallback: .object([])) }
    guard let node = find(key, .defaulted, field) else {
      let empty = mode == .reading ? Node(.object([]), at: location) : nil
      return nested(in: key, reading: empty, read)
    }
    return nested(in: key, reading: isObject(node, field) ? node : nil, read)
  }

  /// Objects under names that the user chooses, in file order; those that are null or `"none"`
  /// are left out. More than `most` are an issue, and those behind are not read.
  public mutating func named<T>(
    _ key: String, _ meaning: String, atMost most: Int = FieldReader.mostNames,
    _ read: (String, inout FieldReader) -> T
  ) -> [(name: String, value: T)] {
    func field(_ kind: FieldKind) -> Field {
      Field(key: key, kind: kind, meaning: meaning, fallback: .object([]))
    }
    guard let node = find(key, .defaulted, field(.named)) else {
      guard isRecording else { return [] }
      return [("NAME", nested(in: key, .anyName, reading: nil) { read("NAME", &$0) })]
    }
    if node.isNone {
      record(field(.named), value: node)
      return []
    }
    guard isObject(node, field(.named)), case .object(let members) = node.kind else { return [] }
    if members.count > most {
      report(
        at: node.location, place: place.appending(key), expected: "at most \(most) of them",
        found: "\(members.count)", help: "make one of those that differ little")
    }
    return members.prefix(most).compactMap { member in
      let (value, step) = (member.value, FieldPath.Step.key(member.key))
      if let issue = member.nameIssue(at: place.appending(key).description) {
        context.report(issue)
        return nil
      }
      if value.isNone { return nil }
      guard isObject(value, field(.object), at: step) else {
        context.lose(name: member.key)
        return nil
      }
      return (
        member.key,
        nested(in: key, step, reading: value) { read(member.key, &$0) }
      )
    }
  }

  /// Numbers under names that the user chooses, in file order.
  ///
  /// - Parameter example: a name that the reference shows.
  public mutating func namedNumbers(
    _ key: String, _ meaning: String, unit: String = "", in range: ClosedRange<Double>,
    source: String = "", example: String = "NAME"
  ) -> [(name: String, value: Double)] {
    let any = Field(
      key: example, kind: .number(range), meaning: meaning, unit: unit, source: source,
      isAnyName: true)
    return namedValues(key, any) { fields, name in
      fields.number(name, meaning, unit: unit, in: range, source: source)
    }
  }

  /// Texts under names that the user chooses, in file order.
  ///
  /// - Parameter example: a name that the reference shows, and its text.
  public mutating func namedTexts(
    _ key: String, _ meaning: String, example: (name: String, text: String)
  ) -> [(name: String, value: String)] {
    let any = Field(
      key: example.name, kind: .text, meaning: meaning, example: .string(example.text),
      isAnyName: true)
    return namedValues(key, any) { $0.text($1, meaning) }
  }

  private mutating func namedValues<T>(
    _ key: String, _ any: Field, _ read: (inout FieldReader, String) -> T
  ) -> [(name: String, value: T)] {
    let pairs = object(key, any.meaning) { fields in
      if fields.isRecording {
        _ = fields.find(any.key, .refused, any)
        return [(name: String, value: T)]()
      }
      return fields.keys.map { ($0, read(&fields, $0)) }
    }
    return pairs ?? []
  }

  /// A list of objects.
  public mutating func list<T>(
    _ key: String, _ meaning: String, _ read: (inout FieldReader) -> T
  ) -> [T] {
    func field(_ kind: FieldKind) -> Field {
      Field(key: key, kind: kind, meaning: meaning, fallback: .array([]))
    }
    guard let (node, items) = items(key, .defaulted, field(.list)) else {
      return isRecording ? [nested(in: key, .anyItem, reading: nil, read)] : []
    }
    record(field(.list), value: node)
    return items.enumerated().compactMap { position, item in
      guard isObject(item, field(.object), at: .index(position)) else { return nil }
      return nested(in: key, .index(position), reading: item, read)
    }
  }

  /// An object as it was written, for an asker that reads it by itself; nil where it is absent, null
  /// or `"none"`.
  public mutating func tree(
    _ key: String, _ meaning: String, example: KeyValuePairs<String, Double>? = nil
  ) -> Node? {
    var field: Field {
      Field(
        key: key, kind: .tree, meaning: meaning,
        example: example.map { Node.object($0.map { ($0, .made(.number($1))) }).kind },
        fallback: .null)
    }
    guard let node = find(key, .allowed, field) else { return nil }
    if node.isNone {
      record(field, value: node)
      return nil
    }
    return isObject(node, field) ? node : nil
  }

  /// The rows of a CSV file, or nil where the key is absent, null or `"none"`, and where the file
  /// could not be read, which its reader has reported.
  ///
  /// - Parameter isRequired: whether that is an issue.
  public mutating func table(
    _ key: String, _ meaning: String, isRequired: Bool = false
  ) -> Table? {
    var field: Field {
      Field(key: key, kind: .table, meaning: meaning, fallback: isRequired ? nil : .null)
    }
    guard let node = find(key, isRequired ? .refused : .allowed, field) else { return nil }
    if case .table(let table) = node.kind {
      record(field, value: node)
      return table.isRead ? table : nil
    }
    if node.isNone, !isRequired {
      record(field, value: node)
    } else {
      refuse(node, field)
    }
    return nil
  }
}

extension FieldReader {
  /// Entries under names of the user's, where a reader does not say how many there may be.
  public static let mostNames = 1_000

  /// Runs a reader over an object below this one; nil reads placeholders in silence.
  func nested<T>(
    in key: String, _ step: FieldPath.Step? = nil, reading node: Node?,
    recordingRules rules: [[String]] = [], _ read: (inout FieldReader) -> T
  ) -> T {
    let place = place.appending(key)
    var reader = FieldReader(
      node ?? Node(.object([]), at: location), context: context,
      place: step.map(place.appending) ?? place,
      mode: isRecording ? .recording : node == nil ? .silent : .reading, inGap: lacks,
      enclosingRules: enclosingRules + rules)
    let value = read(&reader)
    reader.finish()
    return value
  }

  /// Whether the node is an object, which is then recorded as written; anything else is refused.
  private func isObject(
    _ node: Node, _ field: @autoclosure () -> Field, at step: FieldPath.Step? = nil
  ) -> Bool {
    guard node.isObject else {
      refuse(node, field(), at: step)
      return false
    }
    record(field(), value: node, at: step)
    return true
  }
}
