/// Reads the fields of one object, keeps going after errors, and remembers what it was asked for.
///
/// A policy reads its own parameters in its initialiser:
///
///     init(reading fields: inout FieldReader) {
///       initial = fields.number("initialTokens", "emission of epoch 0", in: .nonNegative)
///     }
///
/// A wrong field becomes an issue and reads as a harmless placeholder, so that one reading finds
/// everything that is wrong. The same calls, made by a reader that only records, write the
/// documentation of the fields.
public struct FieldReader {
  /// What the reader does with a field.
  enum Mode {
    /// Looks the field up, records it and reports what is wrong with it.
    case reading
    /// Records the field; there is no object.
    case recording
    /// Answers with placeholders, because the missing object has been reported already.
    case silent
  }

  let context: ReadingContext
  let mode: Mode
  /// Where the object stands in the tree.
  let place: FieldPath
  /// Where the object is written.
  public let location: SourceLocation
  /// Whether the object, or one around it, has a gap.
  let lacks: Bool
  private let members: [Member]
  /// Cache: position of each key in `members`; only for objects too large to search.
  private let index: [String: Int]
  /// State: the keys asked for so far, in order.
  private var asked: [String] = []
  /// State: what was said of keys that are missing, by key.
  private var missing: [String: Issue] = [:]
  /// State: whether a choice that decides which keys there are could not be read.
  var hidesKeys = false
  /// Parameter: the lists of rules that are being recorded around this reader.
  let enclosingRules: [[String]]

  /// A reader of the top of a tree; call ``finish()`` when all fields have been asked for.
  public init(_ node: Node, context: ReadingContext) {
    self.init(node, context: context, place: FieldPath())
    if case .object = node.kind { return }
    report(
      at: node.location, place: place, expected: "an object", found: node.brief,
      help: "write the whole scenario between { and }")
  }

  /// A reader that finds nothing, records every field and answers with defaults and placeholders.
  public static func recording(into context: ReadingContext) -> FieldReader {
    FieldReader(
      Node(.object([]), at: .nowhere), context: context, place: FieldPath(), mode: .recording)
  }

  init(
    _ node: Node, context: ReadingContext, place: FieldPath, mode: Mode = .reading,
    inGap: Bool = false, enclosingRules: [[String]] = []
  ) {
    self.context = context
    self.mode = mode
    self.place = place
    self.location = node.location
    lacks = inGap || context.hasGaps && node.hasGap
    self.enclosingRules = enclosingRules
    if case .object(let members) = node.kind {
      self.members = members
    } else {
      members = []
    }
    index =
      members.count <= 16
      ? [:]
      : Dictionary(
        members.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The key path of the object; empty at the top.
  public var path: String { place.description }

  /// Whether the user wrote this key. Asking does not make the key known.
  public func has(_ key: String) -> Bool {
    member(key) != nil
  }

  /// Whether the user wrote this key with something other than null or `"none"`.
  public func hasSome(_ key: String) -> Bool {
    member(key).map { !$0.value.isNone } ?? false
  }

  /// The keys the user wrote, in file order.
  public var keys: [String] { members.lazy.filter { !$0.isGap }.map(\.key) }

  /// Days from 1 January 1970 to the start of the scenario.
  public var startDay: Int { context.startDay }

  /// Errors found so far, here and in all that was read before.
  ///
  /// Where it grows while values are read, they are placeholders: what they say together means
  /// nothing, and judging it would blame the user for it.
  public var errorCount: Int { context.errorCount }

  /// Whether nothing is read, and fields are only recorded.
  public var isRecording: Bool { mode == .recording }

  /// Reports every key that nobody asked for. Nested readers finish by themselves.
  public mutating func finish() {
    guard mode == .reading else { return }
    guard !hidesKeys else { return blameMisspellings() }
    // A few keys are found sooner one by one.
    let known = members.count > 16 ? Set(asked) : []
    for member in members
    where !(known.isEmpty ? asked.contains(member.key) : known.contains(member.key))
      && !member.isGap
    {
      refuse(unknown: member, help: unknownKeyHelp(member))
    }
  }

  /// Reports what only the models can see: that a value, alone or with others, makes no sense.
  ///
  /// Without a key the issue stands at the object; without `found` the value itself is quoted.
  ///
  /// - Parameter alone: whether it is wrong whatever stands beside it.
  public mutating func refuse(
    _ key: String? = nil, expected: String, found: String? = nil, help: String = "",
    alone: Bool = false
  ) {
    judge(.error, key, alone: alone, expected: expected, found: found, help: help)
  }

  /// Whether a name is that of something in the scenario that could not be read.
  public func hasLost(name: String) -> Bool { context.hasLost(name: name) }

  /// Reports a name, given where one of the scenario's own is meant, that is none of them.
  ///
  /// - Parameter help: what to do where there are none at all.
  public mutating func refuse(
    name: String, _ key: String, expected: String, among names: [String], ifNone help: String
  ) {
    if hasLost(name: name) { return }
    let choice =
      nearestName(to: name, among: names).map { "did you mean \(quoted($0))?" }
      ?? "one of " + names.joined(separator: ", ")
    refuse(
      key, expected: expected, found: quoted(name), help: names.isEmpty ? help : choice, alone: true
    )
  }

  /// Reports what may be meant but looks doubtful; the scenario still runs.
  public mutating func warn(
    _ key: String? = nil, expected: String, found: String? = nil, help: String = ""
  ) {
    judge(.warning, key, expected: expected, found: found, help: help)
  }
}

extension SourceLocation {
  /// The location of what nobody wrote.
  public static let nowhere = SourceLocation(file: "", line: 1, column: 1)
}

extension FieldReader {
  /// What it means that a field is left out.
  enum Absence {
    case refused
    case defaulted
    /// `null` and `"none"` mean the same.
    case allowed

    init(default fallback: (some Any)?) {
      self = fallback == nil ? .refused : .defaulted
    }
  }

  /// A question for one field.
  ///
  /// Most fields are answered without the words of their question, so that it is put together only
  /// where it is recorded or the answer is refused.
  struct Field {
    var key: String
    var kind: FieldKind
    var meaning: String
    var unit = ""
    var source = ""
    var example: Node.Kind?
    var isAlternative = false
    var isAnyName = false
    /// What holds when the field is left out; nil where it must be written.
    var fallback: Node.Kind?
  }

  func member(_ key: String) -> Member? {
    guard members.count > 16 else { return members.first { $0.key == key } }
    return index[key].map { members[$0] }
  }

  /// The value of a field, or nil where the caller answers with its default or a placeholder.
  ///
  /// Notes the key as known, records an absent field and reports a missing one. The caller records
  /// or refuses a value that is there.
  mutating func find(
    _ key: String, _ absence: Absence, _ field: @autoclosure () -> Field
  ) -> Node? {
    asked.append(key)
    switch mode {
    case .silent: return nil
    case .recording:
      record(field(), value: nil)
      return nil
    case .reading:
      if let member = member(key) { return member.value }
      if absence == .refused { reportMissing(field()) }
      record(field(), value: nil)
      return nil
    }
  }

  /// Notes the value that holds for a field; nil for its default.
  func record(
    _ field: @autoclosure () -> Field, value: Node?, at step: FieldPath.Step? = nil
  ) {
    guard context.keepsRecords else { return }
    let field = field()
    let fallback = field.fallback.map { Node($0, at: .nowhere) }
    let path = place.appending(field.key)
    context.record(
      FieldRecord(
        path: step.map(path.appending) ?? path, kind: field.kind, meaning: field.meaning,
        unit: field.unit, source: field.source,
        example: field.example.map { Node($0, at: .nowhere) }, isAlternative: field.isAlternative,
        isAnyName: field.isAnyName, fallback: fallback, value: value ?? fallback,
        location: value.flatMap { $0.location == .nowhere ? nil : $0.location }))
  }

  /// Reports a value that a field cannot take.
  func refuse(_ node: Node, _ field: Field, at step: FieldPath.Step? = nil) {
    let path = place.appending(field.key)
    report(
      at: node.location, place: step.map(path.appending) ?? path,
      expected: field.kind.expectation(unit: field.unit), found: node.brief,
      help: field.kind.help(
        for: node, unit: field.unit, day: node.string.flatMap(context.day(of:))))
  }

  func report(
    at location: SourceLocation, place: FieldPath, expected: String, found: String, help: String
  ) {
    guard mode == .reading else { return }
    context.noteRefusal(at: place)
    context.report(
      Issue(
        .error, at: location, path: place.description,
        message: "expected \(expected), found \(found)", help: help))
  }

  /// Reports the keys that nearly are missing ones, where it is not known which others there are.
  private mutating func blameMisspellings() {
    for member in members where !missing.isEmpty && !member.isGap && !asked.contains(member.key) {
      guard let nearest = nearestName(to: member.key, among: missing.keys.sorted()) else {
        continue
      }
      refuse(unknown: member, help: meant(nearest))
    }
  }

  /// The question whether a key was meant, which is all that is then said of its being missing.
  private mutating func meant(_ key: String) -> String {
    if let issue = missing.removeValue(forKey: key) { context.withdraw(issue) }
    return "did you mean \(quoted(key))?"
  }

  private func refuse(unknown member: Member, help: String) {
    let subject = place.steps.isEmpty ? "the scenario" : path
    report(
      at: member.keyLocation, place: place.appending(member.key),
      expected: "a key of \(subject)", found: quoted(member.key), help: help)
  }

  private mutating func reportMissing(_ field: Field) {
    guard mode == .reading, !lacks else { return }
    let example = field.kind.example.map { "add \(field.key): \($0)" } ?? "add \(field.key)"
    let topic = place.appending(field.key).topic
    let place = place.appending(field.key)
    let issue = Issue(
      .error, at: location, path: place.description,
      message: "expected \(field.kind.expectation(unit: field.unit)), found nothing",
      help: "\(example) (\(field.meaning)); see `depinsim explain \(topic)`"
        + field.kind.listedChoices)
    missing[field.key] = issue
    context.noteRefusal(at: place)
    context.report(issue)
  }

  private mutating func unknownKeyHelp(_ member: Member) -> String {
    // Comparing names costs time; a text with this many errors needs no more suggestions.
    guard context.issues.count < 100 else { return "" }
    if context.keysOfFiles.contains(member.key) {
      return "it stands only at the top of a file"
    }
    let keys =
      place.steps.isEmpty ? asked + context.keysOfFiles + context.keysOfObjects : asked
    if let nearest = nearestName(to: member.key, among: keys + context.keysOfObjects) {
      return meant(nearest)
    }
    var seen: Set<String> = []
    let names = keys.filter { seen.insert($0).inserted }
    return names.isEmpty ? "leave it out" : "the keys here are" + inWords(names)
  }

  private func judge(
    _ severity: Issue.Severity, _ key: String?, alone: Bool = false, expected: String,
    found: String?, help: String
  ) {
    let place = key.map(place.appending) ?? place
    // Placeholders mean nothing together. At the top a section is judged, which others do not spoil.
    let spoiled = alone || self.place.steps.isEmpty ? place : self.place
    guard mode == .reading, !context.hasGaps, !context.hasRefusals(in: spoiled) else { return }
    let member = key.flatMap(member)
    let found = found ?? (key == nil ? "this object" : member?.value.brief ?? "nothing")
    // Of a value that several files make up, the doubt is about what was laid over the rest.
    let subject =
      key == nil
      ? members.first { $0.keyLocation.file != location.file }?.keyLocation
      : member.map { $0.value.overlay ?? $0.value.location }
    context.report(
      Issue(
        severity, at: subject ?? location, path: place.description,
        message: "expected \(expected), found \(found)", help: help))
  }
}
