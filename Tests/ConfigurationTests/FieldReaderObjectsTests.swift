import Configuration
import Testing

struct FieldReaderObjectsTests {
  @Test func `objects nest and carry their path`() {
    let page = Page(["a": ["b": ["c": 5]]])
    let (value, messages) = page.read { fields in
      fields.object("a", "") { fields in
        fields.required("b", "") { fields in "\(fields.path) \(fields.count("c", "", in: 0...9))" }
      }
    }
    #expect(value == "a.b 5")
    #expect(messages == "")
  }

  @Test func `a missing object is reported once, and nothing inside it`() {
    let (value, messages) = Page([:]).read { fields in
      fields.required("demand", "the demand side") { fields in
        fields.section("inner", "") { $0.number("rate", "", in: .positive) }
      }
    }
    #expect(value == 1)
    #expect(
      messages == """
        a.json5:1:1: error: demand: expected an object, found nothing
         1 | {
           | ^
          help: add demand: {…} (the demand side); see `depinsim explain demand`

        """)
  }

  @Test func `an absent section holds the defaults of its fields, and misses what has none`() {
    let (value, messages) = Page([:]).read { fields in
      fields.section("loss", "") { fields in
        fields.number("delay", "", in: .nonNegative, default: 2)
          + fields.number("cost", "", in: .nonNegative)
      }
    }
    #expect(value == 3)
    #expect(messages.contains("error: loss.cost: expected a number of at least 0, found nothing"))
  }

  @Test func `named objects come in file order without those left out`() {
    let page = Page(["a": ["z": ["n": 1], "y": "none", "x": ["n": 2], "w": nil, "v": 3]])
    let (value, messages) = page.read { fields in
      fields.named("a", "") { name, fields in "\(name)\(fields.count("n", "", in: 0...9))" }
        .map { "\($0.name)=\($0.value)" }
    }
    #expect(value == ["z=z1", "x=x2"])
    #expect(messages.hasPrefix("a.json5:2:52: error: a.v: expected an object, found 3\n"))
  }

  @Test func `numbers under names are read and checked`() {
    let (value, messages) = Page(["a": ["us": 0.1, "eu": -1]]).read { fields in
      fields.namedNumbers("a", "", unit: "USD/kWh", in: .positive).map(\.name)
    }
    #expect(value == ["us", "eu"])
    #expect(
      messages.hasPrefix(
        "a.json5:2:20: error: a.eu: expected a positive number [USD/kWh], found -1"))
  }

  @Test func `lists of objects are read item by item`() {
    let (value, messages) = Page(["a": [["n": 1], 7, ["n": 2]]]).read { fields in
      fields.list("a", "") { "\($0.path)=\($0.count("n", "", in: 0...9))" }
    }
    #expect(value == ["a[0]=1", "a[2]=2"])
    #expect(messages.hasPrefix("a.json5:2:15: error: a[1]: expected an object, found 7\n"))
  }

  @Test func `keys that nobody asked for are reported with the nearest name`() {
    let page = Page(["demnad": 1, "zebra": 2, "inner": ["rat": 3]])
    let (_, messages) = page.read { fields in
      _ = fields.number("demand", "", in: .positive, default: 1)
      _ = fields.section("inner", "") { $0.number("rate", "", in: .positive, default: 1) }
    }
    #expect(
      messages == """
        a.json5:2:3: error: demnad: expected a key of the scenario, found "demnad"
         2 |   demnad: 1,
           |   ^
          help: did you mean "demand"?
        a.json5:3:3: error: zebra: expected a key of the scenario, found "zebra"
         3 |   zebra: 2,
           |   ^
          help: the keys here are "demand", "inner"
        a.json5:4:11: error: inner.rat: expected a key of inner, found "rat"
         4 |   inner: {rat: 3},
           |           ^
          help: did you mean "rate"?

        """)
  }

  @Test func `models can refuse and warn at a key or at the object`() {
    let (_, messages) = Page(["a": ["b": 2]]).read { fields in
      fields.object("a", "") { fields in
        let value = fields.number("b", "", in: .positive)
        fields.refuse("b", expected: "at most the supply", help: "lower it")
        fields.warn(expected: "two classes", found: "one")
        fields.refuse("c", expected: "c beside b of \(numberText(value))")
        return fields.has("b") && !fields.has("c") && fields.keys == ["b"]
      } == true
    }
    #expect(
      messages == """
        a.json5:2:6: warning: a: expected two classes, found one
         2 |   a: {b: 2},
           |      ^
        a.json5:2:6: error: a.c: expected c beside b of 2, found nothing
         2 |   a: {b: 2},
           |      ^
        a.json5:2:10: error: a.b: expected at most the supply, found 2
         2 |   a: {b: 2},
           |          ^
          help: lower it

        """)
  }

  @Test func `a top that is no object is one issue`() {
    let location = SourceLocation(file: "a.json5", line: 1, column: 1)
    let context = ReadingContext()
    var fields = FieldReader(Node(.array([]), at: location), context: context)
    _ = fields.number("a", "", in: .positive, default: 1)
    fields.finish()
    #expect(context.issues.map(\.message) == ["expected an object, found an empty list"])
  }

  @Test func `large objects are searched as small ones are`() {
    let node = Node(
      .object(
        (0..<1_000).map { number in
          let place = SourceLocation(file: "a.json5", line: number + 1, column: 1)
          return Member(
            key: "k\(number)", keyLocation: place,
            value: Node(.number(Double(number), text: "\(number)"), at: place))
        }), at: SourceLocation(file: "a.json5", line: 1, column: 1))
    let context = ReadingContext()
    var fields = FieldReader(node, context: context)
    let sum = fields.keys.reduce(0) { $0 + fields.count($1, "", in: 0...999) }
    fields.finish()
    #expect(sum == 499_500)
    #expect(context.issues.isEmpty)
  }
}
