extension FieldReader {
  /// A list of finite numbers in a range.
  public mutating func numbers(
    _ key: String, _ meaning: String, unit: String = "",
    in range: ClosedRange<Double> = .anyNumber, count: ClosedRange<Int> = 0 ... .max,
    default fallback: [Double]? = nil, source: String = ""
  ) -> [Double] {
    var field: Field {
      Field(
        key: key, kind: .numbers(range, count: count), meaning: meaning, unit: unit, source: source,
        fallback: fallback.map { .array($0.map { Node(.number($0), at: .nowhere) }) })
    }
    // A caller that asked for n numbers indexes them: the placeholder has as many.
    let otherwise = fallback ?? Array(repeating: range.harmless, count: count.lowerBound)
    guard let (node, items) = items(key, Absence(default: fallback), field) else {
      return otherwise
    }
    let values = items.map { item in
      item.finiteNumber.flatMap { range.contains($0) ? $0 : nil }
    }
    refuse(items, unless: values, field, each: .number(range))
    guard count.contains(items.count) else {
      refuseCount(node, items, field)
      return otherwise
    }
    let accepted = values.compactMap { $0 }
    guard accepted.count == items.count else { return otherwise }
    record(field, value: node)
    return accepted
  }

  /// A list of texts.
  public mutating func texts(
    _ key: String, _ meaning: String, default fallback: [String]? = nil, source: String = "",
    example: [String]? = nil
  ) -> [String] {
    var field: Field {
      Field(
        key: key, kind: .texts, meaning: meaning, source: source,
        example: example.map { .array($0.map { Node(.string($0), at: .nowhere) }) },
        fallback: fallback.map { .array($0.map { Node(.string($0), at: .nowhere) }) })
    }
    guard let (node, items) = items(key, Absence(default: fallback), field) else {
      return fallback ?? []
    }
    let values = items.map(\.string)
    refuse(items, unless: values, field, each: .text)
    let accepted = values.compactMap { $0 }
    guard accepted.count == items.count else { return fallback ?? [] }
    record(field, value: node)
    return accepted
  }

  /// A list of named cases of an enum, each at most once.
  public mutating func choices<C: CaseIterable & RawRepresentable & Sendable>(
    _ key: String, _ meaning: String, default fallback: [C]? = nil, source: String = ""
  ) -> [C] where C.RawValue == String {
    let names = C.allCases.map(\.rawValue)
    var field: Field {
      Field(
        key: key, kind: .choices(names), meaning: meaning, source: source,
        fallback: fallback.map { .array($0.map { Node(.string($0.rawValue), at: .nowhere) }) })
    }
    guard let (node, items) = items(key, Absence(default: fallback), field) else {
      return fallback ?? []
    }
    let values = items.map { $0.string.flatMap(C.init(rawValue:)) }
    refuse(items, unless: values, field, each: .choice(names))
    var seen: Set<String> = []
    for (position, item) in items.enumerated() {
      guard let name = values[position]?.rawValue, !seen.insert(name).inserted else { continue }
      report(
        at: item.location, place: place.appending(key).appending(.index(position)),
        expected: "each name once", found: "\(quoted(name)) again", help: "leave one of them out")
    }
    let accepted = values.compactMap { $0 }
    guard accepted.count == items.count, seen.count == items.count else { return fallback ?? [] }
    record(field, value: node)
    return accepted
  }
}

extension FieldReader {
  /// The items of a list; a value that is no list is refused.
  mutating func items(
    _ key: String, _ absence: Absence, _ field: @autoclosure () -> Field
  ) -> (node: Node, items: [Node])? {
    guard let node = find(key, absence, field()) else { return nil }
    guard case .array(let items) = node.kind else {
      refuse(node, field())
      return nil
    }
    return (node, items)
  }

  /// Reports every item that could not be read.
  private func refuse<Value>(
    _ items: [Node], unless values: [Value?], _ field: @autoclosure () -> Field,
    each kind: FieldKind
  ) {
    for (position, item) in items.enumerated() where values[position] == nil {
      var field = field()
      field.kind = kind
      refuse(item, field, at: .index(position))
    }
  }

  private func refuseCount(_ node: Node, _ items: [Node], _ field: Field) {
    report(
      at: node.location, place: place.appending(field.key),
      expected: field.kind.expectation(unit: field.unit),
      found: items.count == 1 ? "1 item" : "\(items.count) items", help: "")
  }
}
