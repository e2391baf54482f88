import Configuration
import Testing

struct FieldReaderValuesTests {
  enum Place: String, CaseIterable, Sendable {
    case head
    case tail
  }

  @Test func `fields that are written are read`() {
    let page = Page([
      "price": 2.5, "nodes": 12, "part": 0.25, "on": true, "label": "a", "place": "tail",
      "date": "2024-03-01", "day": 7,
    ])
    let (value, messages) = page.read { fields in
      "\(fields.number("price", "a price", in: .positive)) \(fields.count("nodes", "", in: 1...99)) "
        + "\(fields.share("part", "")) \(fields.flag("on", "")) \(fields.text("label", "")) "
        + "\(fields.choice("place", "") as Place) \(fields.moment("date", "")) "
        + "\(fields.moment("day", ""))"
    }
    #expect(value == "2.5 12 0.25 true a tail 60.0 7.0")
    #expect(messages == "")
  }

  @Test func `fields that are absent hold their defaults`() {
    let (value, messages) = Page([:]).read { fields in
      "\(fields.number("price", "", in: .positive, default: 3)) "
        + "\(fields.count("nodes", "", in: 1...99, default: 4)) \(fields.share("part", "", default: 1)) "
        + "\(fields.flag("on", "", default: true)) \(fields.text("label", "", default: "b")) "
        + "\(fields.choice("place", "", default: Place.tail)) \(fields.moment("date", "", default: 9))"
    }
    #expect(value == "3.0 4 1.0 true b tail 9.0")
    #expect(messages == "")
  }

  @Test(arguments: [Page(["a": nil]), Page(["a": "none"]), Page([:])])
  func `what may be left out is nil when it is absent, null or none`(page: Page) {
    let (isNil, messages) = page.read { fields in
      fields.optionalNumber("a", "", in: .positive) == nil
        && fields.optionalCount("a", "", in: 1...2) == nil
        && fields.optionalShare("a", "") == nil && fields.optionalText("a", "") == nil
        && fields.optionalMoment("a", "") == nil && fields.table("a", "") == nil
        && fields.object("a", "") { _ in 1 } == nil && fields.tree("a", "") == nil
        && fields.rule("a", "", from: [Choice(name: "x", summary: "") { _ in 1 }]) == nil
    }
    #expect(isNil)
    #expect(messages == "")
  }

  @Test func `optional fields that are written are read`() {
    let (value, _) = Page(["a": 1, "b": 2, "c": "t", "d": "2024-03-01"]).read { fields in
      [
        fields.optionalNumber("a", "", in: .positive) ?? 0,
        Double(fields.optionalCount("b", "", in: 1...2) ?? 0),
        Double(fields.optionalText("c", "")?.count ?? 0), fields.optionalMoment("d", "") ?? 0,
      ]
    }
    #expect(value == [1, 2, 1, 60])
  }

  @Test func `everything that is wrong is said at once and in file order`() {
    let page = Page([
      "arrivals": "fast", "nodes": 2.5, "part": 40, "on": "true", "label": 7, "place": "tial",
      "date": "March", "wait": "12h",
    ])
    let (value, messages) = page.read { fields in
      // Asked in another order than the file's.
      let wait = fields.number("wait", "", unit: "days", in: 0...10, default: 3)
      let number = fields.number("arrivals", "", unit: "jobs/h", in: .positive)
      let count = fields.count("nodes", "", in: 1...9)
      _ = (fields.share("part", ""), fields.flag("on", ""), fields.text("label", ""))
      _ = (fields.choice("place", "") as Place, fields.moment("date", ""))
      _ = fields.number("missing", "price of a job", unit: "USD", in: 0...5)
      return [wait, number, Double(count)]
    }
    // Placeholders: the default, or a value in range.
    #expect(value == [3, 1, 1])
    #expect(
      messages == """
        a.json5:1:1: error: missing: expected a number from 0 to 5 [USD], found nothing
         1 | {
           | ^
          help: add missing: 1 (price of a job); see `depinsim explain missing`
        a.json5:2:13: error: arrivals: expected a positive number [jobs/h], found "fast"
         2 |   arrivals: "fast",
           |             ^
          help: write a number such as 1
        a.json5:3:10: error: nodes: expected a whole number from 1 to 9, found 2.5
         3 |   nodes: 2.5,
           |          ^
        a.json5:4:9: error: part: expected a number from 0 to 1, found 40
         4 |   part: 40,
           |         ^
          help: a share lies between 0 and 1; write 0.4 for 40 %
        a.json5:5:7: error: on: expected true or false, found "true"
         5 |   on: "true",
           |       ^
          help: write true without quotes
        a.json5:6:10: error: label: expected a text between quotes, found 7
         6 |   label: 7,
           |          ^
          help: write "7" between quotes
        a.json5:7:10: error: place: expected "head" or "tail", found "tial"
         7 |   place: "tial",
           |          ^
          help: did you mean "tail"?
        a.json5:8:9: error: date: expected a date such as "2026-03-01" or a day number, found "March"
         8 |   date: "March",
           |         ^
          help: write year, month and day with two digits each: "2026-03-01"
        a.json5:9:9: error: wait: expected a number from 0 to 10 [days], found "12h"
         9 |   wait: "12h",
           |         ^
          help: the unit is days; write 0.5

        """)
  }

  @Test(arguments: [
    ("12h", "a day number is in days; write 0.5"),
    ("2 weeks", "a day number is in days; write 14"), ("90", "write 90 without quotes"),
    ("2026-3-1", #"write year, month and day with two digits each: "2026-03-01""#),
  ])
  func `a time with its unit in a text is answered with the day number`(
    written: String, help: String
  ) {
    let page = Page(["a": Value(stringLiteral: written)])
    let (_, messages) = page.read { $0.moment("a", "") }
    #expect(messages.hasSuffix("  help: \(help)\n"))
  }

  @Test(arguments: [
    ("12h", "days", "the unit is days; write 0.5"), ("90 min", "h", "the unit is h; write 1.5"),
    ("2 weeks", "days", "the unit is days; write 14"), ("35%", "", "write 0.35"),
    ("1,000", "", "write 1000 without quotes"), ("7", "USD", "write 7 without quotes"),
    ("3 EUR", "USD", "the unit is USD; write a number of USD alone"),
    ("2024-03-01", "USD", "a date cannot stand here; write a number"),
    (
      "2024-03-01", "days",
      "a length of time is asked for, not a date; if 60 days from the start are meant, write 60"
    ),
    ("much", "USD", "write a number such as 1"), ("", "", "write a number such as 1"),
  ])
  func `a number with its unit in a text is answered in the unit asked for`(
    written: String, unit: String, help: String
  ) {
    let page = Page(["a": Value(stringLiteral: written)])
    let (_, messages) = page.read { $0.number("a", "", unit: unit, in: 0...1e9) }
    #expect(messages.hasSuffix("  help: \(help)\n"))
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func `what is not finite is refused even in an open range`(value: Double) {
    let page = Page(["a": .scalar(.number(value, text: "\(value)"), "\(value)")])
    let (read, messages) = page.read { $0.number("a", "", in: .anyNumber) }
    #expect(read == 1)
    #expect(messages.contains("error: a: expected a number, found \(value)"))
    #expect(page.read { $0.count("a", "", in: 0...5) }.messages.contains("whole number"))
    #expect(page.read { $0.moment("a", "") }.messages.contains("a date such as"))
  }

  @Test func `counts are exact up to 64 bits`() {
    let largest = Value.scalar(.number(0x1p63, text: "9223372036854775807"), "9223372036854775807")
    let page = Page(["a": largest, "b": .scalar(.number(1e6, text: "1e6"), "1e6")])
    let (value, messages) = page.read { fields in
      [fields.count("a", "", in: 0 ... .max), fields.count("b", "", in: 0 ... .max)]
    }
    #expect(value == [.max, 1_000_000])
    #expect(messages == "")
  }
}
