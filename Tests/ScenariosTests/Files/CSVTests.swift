import Configuration
import Testing

@testable import Scenarios

struct CSVTests {
  private func parse(_ text: String) -> (table: Table?, issues: [Configuration.Issue]) {
    CSV.parse(Array(text.utf8), file: "t.csv", path: "t.csv", digest: "")
  }

  @Test func `comments, quotes and line ends of all kinds are read`() {
    let table = parse(
      "\u{FEFF}# source: x\r\n\r\na,\"b \"\"c\"\"\",d\r\n1,\"x,y\nz\",\n# between\n\"\",2,#3"
    ).table
    #expect(table?.columns == ["a", "b \"c\"", "d"])
    #expect(table?.cells == [["1", "x,y\nz", ""], ["", "2", "#3"]])
    #expect(table?.rowLocations.map(\.line) == [4, 7])
    #expect(table?.location.line == 3)
  }

  @Test func `a table without rows is a table`() {
    #expect(parse("a,b\n").table?.cells == [])
  }

  @Test(arguments: [
    ("", "1:1 expected a first line that names the columns, found nothing"),
    ("# only\n", "2:1 expected a first line that names the columns, found nothing"),
    ("a,b,a\n", "1:1 expected each column once, found \"a\" again"),
    ("a,b\n1,2\n3\n", "3:1 expected 2 cells, as in the first line, found 1"),
    ("a\n\"x", "2:1 expected a closing quotation mark, found the end of the text"),
    (
      "a\n\"x\"y\n",
      "2:4 expected \",\" or the end of the line after a quoted cell, found more text"
    ),
  ])
  func `what is no table is refused where it stands`(text: String, expected: String) {
    let (table, issues) = parse(text)
    #expect(table == nil)
    let issue = issues.first
    #expect(issue.map { "\($0.location.line):\($0.location.column) \($0.message)" } == expected)
  }
}
