import Configuration
import Testing

@testable import Scenarios

struct AmendmentTests {
  private func text(_ amendments: String) -> String {
    """
    {horizonDays: 90, start: "2024-01-01", variants: {a: {}, b: {flowsEveryDays: 9}},
     amendments: {\(amendments)}}
    """
  }

  @Test func `each amendment begins a stage, in the order of their days`() throws {
    let scenario = try scenario(
      text(
        "late: {on: '2024-03-01', set: {flowsEveryDays: 5}}, "
          + "early: {on: 10, set: {flowsEveryDays: 4}}, "
          + "same: {on: 10, set: {concentrationEveryDays: 2}}"))
    #expect(scenario.variants.map { $0.stages.map(\.day) } == [[0, 10, 60], [0, 10, 60]])
  }

  @Test func `amendments that make no sense are refused`() {
    let wrong = messages(
      text(
        "early: {on: 0, set: {flowsEveryDays: 5}}, none: {on: 3, set: {}}, bare: {on: 3},\n"
          + "self: {on: 3, set: {seed: 4}}, typo: {on: 3, set: {'flowsEveryDay': 5}},\n"
          + "range: {on: 3, set: {flowsEveryDays: -5}}, path: {on: 3, set: {'a..b': 1}},\n"
          + "list: {on: 4, set: {'shocks.a.b.c': 3}}"))
    for expected in [
      "amendments.early.on: expected a day after the start, found 0",
      "amendments.none.set: expected key paths and their new values, found none",
      "amendments.bare.set: expected key paths and their new values, found nothing",
      #"amendments.self.set: expected a path inside the network, found "seed""#,
      #"amendments: expected the path of a field, found "flowsEveryDay""#,
      #"help: did you mean "flowsEveryDays"?"#,
      "flowsEveryDays: expected a number from 0.01 to 3650 [days], found -5",
      #"amendments.path.set: expected a key path, found "a..b""#,
    ] {
      #expect(wrong.contains(expected))
    }
  }

  @Test func `an object that replaces another by mistake is named beside what it leaves out`() {
    let wrong = messages(
      """
      {horizonDays: 90, token: {circulating: 100},
       amendments: {half: {on: 5, set: {token: {emissionScale: 0.5}}}}}
      """)
    #expect(wrong.contains("token.circulating: expected a number"))
    #expect(
      wrong.contains(
        """
        amendments.half.set: expected the path of each value that changes, found an object that \
        replaces all of token
        """))
    #expect(
      wrong.contains(
        #"help: write "token.emissionScale": …, and leave what stays as it is out"#))
  }

  @Test func `an object that replaces another is not blamed for what is wrong elsewhere`() {
    let market = #"market: {rule: "exogenous", openingPriceUSD: 1}"#
    func wrong(_ rewards: String) -> String {
      messages(
        """
        {horizonDays: 90, sede: 1, token: {circulating: 100, rewards: {work: 0.5, online: 0.5}},
         \(market), amendments: {one: {on: 5, set: {"token.rewards": \(rewards)}}}}
        """)
    }
    let base = """
      s/main.json5:1:19: error: sede: expected a key of the scenario, found "sede"
       1 | {horizonDays: 90, sede: 1, token: {circulating: 100, rewards: {work: 0.5, online: 0.5}},
         |                   ^
        help: did you mean "seed"?

      """
    #expect(wrong("{work: 1, online: 0}") == base)
    #expect(
      wrong("{work: 0.9}") == base + """
        s/main.json5:2:83: error: amendments.one.set: expected the path of each value that changes, \
        found an object that replaces all of token.rewards
         2 |  market: {rule: "exogenous", openingPriceUSD: 1}, amendments: {one: {on: 5, set: {"token.rewards": {work: 0.9}}}}}
           |                                                                                   ^
          help: write "token.rewards.work": …, and leave what stays as it is out
        s/main.json5:2:100: error: token.rewards: expected parts that add to 1, found 0.9 + 0 + 0 + 0 = 0.9
         2 |  market: {rule: "exogenous", openingPriceUSD: 1}, amendments: {one: {on: 5, set: {"token.rewards": {work: 0.9}}}}}
           |                                                                                                    ^
          help: 0.1 is missing: raise one of work, online, registered and treasury

        """)
  }

  @Test func `a path that many amendments misspell is told at each`() {
    let wrong = messages(
      """
      {horizonDays: 90, amendments: {
       a: {on: 2, set: {epochHour: 3}}, b: {on: 3, set: {epochHours: 4}},
       c: {on: 4, set: {epochHour: 5}}}}
      """)
    #expect(
      wrong == """
        s/main.json5:2:19: error: amendments: expected the path of a field, found "epochHour"
         2 |  a: {on: 2, set: {epochHour: 3}}, b: {on: 3, set: {epochHours: 4}},
           |                   ^
          help: did you mean "epochHours"?
        s/main.json5:3:19: error: amendments: expected the path of a field, found "epochHour"
         3 |  c: {on: 4, set: {epochHour: 5}}}}
           |                   ^
          help: did you mean "epochHours"?

        """)
  }

  @Test func `what an amendment may not change is named`() {
    #expect(
      messages(
        """
        {horizonDays: 90, token: {circulating: 100}, market: {rule: "exogenous", openingPriceUSD: 1},
         amendments: {shape: {on: 4, set: {"token.decimals": 3}}}}
        """
      ).contains(
        "amendments.shape.set: expected an amendment that leaves token.decimals as it is, "
          + "found a change of it"))
  }

  @Test func `an amendment beyond the horizon is a warning`() throws {
    let scenario = try scenario(text("far: {on: 91, set: {flowsEveryDays: 5}}"))
    #expect(scenario.warnings.map(\.path) == ["amendments.far.on"])
  }
}
