/// What one reading of a tree leaves behind: issues, and a record of every field asked for.
///
/// All readers of one tree share one context. It belongs to one thread.
public final class ReadingContext {
  /// Issues kept; what a hostile text has beyond them is counted only.
  static let mostIssues = 1_000

  public private(set) var issues: [Issue] = []
  /// Issues beyond the first 1,000, which are counted and not kept.
  public private(set) var issuesLeftOut = 0
  /// Errors among all issues.
  private(set) var errorCount = 0
  /// A text with this many values refused is judged no further.
  private static let mostRefusals = 100
  /// Where values were refused or missing, so that placeholders stand for them.
  private var refused: [FieldPath] = []
  /// Names that the user gave to what could not be read.
  private var lostNames: Set<String> = []
  /// Every field asked for, in the order of the asking, where records are kept.
  public private(set) var records: [FieldRecord] = []
  let keepsRecords: Bool
  /// Whether something could not be read: then what values mean together cannot be judged.
  public let hasGaps: Bool
  /// Keys that name other files, which whoever made the tree has taken out of it: those that stand
  /// at the top of a file.
  let keysOfFiles: [String]
  /// Those that stand in any object.
  let keysOfObjects: [String]
  /// Days from 1 January 1970 to the start of the scenario.
  let startDay: Int
  /// Days from 1 January 1970 to a date such as `2026-03-01`, nil when it is no date.
  private let daysSince1970: (String) -> Int?

  public init(
    keepingRecords: Bool = true, hasGaps: Bool = false, keysOfFiles: [String] = [],
    keysOfObjects: [String] = [],
    startDay: Int = 0,
    daysSince1970: @escaping (_ date: String) -> Int? = { _ in nil }
  ) {
    keepsRecords = keepingRecords
    self.hasGaps = hasGaps
    self.keysOfFiles = keysOfFiles
    self.keysOfObjects = keysOfObjects
    self.startDay = startDay
    self.daysSince1970 = daysSince1970
  }

  /// Days from the start of the scenario to a date; nil when it is no date.
  func day(of date: String) -> Double? {
    daysSince1970(date).map { Double($0 - startDay) }
  }

  public func report(_ issue: Issue) {
    if issue.severity == .error { errorCount += 1 }
    if issues.count < Self.mostIssues {
      issues.append(issue)
    } else {
      issuesLeftOut += 1
    }
  }

  /// Takes back what turns out to be said better by another issue.
  func withdraw(_ issue: Issue) {
    guard let index = issues.lastIndex(of: issue) else { return }
    issues.remove(at: index)
    if issue.severity == .error { errorCount -= 1 }
  }

  func noteRefusal(at place: FieldPath) {
    if refused.count < Self.mostRefusals { refused.append(place) }
  }

  func lose(name: String) { lostNames.insert(name) }

  /// Whether a name is that of something that could not be read.
  func hasLost(name: String) -> Bool { lostNames.contains(name) }

  /// Whether placeholders stand for values at a place or below it.
  func hasRefusals(in place: FieldPath) -> Bool {
    refused.count == Self.mostRefusals
      || refused.contains { $0.steps.starts(with: place.steps) }
  }

  func record(_ record: FieldRecord) {
    records.append(record)
  }
}
