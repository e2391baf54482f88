internal import Kernel

/// How well a value is known.
public enum EvidenceGrade: String, CaseIterable, Sendable {
  /// A paper, a maker's or a network's own documents, data of a chain, or arithmetic on them.
  case primary = "P"
  /// Press, aggregators, marketing.
  case secondary = "S"
  /// Concluded from facts that are cited.
  case inferred = "I"
  /// Chosen, because nothing is known.
  case assumed = "A"
}

/// What a comment says of where a value comes from: `P 2024-06 [RNP-013]: the pool for jobs`.
struct EvidenceMark {
  let grade: EvidenceGrade
  /// Day of the fact, counted from 1970; the first of its month or year where no day is given.
  let day: Int?
  /// Names under `sources`.
  let sources: [String]

  static let form = "// P 2024-06 [SOURCE]: words"
}

extension EvidenceMark {
  /// Why a comment is no mark although it looks like one.
  enum Fault: Error {
    case form
    case date(String)
    case lacksDate(EvidenceGrade)
    case lacksSource(EvidenceGrade)
  }

  /// Reads a comment; nil where it is an ordinary one.
  init?(_ comment: String) throws(Fault) {
    let looksSo = /[PSIA]((:| \[| \d{4}).*)?/
    guard comment.wholeMatch(of: looksSo) != nil else { return nil }
    let form = /([PSIA])(?: (\d{4}(?:-\d\d){0,2}))?(?: \[([^\]]+)\])?(?:: .+)?/
    guard let match = comment.wholeMatch(of: form),
      let grade = EvidenceGrade(rawValue: String(match.1))
    else { throw .form }
    self.grade = grade
    day = try match.2.map { text throws(Fault) in
      let whole = text + String("-01-01".dropFirst(text.count - 4))
      guard let date = CalendarDate(parsing: whole) else { throw .date(String(text)) }
      return date.daysSince1970
    }
    sources =
      match.3?.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init) ?? []
    let isFact = grade == .primary || grade == .secondary
    if isFact, day == nil { throw .lacksDate(grade) }
    if isFact || grade == .inferred, sources.isEmpty { throw .lacksSource(grade) }
  }
}
