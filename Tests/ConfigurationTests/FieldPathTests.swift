import Configuration
import Testing

struct FieldPathTests {
  @Test(arguments: ["a", "a.b", "a.b[2].c", "demand.classes[\"gpt 4.1\"].x", "a[0][1]", "$schema"])
  func `a path reads back from its text`(text: String) {
    #expect(FieldPath(parsing: text)?.description == text)
  }

  @Test(arguments: [
    "", ".", "a.", "a..b", ".a", "a[", "a[x]", "a[-1]", "a[\"b", "a[\"b\"", "a[1]b",
  ])
  func `a text that is no path is refused`(text: String) {
    #expect(FieldPath(parsing: text) == nil)
  }

  @Test func `steps made while recording are shown as placeholders`() {
    let path = FieldPath([.key("a"), .anyName, .key("b"), .rule("fixed"), .key("c"), .anyItem])
    #expect(path.description == "a.NAME.b(fixed).c[]")
  }
}
