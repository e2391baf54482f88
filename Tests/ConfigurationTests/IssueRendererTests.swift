import Configuration
import Testing

struct IssueRendererTests {
  private func issue(_ file: String, _ line: Int, _ column: Int, _ message: String)
    -> Configuration.Issue
  {
    Configuration.Issue(
      .error, at: SourceLocation(file: file, line: line, column: column), path: "",
      message: message)
  }

  @Test func `issues come by file, line and column, each once`() {
    let files = [SourceFile(path: "z", text: "1\n2"), SourceFile(path: "a", text: "1")]
    let issues = [
      issue("a", 1, 1, "d"), issue("z", 2, 1, "c"), issue("z", 1, 2, "b"), issue("z", 1, 1, "a"),
      issue("z", 1, 2, "b"), issue("?", 1, 1, "e"),
    ]
    #expect(issues.inFileOrder(of: files).map(\.message) == ["a", "b", "c", "d", "e"])
  }

  @Test func `the caret stands below its character behind tabs and letters of other scripts`() {
    let file = SourceFile(path: "f", text: "a\r\n\té = ü1\rb")
    #expect(
      IssueRenderer(files: [file]).text(for: issue("f", 2, 7, "m"))
        == "f:2:7: error: m\n 2 | \té = ü1\n   | \t     ^\n")
    #expect(
      IssueRenderer(files: [file]).text(for: issue("f", 3, 1, "m"))
        == "f:3:1: error: m\n 3 | b\n   | ^\n")
  }

  @Test func `long lines are cut around the caret`() {
    let line = String(repeating: "x", count: 1_000) + "!" + String(repeating: "y", count: 1_000)
    let text = IssueRenderer(files: [SourceFile(path: "f", text: line)])
      .text(for: issue("f", 1, 1_001, "m"))
    let rows = text.split(separator: "\n")
    #expect(rows[1].count < 200)
    #expect(Array(rows[1]).firstIndex(of: "!") == Array(rows[2]).firstIndex(of: "^"))
  }

  @Test func `control characters of the file do not reach the terminal`() {
    let file = SourceFile(path: "f", text: "a\u{1B}[31mred")
    let text = IssueRenderer(files: [file]).text(for: issue("f", 1, 1, "x\u{1B}[2J\ny"))
    #expect(text == "f:1:1: error: x\u{FFFD}[2J y\n 1 | a\u{FFFD}[31mred\n   | ^\n")
  }

  @Test func `a line that the file does not have is left out`() {
    let file = SourceFile(path: "f", text: "a")
    #expect(
      IssueRenderer(files: [file]).text(for: issue("f", 9, 9, "m")) == "f:9:9: error: m\n")
  }
}
