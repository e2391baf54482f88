import Testing

@testable import Reports

struct JSONValueTests {
  @Test func `members keep their order and controls are escaped`() {
    let value = JSONValue.object([
      ("b", .array([.integer(1), .number(0.5), .number(.nan), .bool(true), .null])),
      ("a", .string("line\n\"quote\" \\ \u{1}")),
      ("empty", .object([])),
      ("seed", .unsigned(.max)),
    ])
    #expect(
      value.text == """
        {
          "b": [
            1,
            0.5,
            null,
            true,
            null
          ],
          "a": "line\\n\\"quote\\" \\\\ \\u0001",
          "empty": {},
          "seed": 18446744073709551615
        }

        """)
  }
}
