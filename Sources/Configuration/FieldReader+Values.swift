extension FieldReader {
  /// A finite number in a range.
  public mutating func number(
    _ key: String, _ meaning: String, unit: String = "", in range: ClosedRange<Double>,
    default fallback: Double? = nil, source: String = "", example: Double? = nil
  ) -> Double {
    let value = number(
      key, range, Absence(default: fallback),
      Field(
        key: key, kind: .number(range), meaning: meaning, unit: unit, source: source,
        example: example.map(Node.Kind.number), fallback: fallback.map(Node.Kind.number)))
    return value ?? fallback ?? range.harmless
  }

  /// A finite number in a range, or nil where the key is absent, null or `"none"`.
  public mutating func optionalNumber(
    _ key: String, _ meaning: String, unit: String = "", in range: ClosedRange<Double>,
    source: String = "", example: Double? = nil
  ) -> Double? {
    number(
      key, range, .allowed,
      Field(
        key: key, kind: .number(range), meaning: meaning, unit: unit, source: source,
        example: example.map(Node.Kind.number), fallback: .null))
  }

  /// A number from 0 to 1.
  public mutating func share(
    _ key: String, _ meaning: String, default fallback: Double? = nil, source: String = "",
    example: Double? = nil
  ) -> Double {
    number(key, meaning, in: 0...1, default: fallback, source: source, example: example)
  }

  /// A number from 0 to 1, or nil where the key is absent, null or `"none"`.
  public mutating func optionalShare(
    _ key: String, _ meaning: String, source: String = ""
  ) -> Double? {
    optionalNumber(key, meaning, in: 0...1, source: source)
  }

  /// A whole number in a range.
  public mutating func count(
    _ key: String, _ meaning: String, unit: String = "", in range: ClosedRange<Int>,
    default fallback: Int? = nil, source: String = ""
  ) -> Int {
    let value = count(
      key, range, Absence(default: fallback),
      Field(
        key: key, kind: .count(range), meaning: meaning, unit: unit, source: source,
        fallback: fallback.map(Node.Kind.count)))
    return value ?? fallback ?? (range.contains(1) ? 1 : range.lowerBound)
  }

  /// A whole number in a range, or nil where the key is absent, null or `"none"`.
  public mutating func optionalCount(
    _ key: String, _ meaning: String, unit: String = "", in range: ClosedRange<Int>,
    source: String = ""
  ) -> Int? {
    count(
      key, range, .allowed,
      Field(
        key: key, kind: .count(range), meaning: meaning, unit: unit, source: source,
        fallback: .null))
  }

  /// True or false.
  public mutating func flag(
    _ key: String, _ meaning: String, default fallback: Bool? = nil, source: String = ""
  ) -> Bool {
    let value = accept(
      key, Absence(default: fallback),
      Field(
        key: key, kind: .flag, meaning: meaning, source: source,
        fallback: fallback.map(Node.Kind.bool))
    ) { node in
      if case .bool(let value) = node.kind { value } else { nil }
    }
    return value ?? fallback ?? false
  }

  /// A text of any length.
  public mutating func text(
    _ key: String, _ meaning: String, default fallback: String? = nil, source: String = "",
    example: String? = nil
  ) -> String {
    let value = accept(
      key, Absence(default: fallback),
      Field(
        key: key, kind: .text, meaning: meaning, source: source,
        example: example.map(Node.Kind.string), fallback: fallback.map(Node.Kind.string)),
      \.string)
    return value ?? fallback ?? ""
  }

  /// A text, or nil where the key is absent, null or `"none"`.
  public mutating func optionalText(
    _ key: String, _ meaning: String, source: String = "", example: String? = nil,
    isAlternative: Bool = false
  ) -> String? {
    accept(
      key, .allowed,
      Field(
        key: key, kind: .text, meaning: meaning, source: source,
        example: example.map(Node.Kind.string), isAlternative: isAlternative, fallback: .null),
      \.string)
  }

  /// One of the named cases of an enum.
  public mutating func choice<C: CaseIterable & RawRepresentable & Sendable>(
    _ key: String, _ meaning: String, default fallback: C? = nil, source: String = ""
  ) -> C where C.RawValue == String {
    let value = accept(
      key, Absence(default: fallback),
      Field(
        key: key, kind: .choice(C.allCases.map(\.rawValue)), meaning: meaning, source: source,
        fallback: fallback.map { .string($0.rawValue) })
    ) { node in
      node.string.flatMap(C.init(rawValue:))
    }
    if value == nil, fallback == nil { hidesKeys = true }
    guard let answer = value ?? fallback ?? C.allCases.first else {
      preconditionFailure("a choice needs an enum with at least one case")
    }
    return answer
  }

  /// A point in time, in days since the start, written as a date or as a day number.
  public mutating func moment(
    _ key: String, _ meaning: String, default fallback: Double? = nil, source: String = ""
  ) -> Double {
    let value = moment(
      key, Absence(default: fallback),
      Field(
        key: key, kind: .moment, meaning: meaning, source: source,
        fallback: fallback.map(Node.Kind.number)))
    return value ?? fallback ?? 0
  }

  /// A point in time, in days since the start, or nil where the key is absent, null or `"none"`.
  public mutating func optionalMoment(
    _ key: String, _ meaning: String, source: String = "", example: String? = nil
  ) -> Double? {
    moment(
      key, .allowed,
      Field(
        key: key, kind: .moment, meaning: meaning, source: source,
        example: example.map(Node.Kind.string), fallback: .null))
  }
}

extension FieldReader {
  private mutating func number(
    _ key: String, _ range: ClosedRange<Double>, _ absence: Absence,
    _ field: @autoclosure () -> Field
  ) -> Double? {
    accept(key, absence, field()) { node in
      node.finiteNumber.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private mutating func count(
    _ key: String, _ range: ClosedRange<Int>, _ absence: Absence, _ field: @autoclosure () -> Field
  ) -> Int? {
    accept(key, absence, field()) { node in
      node.integer.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private mutating func moment(
    _ key: String, _ absence: Absence, _ field: @autoclosure () -> Field
  ) -> Double? {
    let context = context
    return accept(key, absence, field()) { node in context.day(of: node) }
  }

  /// The value of a field, nil where it is absent, left out or refused.
  private mutating func accept<Value>(
    _ key: String, _ absence: Absence, _ field: @autoclosure () -> Field,
    _ read: (Node) -> Value?
  ) -> Value? {
    guard let node = find(key, absence, field()) else { return nil }
    if absence == .allowed, node.isNone {
      record(field(), value: node)
      return nil
    }
    guard let value = read(node) else {
      refuse(node, field())
      return nil
    }
    record(field(), value: node)
    return value
  }
}

extension ReadingContext {
  /// Days before or after the start that a moment may lie, about ten thousand years.
  static let furthestDay = 3_652_425.0

  /// Days since the start, from a date or a day number.
  func day(of node: Node) -> Double? {
    let day = node.string.map(day(of:)) ?? node.finiteNumber
    return day.flatMap { $0.magnitude <= Self.furthestDay ? $0 : nil }
  }
}

extension Node.Kind {
  static func number(_ value: Double) -> Self { .number(value, text: numberText(value)) }
  static func count(_ value: Int) -> Self { .number(Double(value), text: "\(value)") }
}
