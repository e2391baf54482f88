internal import Configuration

/// Finds the mark of every value of a file.
///
/// A mark stands at the end of a line or in the comment right above it. It holds for what begins on
/// that line, and inside what begins there for all that has no mark of its own.
struct EvidenceReader {
  private(set) var marks: [SourceLocation: EvidenceMark] = [:]
  private(set) var issues: [Issue] = []
  /// Where each source is cited.
  private(set) var citations: [(name: String, location: SourceLocation)] = []

  /// - Parameter file: a text that is known to be JSON5.
  init(_ file: SourceFile) {
    let parsed = JSON5Parser.parse(Array(file.text.utf8), file: file.path, keepingComments: true)
    guard let node = parsed.node else { return }
    let lines = markedLines(parsed.comments)
    mark(node, inherited: nil, lines)
  }
}

extension EvidenceReader {
  /// The mark of each line that has one.
  private mutating func markedLines(_ comments: [LineComment]) -> [Int: EvidenceMark] {
    var lines: [Int: EvidenceMark] = [:]
    /// A mark that waits for the line below its comment.
    var waiting: (mark: EvidenceMark, below: Int)?
    for comment in comments {
      let line = comment.location.line
      if let held = waiting, held.below != line || !comment.isAlone {
        lines[held.below] = held.mark
        waiting = nil
      }
      let mark = read(comment)
      if comment.isAlone {
        if let mark = mark ?? waiting?.mark { waiting = (mark, line + 1) }
      } else if let mark {
        lines[line] = mark
      }
    }
    if let held = waiting { lines[held.below] = held.mark }
    return lines
  }

  private mutating func read(_ comment: LineComment) -> EvidenceMark? {
    do throws(EvidenceMark.Fault) {
      guard let mark = try EvidenceMark(comment.text) else { return nil }
      for name in mark.sources { citations.append((name, comment.location)) }
      return mark
    } catch {
      let (expected, help) =
        switch error {
        case .form: ("a mark such as \(EvidenceMark.form)", "")
        case .date(let text): ("a date of the calendar", "there is no \(text)")
        case .lacksDate(let grade):
          ("a date", "a \(grade) fact has one, of the fact or of its reading")
        case .lacksSource(let grade):
          ("a source in brackets", "a value that is \(grade) names a key of sources")
        }
      issues.append(
        Issue(
          .error, at: comment.location, path: "",
          message: "expected \(expected), found \"\(comment.text.prefix(40))\"", help: help))
      return nil
    }
  }

  private mutating func mark(
    _ node: Node, inherited: EvidenceMark?, _ lines: [Int: EvidenceMark]
  ) {
    switch node.kind {
    case .object(let members):
      for member in members {
        mark(member.value, inherited: lines[member.keyLocation.line] ?? inherited, lines)
      }
    case .array(let items):
      for item in items { mark(item, inherited: lines[item.location.line] ?? inherited, lines) }
    case .null, .bool, .number, .string, .table:
      marks[node.location] = lines[node.location.line] ?? inherited
    }
  }
}
