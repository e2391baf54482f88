internal import Configuration
internal import Economy
internal import Kernel

/// One tree read as a scenario: what it says, and what is wrong with it.
struct TreeReading {
  let header: Header
  let settings: EconomySettings
  let issues: [Issue]
  /// Whether something could not be read, so that the rest cannot be judged as a whole.
  let hasGaps: Bool

  init(_ tree: Node, hasGaps: Bool = false) {
    self.init(tree, in: Self.context(for: tree, keepingRecords: false, hasGaps: hasGaps))
  }

  private init(_ tree: Node, in context: ReadingContext) {
    var fields = FieldReader(tree, context: context)
    header = Header(reading: &fields)
    settings = EconomySettings(reading: &fields)
    fields.finish()
    issues = context.issues + Self.remark(on: context)
    hasGaps = context.hasGaps
  }

  /// What the readers of a tree ask for, and what they get.
  ///
  /// Most scenarios are read without, which is quicker; so the tree is read once more.
  static func records(of tree: Node) -> [FieldRecord] {
    let context = context(for: tree, keepingRecords: true)
    _ = TreeReading(tree, in: context)
    return context.records
  }

  /// Every field that a scenario may have, as its readers ask for it.
  static func recordedFields() -> [FieldRecord] {
    let context = ReadingContext()
    var fields = FieldReader.recording(into: context)
    // The loader takes these two out of the tree before it is read.
    _ = fields.optionalText(
      "extends", "a scenario file, or a list of them, that this file is laid over",
      example: "base.json5")
    _ = fields.optionalText(
      "include",
      "in any object: a file, or a list of them, whose object this one is laid over, key by key",
      example: "data/more.json5")
    _ = Header(reading: &fields)
    _ = EconomySettings(reading: &fields)
    return context.records
  }

  /// Whether what the scenario says can be judged.
  var isSound: Bool { !hasGaps && !hasErrors }

  var hasErrors: Bool { issues.contains { $0.severity == .error } }

  /// Says that a tree has more issues than are kept.
  private static func remark(on context: ReadingContext) -> [Issue] {
    guard context.issuesLeftOut > 0, let last = context.issues.last else { return [] }
    return [
      Issue(
        .error, at: last.location, path: "",
        message: "expected a scenario, found \(context.issuesLeftOut) further errors",
        help: "mend the others first")
    ]
  }

  /// A context whose dates count from the start that the tree names.
  private static func context(
    for tree: Node, keepingRecords: Bool, hasGaps: Bool = false
  ) -> ReadingContext {
    let start = tree["start"]?.string ?? Header.defaultStart
    return ReadingContext(
      keepingRecords: keepingRecords, hasGaps: hasGaps, keysOfFiles: ["extends"],
      keysOfObjects: ["include"],
      startDay: CalendarDate(parsing: start)?.daysSince1970 ?? 0,
      daysSince1970: { date in
        // A month stands for its first day, as in monthly series.
        CalendarDate(parsing: date.utf8.count == 7 ? date + "-01" : date)?.daysSince1970
      })
  }
}
