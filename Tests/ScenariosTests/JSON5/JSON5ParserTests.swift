import Configuration
import Testing

@testable import Scenarios

struct JSON5ParserTests {
  private func parse(_ text: String) -> ParsedText {
    JSON5Parser.parse(Array(text.utf8), file: "a.json5")
  }

  private func json(_ text: String) -> String? {
    parse(text).node?.json()
  }

  private func messages(_ text: String) -> String {
    let file = SourceFile(path: "a.json5", text: text)
    return IssueRenderer(files: [file]).text(for: parse(text).issues)
  }

  @Test(arguments: [
    ("{a: 1, 'b': [true, null,], \"c\": {}}", #"{"a":1,"b":[true,null],"c":{}}"#),
    ("// x\n/* y\n */ [0x1F, .5, 5., +1, -2e-3, 1E2]", "[31,0.5,5,1,-0.002,100]"),
    (
      #"['it\'s', "\x41\u00e9\ud83d\ude00\v\0", "a\<newline>b"]"#,
      #"["it's","Aé😀\u000b\u0000","ab"]"#
    ),
    ("\u{FEFF}{ünï$_1: 'ö', \\u0061b: 2}", #"{"ünï$_1":"ö","ab":2}"#),
    ("\u{A0}\u{2028}\t\u{B}7\u{2003}", "7"), ("9223372036854775807", "9223372036854775807"),
    ("0.1", "0.1"), ("-0", "0"),
  ])
  func `JSON5 is read`(text: String, expected: String) {
    #expect(json(text.replacing("<newline>", with: "\n")) == expected)
  }

  @Test func `infinity and NaN are syntax, refused by whoever reads the number`() {
    for text in ["Infinity", "+Infinity", "-Infinity", "NaN", "-NaN", "1e999"] {
      guard case .number(let value, _)? = parse(text).node?.kind else {
        Issue.record("\(text) was refused")
        continue
      }
      #expect(!value.isFinite)
    }
  }

  @Test func `every value knows its line, column and length`() {
    let node = parse("{\r\n  a: 'é😀',\r\t\"b\": [1, -2.5]\n}").node
    let a = node?["a"]?.location
    #expect(a == SourceLocation(file: "a.json5", line: 2, column: 6, length: 4))
    guard case .array(let items)? = node?["b"]?.kind else {
      Issue.record("b is no list")
      return
    }
    #expect(items[1].location == SourceLocation(file: "a.json5", line: 3, column: 11, length: 4))
  }

  @Test func `a byte order mark is no column`() {
    #expect(
      messages("\u{FEFF}{a: fast}") == """
        a.json5:1:5: error: a: expected a value, found "fast"
         1 | {a: fast}
           |     ^
          help: put text between quotes

        """)
  }

  @Test func `one reading shows several syntax errors`() {
    #expect(
      messages("{\n  a: fast,\n  b: 1 c: 2,\n  4d: 1,\n  e: [1,, 2],\n  f: 'x\n}")
        == """
        a.json5:2:6: error: a: expected a value, found "fast"
         2 |   a: fast,
           |      ^
          help: put text between quotes
        a.json5:3:8: error: expected "," or "}", found "c"
         3 |   b: 1 c: 2,
           |        ^
          help: write a comma behind what stands before it
        a.json5:4:3: error: expected a key, found "4d"
         4 |   4d: 1,
           |   ^
          help: a key that begins with a digit stands between quotes
        a.json5:5:9: error: e: expected a value, found ","
         5 |   e: [1,, 2],
           |         ^
        a.json5:6:8: error: f: expected a closing quotation mark, found the end of the line
         6 |   f: 'x
           |        ^
          help: the text of line 6, column 6 is not closed

        """)
  }

  @Test(arguments: [
    ("{a: 1", #"expected "}", found the end of the text"#),
    ("[1, 2}", #"expected "]", found "}""#), ("", "expected a value, found the end of the text"),
    ("/* x", #"expected "*/", found the end of the text"#),
    ("{a: 012}", #"expected a number such as 12, 0.5 or 3e6, found "012""#),
    ("{a: 12h}", #"expected a number such as 12, 0.5 or 3e6, found "12h""#),
    ("[1.2.3]", #"expected a number such as 12, 0.5 or 3e6, found "1.2.3""#),
    ("[0x]", #"expected a number such as 12, 0.5 or 3e6, found "0x""#),
    ("1 2", #"expected the end of the text, found "2""#),
    (#"["\ud800"]"#, "expected a character, found half of a surrogate pair"),
    (#"["\u12"]"#, "expected 4 hexadecimal digits after \\u, found a quotation mark"),
    (#"["\1"]"#, "expected \\0, or \\u and four hexadecimal digits, found a decimal escape"),
    (
      "[\"a\u{1}b\"]",
      "expected no control characters in a text, found the control character U+0001"
    ),
    ("{a 1}", #"expected ":" after the key, found "1""#),
    ("[,]", #"expected a value or "]", found ",""#),
  ])
  func `what is no JSON5 is refused with what was expected`(text: String, message: String) {
    let parsed = parse(text)
    #expect(parsed.node == nil)
    #expect(parsed.issues.first?.message == message)
  }

  @Test func `keys written twice are reported naming both places`() {
    let text = "{\n  a: 1,\n  b: {c: 1, c: 2},\n  a: 3, a: 4\n}"
    #expect(json(text) == #"{"a":1,"b":{"c":1}}"#)
    #expect(
      messages(text) == """
        a.json5:3:13: error: b.c: expected each key once, found "c" again
         3 |   b: {c: 1, c: 2},
           |             ^
          help: it was first written at line 3, column 7; keep one
        a.json5:4:3: error: a: expected each key once, found "a" again
         4 |   a: 3, a: 4
           |   ^
          help: it was first written at line 2, column 3; keep one
        a.json5:4:9: error: a: expected each key once, found "a" again
         4 |   a: 3, a: 4
           |         ^
          help: it was first written at line 2, column 3; keep one

        """)
  }
}
