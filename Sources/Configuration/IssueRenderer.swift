/// Writes issues the way compilers do: place, sentence, the line with a caret, and help.
public struct IssueRenderer: Sendable {
  /// Lines longer than this are cut around the caret.
  private static let widest = 160

  private let files: [SourceFile]
  /// Cache: the lines of each file.
  private let lines: [[[Unicode.Scalar]]]

  public init(files: [SourceFile]) {
    self.files = files
    lines = files.map(\.lines)
  }

  /// All issues in file order, each ending in a newline.
  public func text(for issues: [Issue]) -> String {
    issues.inFileOrder(of: files).map { text(for: $0) }.joined()
  }

  /// One issue, ending in a newline.
  public func text(for issue: Issue) -> String {
    let location = issue.location
    let subject = issue.path.isEmpty ? "" : "\(cut(oneLine(issue.path), after: 200)): "
    var text = "\(oneLine(location.file)):\(location.line):\(location.column): "
    text += "\(issue.severity.rawValue): \(subject)\(cut(oneLine(issue.message), after: 1_000))\n"
    if let line = line(at: location) {
      text += excerpt(of: line, at: location)
    }
    if !issue.help.isEmpty {
      text += "  help: \(withoutControls(issue.help))\n"
    }
    return text
  }
}

extension IssueRenderer {
  private func line(at location: SourceLocation) -> [Unicode.Scalar]? {
    guard let file = files.firstIndex(where: { $0.path == location.file }),
      lines[file].indices.contains(location.line - 1)
    else { return nil }
    return lines[file][location.line - 1]
  }

  private func excerpt(of scalars: [Unicode.Scalar], at location: SourceLocation) -> String {
    let caret = max(0, min(location.column - 1, scalars.count))
    let start = scalars.count <= Self.widest ? 0 : max(0, caret - Self.widest / 2)
    let end = min(scalars.count, start + Self.widest)
    // Control characters of a stranger's file must not reach the terminal.
    let shown = scalars[start..<end].map { isControl($0) ? "\u{FFFD}" : $0 }
    // Tabs are repeated under the line so that the caret stands below its character.
    let indent = shown[..<(caret - start)].map { $0 == "\t" ? "\t" : " " }.joined()
    let number = "\(location.line)"
    let margin = String(repeating: " ", count: number.count)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: shown)
    let (before, after) = (start > 0 ? "…" : "", end < scalars.count ? "…" : "")
    return """
       \(number) | \(before)\(String(text))\(after)
       \(margin) | \(before.isEmpty ? "" : " ")\(indent)^

      """
  }

  /// Names of a stranger's file may be longer than anyone wants to read.
  private func cut(_ text: String, after length: Int) -> String {
    text.utf8.count <= length || text.count <= length ? text : text.prefix(length) + "…"
  }

  private func oneLine(_ text: String) -> String {
    withoutControls(text.replacing("\n", with: " "))
  }

  private func withoutControls(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { isControl($0) && $0 != "\n" ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\t" && scalar.properties.generalCategory == .control
  }
}
