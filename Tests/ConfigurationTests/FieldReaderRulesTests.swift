import Configuration
import Testing

struct FieldReaderRulesTests {
  private static let choices: [Choice<String>] = [
    Choice(name: "fixed", summary: "The same every epoch.", source: "paper 1", number: "tokens") {
      fields in
      "fixed \(numberText(fields.number("tokens", "tokens an epoch", in: .positive, default: 5)))"
    },
    Choice(name: "halving", summary: "Half after a while.") { fields in
      "halving \(fields.count("every", "epochs", in: 1...99))"
    },
    Choice(name: "sum", summary: "Several together.") { fields in
      fields.rules("parts", "what is added", from: FieldReaderRulesTests.choices)
        .joined(separator: " + ")
    },
  ]

  private func read(_ value: Value?, default fallback: String? = nil) -> (String?, String) {
    let page = value.map { Page(["emission": $0]) } ?? Page([:])
    return page.read {
      $0.rule("emission", "what is minted", from: Self.choices, default: fallback)
    }
  }

  @Test func `a bare name is the rule with its defaults`() {
    #expect(read("fixed") == ("fixed 5", ""))
  }

  @Test func `an object is the rule with its fields`() {
    #expect(read(["rule": "fixed", "tokens": 7]) == ("fixed 7", ""))
  }

  @Test func `a bare number is told the rule it may have meant`() {
    #expect(
      read(7).1 == """
        a.json5:2:13: error: emission: expected "fixed", "halving" or "sum", found 7
         2 |   emission: 7,
           |             ^
          help: write {rule: "fixed", tokens: 7}

        """)
  }

  @Test func `rules nest in lists`() {
    let value: Value = ["rule": "sum", "parts": ["fixed", ["rule": "halving", "every": 3]]]
    #expect(read(value) == ("fixed 5 + halving 3", ""))
  }

  @Test func `none is no rule, and absence is the default`() {
    #expect(read("none", default: "fixed") == (nil, ""))
    #expect(read(nil) == (nil, ""))
    #expect(read(nil, default: "fixed") == ("fixed 5", ""))
  }

  @Test func `a default may have fields, which hold where no other rule is named`() {
    func read(_ value: Value?) -> (String?, String) {
      let page = value.map { Page(["emission": $0]) } ?? Page([:])
      return page.read {
        $0.rule(
          "emission", "what is minted", from: Self.choices, default: "halving", with: ["every": 4])
      }
    }
    #expect(read(nil) == ("halving 4", ""))
    #expect(read([:]) == ("halving 4", ""))
    #expect(read(["every": 9]) == ("halving 9", ""))
    #expect(read(["rule": "fixed"]) == ("fixed 5", ""))
    #expect(read("halving").1.contains("expected a whole number from 1 to 99, found nothing"))
  }

  @Test func `a default that nobody wrote is recorded without a place`() {
    let records = Page([:]).records { fields in
      _ = fields.rule(
        "emission", "what is minted", from: Self.choices, default: "halving", with: ["every": 4])
    }
    #expect(records.map(\.path.description) == ["emission", "emission.rule", "emission.every"])
    #expect(records.allSatisfy { $0.location == nil })
    #expect(records.effectiveTree.json() == #"{"emission":{"rule":"halving","every":4}}"#)
  }

  @Test func `a bare name whose fields have no defaults says what is missing`() {
    #expect(
      read("halving").1 == """
        a.json5:2:13: error: emission.every: expected a whole number from 1 to 99, found nothing
         2 |   emission: "halving",
           |             ^
          help: add every: 1 (epochs); see `depinsim explain emission`

        """)
  }

  @Test(arguments: ["halvign" as Value, ["rule": "halvign"]])
  func `an unknown rule is answered with the nearest`(value: Value) {
    let (rule, messages) = read(value)
    #expect(rule == nil)
    #expect(
      messages.contains(
        #"error: emission: expected "fixed", "halving" or "sum", found "halvign""#))
    #expect(messages.hasSuffix("  help: did you mean \"halving\"?\n"))
  }

  @Test func `an object without a rule, and a value that is none, are refused`() {
    #expect(
      read(["tokens": 7]).1 == """
        a.json5:2:13: error: emission.rule: expected "fixed", "halving" or "sum", found nothing
         2 |   emission: {tokens: 7},
           |             ^
          help: add rule: "fixed"

        """)
    #expect(read(7).1.contains(#"emission: expected "fixed", "halving" or "sum", found 7"#))
  }

  @Test func `fields of another rule are unknown`() {
    let (_, messages) = read(["rule": "fixed", "every": 3])
    #expect(messages.contains(#"emission.every: expected a key of emission, found "every""#))
  }

  @Test func `recording walks every rule once, also rules inside rules`() {
    let context = ReadingContext()
    var fields = FieldReader.recording(into: context)
    let rule = fields.rule("emission", "", from: Self.choices, default: "halving")
    #expect(rule == "halving 1")
    #expect(context.issues.isEmpty)
    #expect(
      context.records.map(\.path.description) == [
        "emission", "emission(fixed).tokens", "emission(halving).every", "emission(sum).parts",
      ])
    #expect(context.records[1].fallback?.json() == "5")
    #expect(context.records[2].isRequired)
  }
}
