import Configuration
import Testing

struct NodeTests {
  private func node(_ kind: Node.Kind) -> Node {
    Node(kind, at: SourceLocation(file: "f", line: 1, column: 1))
  }

  @Test(arguments: [
    (1.0, "1.0", "1"), (1.0, "+1", "1"), (255, "0xFF", "255"), (0.1, ".1", "0.1"),
    (1e22, "1e22", "1e+22"), (0x1p62, "4611686018427387905", "4611686018427387905"),
  ])
  func `the same number is written the same way`(value: Double, text: String, json: String) {
    #expect(node(.number(value, text: text)).json() == json)
  }

  @Test func `texts are escaped`() {
    #expect(node(.string("a\"\\\n\t\r\u{1}é")).json() == #""a\"\\\n\t\r\u0001é""#)
  }

  @Test func `indented text has a line for each key`() {
    let place = SourceLocation(file: "f", line: 1, column: 1)
    let list = node(.array([node(.bool(true)), node(.null)]))
    let inner = node(.object([Member(key: "b", keyLocation: place, value: list)]))
    let outer = node(.object([Member(key: "a", keyLocation: place, value: inner)]))
    #expect(outer.json(indented: true) == "{\n  \"a\": {\n    \"b\": [true, null]\n  }\n}")
    #expect(node(.object([])).json(indented: true) == "{}")
  }

  @Test func `what was found is said in a few words`() {
    let long = String(repeating: "x", count: 100)
    #expect(node(.string(long)).brief.count == 63)
    #expect(node(.string("a\nb")).brief == "\"a b\"")
    #expect(node(.number(1, text: String(repeating: "1", count: 100))).brief.count == 41)
    #expect(node(.object([])).brief == "an object" && node(.null).brief == "null")
  }
}
