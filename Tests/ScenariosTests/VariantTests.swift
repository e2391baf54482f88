import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct VariantTests {
  @Test func `every variant and every amended path is listed with its own place`() throws {
    let scenario = try scenario(
      """
      {horizonDays: 9, variants: {a: {},
       b: {epochHours: 6}}, amendments: {x: {on: 3, set: {
        flowsEveryDays: 7}}}}
      """)
    let listed = scenario.effective(variant: 0).compactMap { field in
      field.location.map { "\(field.path) = \(field.value) \($0.line):\($0.column)" }
    }
    #expect(
      listed == [
        "horizonDays = 9 1:15", "variants.a = {} 1:32", #"variants.b = {"epochHours":6} 2:5"#,
        "amendments.x.on = 3 2:44", "amendments.x.set.flowsEveryDays = 7 3:19",
      ])
  }

  @Test func `variants lay their changes over what they share`() throws {
    let scenario = try scenario(
      """
      {horizonDays: 9, epochHours: 24, flowsEveryDays: 5,
       variants: {slow: {epochHours: 48}, slower: {extends: "slow", flowsEveryDays: 7}, same: {}},
       baseline: "same"}
      """)
    #expect(scenario.variants.map(\.name) == ["slow", "slower", "same"])
    #expect(scenario.baseline == 2)
    #expect(
      scenario.variants.map { scenario.value("epochHours", in: $0.name) } == ["48", "48", "24"])
    #expect(
      scenario.variants.map { scenario.value("flowsEveryDays", in: $0.name) } == ["5", "7", "5"])
  }

  @Test func `a variant may have a baseline of its own, which those laid over it share`() throws {
    let scenario = try scenario(
      """
      {horizonDays: 9, variants: {
        calm: {}, other: {}, fall: {baseline: "other", epochHours: 48}, deep: {extends: "fall"}}}
      """)
    #expect(scenario.variants.map(\.baseline) == [nil, nil, 1, 1])
    #expect(
      messages(#"{horizonDays: 9, variants: {calm: {}, fall: {baseline: "clam"}}}"#)
        == """
        s/main.json5:1:56: error: variants.fall.baseline: expected the name of a variant, found \
        "clam"
         1 | {horizonDays: 9, variants: {calm: {}, fall: {baseline: "clam"}}}
           |                                                        ^
          help: did you mean "calm"?

        """)
  }

  @Test func `a variant of an extended scenario can be left out`() throws {
    let base = ["s/base.json5": "{horizonDays: 9, variants: {a: {}, b: {}, c: {}}}"]
    let scenario = try scenario(
      #"{extends: "base.json5", variants: {a: null, b: "none", d: {epochHours: 2}}}"#, with: base)
    #expect(scenario.variants.map(\.name) == ["c", "d"])
    #expect(
      messages(
        #"{extends: "base.json5", variants: {a: null, b: null, c: {extends: "a"}}}"#, with: base
      ).contains("variants.c.extends: expected the name of another variant, found \"a\""))
  }

  @Test func `what is wrong in one variant or after an amendment is told where that stands`() {
    let text = """
      {
        horizonDays: 5, payment: { provider: 1, protocol: 0 },
        variants: { a: {}, b: { payment: { protocol: 0.3 } } },
        amendments: { cut: { on: 3, set: { "payment.protocol": 0.2 } } },
      }
      """
    #expect(
      messages(text) == """
        s/main.json5:3:22: error: payment: expected shares that add to 1, found 1 + 0.3 + 0 = 1.3, in \
        this variant
         3 |   variants: { a: {}, b: { payment: { protocol: 0.3 } } },
           |                      ^
          help: 0.3 is too much: lower one of provider, protocol and burn
        s/main.json5:4:38: error: payment: expected shares that add to 1, found 1 + 0.2 + 0 = 1.2, \
        after this amendment
         4 |   amendments: { cut: { on: 3, set: { "payment.protocol": 0.2 } } },
           |                                      ^
          help: 0.2 is too much: lower one of provider, protocol and burn

        """)
  }

  @Test func `circles and unknown names are refused`() {
    let text = """
      {horizonDays: 9, variants: {
        a: {extends: "b"}, b: {extends: "a"}, c: {extends: "bb"}, d: 4}}
      """
    let errors = messages(text).split(separator: "\n").filter { $0.contains("error") }
    #expect(
      errors.joined(separator: "\n") == """
        s/main.json5:2:35: error: variants.b.extends: expected variants that do not extend each \
        other in a circle, found a → b → a
        s/main.json5:2:54: error: variants.c.extends: expected the name of another variant, \
        found "bb"
        s/main.json5:2:64: error: variants.d: expected an object of changes, found 4
        """)
  }

  @Test func `a long circle is told once, and cut`() {
    let others = (1..<30).map { "w\($0): {extends: 'w\($0 - 1)'}" }.joined(separator: ", ")
    #expect(
      messages("{horizonDays: 9, variants: {w0: {extends: 'w29'},\n w1: \(others.dropFirst(4))}}")
        == """
        s/main.json5:2:16: error: variants.w1.extends: expected variants that do not extend each \
        other in a circle, found w0 → w29 → w28 → w27 → w26 → w25 → w24 → w23 → w22 → w21 → … → w0
         2 |  w1: \(others.dropFirst(4).prefix(155))…
           |                ^

        """)
  }

  @Test(arguments: [("[]", "an empty list"), ("7", "7")])
  func `variants that are no named changes are refused beside other mistakes`(
    value: String, found: String
  ) {
    let text = "{horizonDays: 9, baseline: 'a', epochHours: true, variants: \(value)}"
    #expect(
      messages(text) == """
        s/main.json5:1:45: error: epochHours: expected a number from 0.01 to 8760 [h], found true
         1 | \(text)
           |                                             ^
        s/main.json5:1:61: error: variants: expected an object of named changes, found \(found)
         1 | \(text)
           |                                                             ^
          help: write variants: {name: {key: value, …}, …}

        """)
  }

  @Test(arguments: ["{}", "null", "{a: null, b: 'none'}"])
  func `a scenario whose variants are all left out has the one of a scenario without`(
    value: String
  ) throws {
    let scenario = try scenario(
      "{horizonDays: 9, variants: \(value)}", setting: ["epochHours=3"])
    #expect(scenario.variants.map(\.name) == ["base"])
    #expect(scenario.value("epochHours") == "3")
  }

  @Test func `a name of a variant that is wrong itself is not unknown`() {
    let text = "{horizonDays: 9, baseline: 'b', variants: {a: {}, b: 4}}"
    #expect(
      messages(text) == """
        s/main.json5:1:54: error: variants.b: expected an object of changes, found 4
         1 | \(text)
           |                                                      ^

        """)
  }

  @Test func `what is wrong in the shared part is told there, once`() {
    let variants = "variants: {a: {}, b: {}, c: {payment: {provider: 1}}, d: {extends: 'b'}}"
    #expect(
      messages("{horizonDays: 9, payment: {provider: true},\n \(variants)}") == """
        s/main.json5:1:38: error: payment.provider: expected a number from 0 to 1, found true
         1 | {horizonDays: 9, payment: {provider: true},
           |                                      ^

        """)
  }

  @Test func `what a variant brings about is told there, and not at those laid over it`() {
    let variants =
      "variants: {a: {}, b: {payment: {protocol: 0.3}}, c: {extends: 'b', epochHours: 3}}"
    #expect(
      messages("{horizonDays: 9, payment: {provider: 1},\n \(variants)}") == """
        s/main.json5:2:20: error: payment: expected shares that add to 1, found 1 + 0.3 + 0 = 1.3, in \
        this variant
         2 |  \(variants)}
           |                    ^
          help: 0.3 is too much: lower one of provider, protocol and burn

        """)
  }

  @Test func `rules do not mix, and fields join the rule below`() throws {
    func merged(_ base: String, _ over: String) throws -> String? {
      let trees = [base, over].map { JSON5Parser.parse(Array($0.utf8), file: "f").node }
      return try #require(trees[0]).merged(with: try #require(trees[1])).json()
    }
    let halving = #"{e: {rule: "halving", every: 4}, k: 1}"#
    #expect(
      try merged(halving, #"{e: {rule: "fixed", n: 1}}"#) == #"{"e":{"rule":"fixed","n":1},"k":1}"#)
    #expect(
      try merged(halving, "{e: {every: 5}}") == #"{"e":{"rule":"halving","every":5},"k":1}"#)
    #expect(try merged(halving, #"{e: "fixed"}"#) == #"{"e":"fixed","k":1}"#)
    #expect(
      try merged(#"{e: "halving"}"#, "{e: {every: 5}}") == #"{"e":{"rule":"halving","every":5}}"#)
    #expect(try merged(#"{e: "none"}"#, "{e: {every: 5}}") == #"{"e":{"every":5}}"#)
    #expect(try merged("{a: [1, 2], b: {c: 1}}", "{a: [3], b: null}") == #"{"a":[3],"b":null}"#)
  }

  @Test func `a calibration names a number and another variant`() throws {
    let fit = """
      calibrate: {key: "epochHours", measure: "minted_tokens", equals: "a", toDay: 5}
      """
    let scenario = try scenario("{horizonDays: 9, variants: {a: {}, b: {\(fit)}}}")
    #expect(
      scenario.variants.map(\.calibration) == [
        nil,
        Calibration(
          key: "epochHours", measure: "minted_tokens", fromDay: 0, toDay: 5, equals: "a",
          tolerance: 0.01),
      ])
    let wrong = messages("{horizonDays: 9, variants: {b: {\(fit)}}}")
    #expect(wrong.contains("help: there is no other variant"))
    let unknown = fit.replacing("epochHours", with: "epochHour")
    #expect(
      messages("{horizonDays: 9, variants: {a: {}, b: {\(unknown)}}}").contains(
        #"variants.b.calibrate.key: expected the key path of a number, found "epochHour""#))
  }

  @Test func `one number of a variant can be replaced, within the range of its field`() throws {
    let scenario = try scenario(
      "{horizonDays: 9, variants: {a: {flowsEveryDays: 3}}, "
        + "amendments: {x: {on: 2, set: {flowsEveryDays: 8}}}}")
    #expect(scenario.number(variant: "a", "flowsEveryDays") == 3)
    #expect(scenario.number(variant: "a", "nothing") == nil)
    let changed = scenario.overriding(variant: "a", "epochHours", 1e9)
    #expect(changed.stages.map(\.day) == [0, 2])
    let epochs = [changed, scenario.variants[0]].map { $0.stages[0].settings.epoch.inHours }
    #expect(epochs == [8760, 24])
  }
}
