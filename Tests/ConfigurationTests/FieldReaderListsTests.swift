import Configuration
import Testing

struct FieldReaderListsTests {
  enum Word: String, CaseIterable, Sendable {
    case one, two, three, four, five, six
  }

  @Test func `lists are read`() {
    let page = Page(["a": [1, 2.5], "b": ["x", "y"], "c": ["six", "one"]])
    let (value, messages) = page.read { fields in
      let words: [Word] = fields.choices("c", "")
      return "\(fields.numbers("a", "", in: 0...3, count: 2...2)) \(fields.texts("b", "")) "
        + words.map(\.rawValue).joined(separator: " ")
    }
    #expect(value == "[1.0, 2.5] [\"x\", \"y\"] six one")
    #expect(messages == "")
  }

  @Test func `absent lists hold their defaults`() {
    let (value, messages) = Page([:]).read { fields in
      fields.numbers("a", "", default: [4]) == [4] && fields.texts("b", "", default: ["z"]) == ["z"]
        && fields.choices("c", "", default: [Word.two]) == [.two]
    }
    #expect(value)
    #expect(messages == "")
  }

  @Test func `every wrong item is named with its place`() {
    let page = Page([
      "a": [1, "x", 9], "b": [1, 2, 3], "c": ["p", 4], "d": ["one", "twoo", "one"], "e": "one",
    ])
    let (value, messages) = page.read { fields in
      let a = fields.numbers("a", "", unit: "h", in: 0...3, count: 3...3)
      let b = fields.numbers("b", "", count: 2...2)
      _ = (fields.texts("c", ""), fields.choices("d", "") as [Word], fields.texts("e", ""))
      return [a.count, b.count]
    }
    // A caller that asked for n numbers may index n placeholders.
    #expect(value == [3, 2])
    #expect(
      messages == """
        a.json5:2:10: error: a[1]: expected a number from 0 to 3 [h], found "x"
         2 |   a: [1, "x", 9],
           |          ^
          help: write a number such as 1
        a.json5:2:15: error: a[2]: expected a number from 0 to 3 [h], found 9
         2 |   a: [1, "x", 9],
           |               ^
        a.json5:3:6: error: b: expected a list of 2 numbers, each a number, found 3 items
         3 |   b: [1, 2, 3],
           |      ^
        a.json5:4:12: error: c[1]: expected a text between quotes, found 4
         4 |   c: ["p", 4],
           |            ^
          help: write "4" between quotes
        a.json5:5:14: error: d[1]: expected one of the 6 names below, found "twoo"
         5 |   d: ["one", "twoo", "one"],
           |              ^
          help: did you mean "two"?
            "one"
            "two"
            "three"
            "four"
            "five"
            "six"
        a.json5:5:22: error: d[2]: expected each name once, found "one" again
         5 |   d: ["one", "twoo", "one"],
           |                      ^
          help: leave one of them out
        a.json5:6:6: error: e: expected a list of texts between quotes, found "one"
         6 |   e: "one",
           |      ^
          help: write ["one"]

        """)
  }

  @Test func `columns of a table are read and their cells checked`() {
    let table = Table(
      path: "t.csv", columns: ["day", "price"], cells: [["0", "1.5"], ["2024-03-01", "-2"]],
      rowLocations: [
        SourceLocation(file: "t.csv", line: 2, column: 1),
        SourceLocation(file: "t.csv", line: 3, column: 1),
      ], location: SourceLocation(file: "t.csv", line: 1, column: 1))
    let (value, messages) = Page(["t": .table(table)]).read { fields in
      let table = fields.table("t", "prices")
      let days = table.map { fields.moments(inColumn: "day", of: $0) }
      let prices = table.map { fields.numbers(inColumn: "price", of: $0, in: .positive) }
      let others = table.map { fields.numbers(inColumn: "cost", of: $0, in: .positive) }
      return [days, prices, others]
    }
    #expect(value == [[0, 60], [1.5, 0], [0, 0]])
    #expect(
      messages == """
        t.csv:1:1: error: expected a column "cost", found "day", "price"
        t.csv:3:1: error: expected a positive number in column "price", found "-2"

        """)
  }

  @Test func `a table knows its cells by column`() {
    let location = SourceLocation(file: "t.csv", line: 1, column: 1)
    let table = Table(
      path: "t.csv", columns: ["a"], cells: [["1"], [""], ["nan"]],
      rowLocations: [location, location, location], location: location)
    #expect(table.numbers("a") == [1, nil, nil])
    #expect(table.texts("a") == ["1", "", "nan"])
    #expect(table.numbers("b") == nil && table.texts("b") == nil)
  }

  @Test func `a table that could not be read is passed over in silence`() {
    let location = SourceLocation(file: "a.json5", line: 2, column: 6)
    let page = Page(["t": .table(.unread("t.csv", at: location))])
    let (value, messages) = page.read { $0.table("t", "prices", isRequired: true) == nil }
    #expect(value && messages.isEmpty)
  }

  @Test func `one value where a list belongs is put between brackets`() {
    let (_, messages) = Page(["t": "gpu", "n": ["x"]]).read { fields in
      (fields.texts("t", ""), fields.named("n", "") { name, _ in name })
    }
    #expect(
      messages == """
        a.json5:2:6: error: t: expected a list of texts between quotes, found "gpu"
         2 |   t: "gpu",
           |      ^
          help: write ["gpu"]
        a.json5:3:6: error: n: expected an object of named objects, found a list
         3 |   n: ["x"],
           |      ^
          help: write {name: {…}, …}

        """)
  }

  @Test func `errors are counted, so that what follows from them is not told`() {
    let (counts, _) = Page(["a": -1]).read { fields in
      let before = fields.errorCount
      _ = fields.number("a", "", in: .positive)
      fields.warn("a", expected: "more")
      return (before, fields.errorCount)
    }
    #expect(counts == (0, 1))
  }

  @Test func `a value where a table belongs is refused`() {
    let (_, messages) = Page(["t": "prices.csv"]).read { $0.table("t", "") == nil }
    #expect(
      messages.hasPrefix(
        #"a.json5:2:6: error: t: expected a table such as {csv: "data/prices.csv"}, "#
          + #"found "prices.csv""#))
  }
}
