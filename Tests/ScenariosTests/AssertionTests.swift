import Configuration
import Testing

@testable import Scenarios

struct AssertionTests {
  @Test func `the four claims are read with their days and shares`() throws {
    let scenario = try scenario(
      """
      {start: "2024-01-01", horizonDays: 90, variants: {a: {}, b: {}}, assertions: {
        one: {always: "active_nodes >= 10", after: "2024-01-11", before: 60, share: 0.9},
        two: {eventually: "price_drawdown > 0.5", variant: "b"},
        three: {within: {days: 5, event: "utilisation < 1", whenever: "fill_rate <= 0.5"}},
        four: {until: {holds: "active_nodes > 3", event: "exits > 1e2"}},
      }}
      """)
    #expect(
      scenario.assertions == [
        Assertion(
          name: "one", claim: .always(.init("active_nodes", .atLeast, 10)), after: 10, before: 60,
          share: 0.9),
        Assertion(
          name: "two", claim: .eventually(.init("price_drawdown", .above, 0.5)), variant: "b"),
        Assertion(
          name: "three",
          claim: .within(
            days: 5, .init("utilisation", .below, 1), whenever: .init("fill_rate", .atMost, 0.5))),
        Assertion(
          name: "four",
          claim: .until(.init("active_nodes", .above, 3), event: .init("exits", .above, 100))),
      ])
    #expect(
      scenario.assertions.map(\.claim.description) == [
        "always active_nodes >= 10", "eventually price_drawdown > 0.5",
        "utilisation < 1 within 5 days whenever fill_rate <= 0.5",
        "active_nodes > 3 until exits > 100",
      ])
  }

  @Test func `everything wrong with an assertion is said at its place`() {
    let text = """
      {horizonDays: 9, assertions: {
        a: {always: "active_node >= 10"},
        b: {always: "active_nodes => 10"},
        c: {always: "active_nodes > 1", eventually: "exits > 1"},
        d: {share: 0.5},
        e: {always: "active_nodes > 1", after: 12},
        f: {until: {holds: "exits > 1"}, variant: "x"},
        g: {always: "active_nodes > 1", befor: 3},
      }}
      """
    let lines = messages(text).split(separator: "\n")
      .filter { $0.contains("error") || $0.contains("help") }
    #expect(
      lines.joined(separator: "\n") == """
        s/main.json5:2:15: error: assertions.a.always: expected the name of a measure before >=, \
        found "active_node"
          help: did you mean "active_nodes"?
        s/main.json5:3:15: error: assertions.b.always: expected a measure, one of >=, <=, > and <, \
        and a number, found "active_nodes => 10"
          help: write "active_nodes >= 10", with spaces between
        s/main.json5:4:6: error: assertions.c: expected one of always, eventually, within and until, \
        found always and eventually
          help: write always: "active_nodes >= 10"; two claims are two assertions
        s/main.json5:5:6: error: assertions.d: expected one of always, eventually, within and until, \
        found none
          help: write always: "active_nodes >= 10"; two claims are two assertions
        s/main.json5:6:42: error: assertions.e.after: expected a day not after the last that is \
        looked at, which is 9, found 12
          help: no row would be judged
        s/main.json5:7:14: error: assertions.f.until.event: expected a text between quotes, found \
        nothing
          help: add event: "…" (what ends it, and must come); see `depinsim explain assertions`
        s/main.json5:7:45: error: assertions.f.variant: expected the name of a variant, found "x"
          help: the variants are "base"
        s/main.json5:8:35: error: assertions.g.befor: expected a key of assertions.g, found "befor"
          help: did you mean "before"?
        """)
  }

  @Test func `the effective tree of one variant keeps an assertion about it`() throws {
    let first = try scenario(
      """
      {horizonDays: 9, variants: {a: {}, b: {}}, assertions: {
        x: {always: "active_nodes >= 0", variant: "b"}}}
      """)
    let second = try scenario(first.effectiveTree(variant: 1).json())
    #expect(second.assertions.map(\.name) == ["x"] && second.assertions[0].variant == nil)
  }
}
