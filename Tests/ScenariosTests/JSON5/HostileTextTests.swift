import Configuration
import TestSupport
import Testing

@testable import Scenarios

/// Texts made to hurt: each is refused with a sentence, soon.
struct HostileTextTests {
  private func first(_ bytes: [UInt8]) -> String? {
    let parsed = JSON5Parser.parse(bytes, file: "a.json5")
    #expect(parsed.node == nil)
    #expect(parsed.issues.count <= TextLimits.syntaxErrors)
    return parsed.issues.first?.message
  }

  private func first(_ text: String) -> String? { first(Array(text.utf8)) }

  @Test(arguments: ["[", "{a:", "[{a:"])
  func `nesting beyond the limit is refused`(opening: String) {
    #expect(
      first(String(repeating: opening, count: 100_000))
        == "expected at most 256 objects and lists inside each other, found one more")
  }

  @Test func `nesting up to the limit is read`() {
    let text = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(JSON5Parser.parse(Array(text.utf8), file: "a").node != nil)
  }

  @Test(arguments: ["]", "}", ",", ":", "'", "\\", "/", "\u{0}", "a ", "1 ", "[,", "{,", "[}"])
  func `a hundred thousand of one thing are refused`(thing: String) {
    #expect(first(String(repeating: thing, count: 100_000)) != nil)
  }

  @Test func `a number of a million digits is refused by its length`() {
    #expect(
      first(String(repeating: "1", count: 1_000_000))
        == "expected a number of at most 1000 characters, found 1000000")
  }

  @Test func `a number of 400 digits is read as what it is, and refused where it has no meaning`() {
    let digits = String(repeating: "9", count: 400)
    let wrong = messages("{horizonDays: \(digits)}")
    let shown = String(repeating: "9", count: 40) + "…"
    #expect(
      wrong.contains(
        "horizonDays: expected a number from 0.001 to 3652425 [days], found \(shown)\n"))
    #expect(
      wrong.hasSuffix(
        "  help: \(shown) is not a finite number here; write one, or leave the key out\n"))
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `more than a million keys are refused, and a million only by their names`() {
    func keys(_ count: Int) -> String { "{" + (0..<count).map { "k\($0):0," }.joined() + "}" }
    #expect(
      first(keys(TextLimits.values + 1))
        == "expected at most 1000000 keys and list items in a file, found more")
    let wrong = messages(keys(TextLimits.values))
    #expect(wrong.hasPrefix("s/main.json5:1:1: error: horizonDays: expected"))
    #expect(wrong.contains("error: expected a scenario, found 999001 further errors"))
  }

  @Test(arguments: ["\\ud800", "\\udc00", "\\ud800x", "\\ud800\\u0041", "\\udfff"])
  func `half of a surrogate pair is refused`(text: String) {
    #expect(first("{\"\(text)\": 1}") == "expected a character, found half of a surrogate pair")
  }

  @Test(arguments: [
    [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
  ])
  func `bytes that are not UTF-8 are refused where they stand`(bytes: [UInt8]) {
    let parsed = JSON5Parser.parse(Array("{\n  a: \"é".utf8) + bytes, file: "a.json5")
    #expect(parsed.node == nil)
    #expect(parsed.issues.first?.location.line == 2)
    #expect(parsed.issues.first?.location.column == 8)
    let digits = String(bytes[0], radix: 16, uppercase: true)
    #expect(parsed.issues.first?.message == "expected a text in UTF-8, found the byte 0x\(digits)")
  }

  @Test func `UTF-16 is named`() {
    #expect(
      first([0xFF, 0xFE, 0x7B, 0x00])
        == "expected a text in UTF-8, found a byte order mark of UTF-16")
  }

  @Test func `a text beyond the size limit is refused before it is read`() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: TextLimits.bytes + 1)
    #expect(first(bytes) == "expected at most 16000000 bytes, found 16000001")
  }

  @Test func `any cut of a text is refused or read, and never a trap`() {
    let text = Array(
      "{a: [1, -0x1f, 'x\\u0041\\\n', /* c */ Infinity], \"é\": {b: null}, // d\n e: .5}".utf8)
    for length in 0..<text.count {
      let parsed = JSON5Parser.parse(Array(text[..<length]), file: "a")
      #expect(parsed.node == nil && !parsed.issues.isEmpty, "cut at \(length)")
    }
  }

  @Test func `any changed byte leaves a text that is refused or read, and never a trap`() {
    let text = Array("{a: [1, -0x1f, 'x\\u0041'], b: {c: null, d: true}, e: .5}".utf8)
    for place in text.indices {
      for byte: UInt8 in [0, 0x22, 0x27, 0x2C, 0x5B, 0x5D, 0x7B, 0x7D, 0x5C, 0x2F, 0x80, 0xE2] {
        var changed = text
        changed[place] = byte
        let parsed = JSON5Parser.parse(changed, file: "a")
        #expect(parsed.node != nil || !parsed.issues.isEmpty, "byte \(byte) at \(place)")
      }
    }
  }

  @Test func `a chain of variants is stopped at the limit`() {
    let variants = (0..<2_000).map { "v\($0): {extends: 'v\($0 + 1)'}" }.joined(separator: ", ")
    let wrong = messages("{horizonDays: 9, variants: {\(variants)}}")
    #expect(wrong.contains("error: variants: expected at most 1000 variants, found 2000"))
  }
}
