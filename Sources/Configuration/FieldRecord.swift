/// One field that a reader was asked for, with what was found or taken instead.
///
/// `depinsim explain`, `explain --effective` and the schema are made of these.
public struct FieldRecord: Sendable {
  public var path: FieldPath
  public var kind: FieldKind
  public var meaning: String
  public var unit: String
  /// Where the default comes from: a document, a section, a date read.
  public var source: String
  /// A value worth showing, where neither the default nor the range gives one that would do.
  public var example: Node?
  /// Whether another field stands in its place in an example of the object around it.
  public var isAlternative = false
  /// Whether its key is one of any number of names that the user chooses.
  public var isAnyName = false
  /// What holds when the field is left out; nil where it must be written.
  public var fallback: Node?
  /// What holds; nil while recording a field that must be written.
  public var value: Node?
  /// Where the value was written; nil when it is the default.
  public var location: SourceLocation?

  /// Whether a scenario without this field is refused.
  public var isRequired: Bool { fallback == nil }

  /// Where the default comes from; empty where nothing is taken for granted.
  public var origin: String {
    guard source.isEmpty, let fallback, !fallback.isBlank else { return source }
    return "assumption"
  }

  /// The unit, `1` for a number that has none; empty for what is no number.
  public var unitText: String {
    switch kind {
    case .number, .count, .numbers: unit.isEmpty ? "1" : unit
    case .flag, .text, .choice, .choices, .moment, .texts, .table, .object, .list, .named, .rule,
      .rules, .tree:
      unit
    }
  }
}

extension FieldKind {
  /// Whether an object with fields of its own may stand here, none of them under a name that the
  /// user chooses.
  public var isObject: Bool {
    if case .object = self { true } else { false }
  }

  /// Whether an object whose keys are names that the user chooses may stand here.
  public var isNamed: Bool {
    if case .named = self { true } else { false }
  }
}

/// What may stand in a field.
public enum FieldKind: Sendable {
  /// One of the rules that may stand in a field.
  public struct Rule: Sendable, Hashable {
    public var name: String
    public var summary: String
    public var source: String
    /// The key of the number that is all the rule needs; nil where it needs more.
    var number: String?
  }

  case number(ClosedRange<Double>)
  case count(ClosedRange<Int>)
  case flag
  case text
  case choice([String])
  case choices([String])
  case moment
  case numbers(ClosedRange<Double>, count: ClosedRange<Int>)
  case texts
  case table
  case object
  case list
  case named
  case rule([Rule])
  case rules([Rule])
  /// Values that the asker understands without the reader's help.
  case tree
}
