import Configuration
import Kernel
import Testing

@testable import Scenarios

struct OverridesTests {
  private let text = """
    {horizonDays: 9, epochHours: 24, variants: {a: {epochHours: 48}, b: {}},
     history: {h: {measure: "active_nodes", data: {csv: "h.csv"}}}}
    """
  private let tables = ["s/h.csv": "date,value\n2024-01-02,1\n"]

  @Test func `a setting holds in every variant, above what the variant says`() throws {
    let scenario = try scenario(text, with: tables, setting: ["epochHours=6", "seed=7"])
    #expect(scenario.value("epochHours", in: "a") == "6")
    #expect(scenario.value("epochHours", in: "b") == "6")
    #expect(scenario.seed == 7)
    #expect(scenario.effectiveText.contains("\"seed\": 7"))
  }

  @Test func `a setting can name one variant`() throws {
    let scenario = try scenario(text, with: tables, setting: ["variants.b.epochHours=6"])
    #expect(scenario.value("epochHours", in: "a") == "48")
    #expect(scenario.value("epochHours", in: "b") == "6")
  }

  @Test func `a default that nobody wrote can be set, and dates need no quotes`() throws {
    let scenario = try scenario(
      text, with: tables, setting: ["flowsEveryDays=3", "start=2024-05-01", "about=a = b"])
    #expect(scenario.value("flowsEveryDays", in: "a") == "3")
    #expect(scenario.start.description == "2024-05-01" && scenario.about == "a = b")
  }

  @Test func `wrong settings are shown as lines of the command`() {
    let wrong = messages(
      text, with: tables,
      setting: ["epochHuors=3", "replicates=many", "seed", "variants.c.x=1", "history.x.y={a: "])
    #expect(
      wrong == """
        --set:1:1: error: expected the path of a field, found "epochHuors"
         1 | epochHuors=3
           | ^
          help: did you mean "epochHours"?
        --set:2:12: error: replicates: expected a whole number from 1 to 1000000, found "many"
         2 | replicates=many
           |            ^
          help: write a number such as 1
        --set:3:1: error: expected key.path=value, found "seed"
         3 | seed
           | ^
          help: write, for instance, --set token.emissionScale=0.5
        --set:4:1: error: expected the path of a field, found "variants.c.x"
         4 | variants.c.x=1
           | ^
          help: did you mean "variants.a"?
        --set:5:17: error: a: expected a value, found the end of the text
         5 | history.x.y={a: 
           |                 ^

        """)
  }

  @Test func `a rule can be set with its fields, in any order`() throws {
    let token = """
      {horizonDays: 9, market: {rule: "exogenous", openingPriceUSD: 1}, token: {circulating: 9,
        rewards: {work: 1}, emission: {rule: "fixed", tokensPerEpoch: 120}}}
      """
    let settings = [
      "token.emission.halvingEpochs=3", "token.emission.rule=halving",
      "token.emission.initialTokensPerEpoch=100",
    ]
    for settings in [settings, settings.reversed()] {
      let scenario = try scenario(token, setting: settings)
      #expect(scenario.value("token.emission.halvingEpochs") == "3")
      #expect(scenario.value("token.emission.tokensPerEpoch") == nil)
    }
    // The same rule keeps its fields.
    let same = try scenario(token, setting: ["token.emission.rule=fixed"])
    #expect(same.value("token.emission.tokensPerEpoch") == "120")
  }

  @Test func `a field of a rule that is a bare name can be set`() throws {
    let node = JSON5Parser.parse(Array(#"{e: "halving", f: [1, 2]}"#.utf8), file: "f").node
    let place = SourceLocation(file: "--set", line: 1, column: 1)
    let five = Node(.number(5, text: "5"), at: place)
    let tree = try #require(node)
    #expect(
      tree.setting([.key("e"), .key("every")], to: five)?.json()
        == #"{"e":{"rule":"halving","every":5},"f":[1,2]}"#)
    #expect(
      tree.setting([.key("f"), .index(1)], to: five)?.json() == #"{"e":"halving","f":[1,5]}"#)
    #expect(tree.setting([.key("f"), .index(2)], to: five)?.json() == nil)
    #expect(
      tree.setting([.key("g"), .key("h")], to: five)?.json()
        == #"{"e":"halving","f":[1,2],"g":{"h":5}}"#)
  }
}
