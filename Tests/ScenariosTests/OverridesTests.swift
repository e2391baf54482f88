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
          help: the keys of variants are "a", "b"
        --set:5:17: error: a: expected a value, found the end of the text
         5 | history.x.y={a: 
           |                 ^

        """)
  }

  @Test func `an object may stand at a new name, a value below one may not`() throws {
    let text = "{horizonDays: 9, amendments: {later: {on: 3, set: {\"payment.fees\": {}}}}}"
    let scenario = try scenario(
      text,
      setting: ["shocks.fall={target: 'demand', on: 3, factor: 0.5}", "treasury.openingUSD=5"])
    #expect(scenario.number(variant: "base", "shocks.fall.factor") == 0.5)
    let wrong = messages(text, setting: ["shocks.fall=3", "shocks.fall.factor=0.5"])
    #expect(wrong.contains(#"expected the path of a field, found "shocks.fall""#))
    #expect(wrong.contains(#"expected the path of a field, found "shocks.fall.factor""#))
  }

  @Test func `a path that leads nowhere is told the nearest one, step by step`() {
    let wrong = messages(
      """
      {horizonDays: 9, variants: {both: {}, burn: {}}, baseline: "both",
       hardware: {classes: {gpu: {priceUSD: 9, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1}}},
       amendments: {half: {on: 3, set: {"hardware.clases.gpu.speed": 2, "tokn.cap": 3}}}}
      """,
      setting: [
        "variants.brn.payment.burn=0.5", "variants.burn.payment.brn=0.5", "treasury.costs=3",
        "tresury.sale.keppUSD=4", "hardware.gpu.speed=3", "backtests[0]=x", "zzz=1",
        "variants.bth=none",
      ])
    #expect(
      wrong == """
        s/main.json5:3:35: error: amendments: expected the path of a field, found "hardware.clases.gpu.speed"
         3 |  amendments: {half: {on: 3, set: {"hardware.clases.gpu.speed": 2, "tokn.cap": 3}}}}
           |                                   ^
          help: did you mean "hardware.classes.gpu.speed"?
        s/main.json5:3:67: error: amendments: expected the path of a field, found "tokn.cap"
         3 |  amendments: {half: {on: 3, set: {"hardware.clases.gpu.speed": 2, "tokn.cap": 3}}}}
           |                                                                   ^
          help: did you mean "token.cap"?
        --set:1:1: error: expected the path of a field, found "variants.brn.payment.burn"
         1 | variants.brn.payment.burn=0.5
           | ^
          help: did you mean "variants.burn.payment.burn"?
        --set:2:1: error: expected the path of a field, found "variants.burn.payment.brn"
         2 | variants.burn.payment.brn=0.5
           | ^
          help: did you mean "variants.burn.payment.burn"?
        --set:3:1: error: expected the path of a field, found "treasury.costs"
         3 | treasury.costs=3
           | ^
          help: the keys of treasury are
            "grants"
            "marketMaking"
            "openingUSD"
            "operatingUSDPerMonth"
            "sale"
            "topUp"
        --set:4:1: error: expected the path of a field, found "tresury.sale.keppUSD"
         4 | tresury.sale.keppUSD=4
           | ^
          help: did you mean "treasury.sale.keepUSD"?
        --set:5:1: error: expected the path of a field, found "hardware.gpu.speed"
         5 | hardware.gpu.speed=3
           | ^
          help: did you mean "hardware.classes.gpu.speed"?
        --set:6:1: error: expected the path of a field, found "backtests[0]"
         6 | backtests[0]=x
           | ^
          help: did you mean "backtests"?
        --set:7:1: error: expected the path of a field, found "zzz"
         7 | zzz=1
           | ^
          help: see `depinsim explain --effective FILE` for all paths
        --set:8:1: error: expected the path of a field, found "variants.bth"
         8 | variants.bth=none
           | ^
          help: did you mean "variants.both"?

        """)
  }

  @Test func `a section that the file leaves out can be set key by key`() throws {
    let scenario = try scenario(text, with: tables, setting: ["treasury.openingUSD=3"])
    #expect(scenario.value("treasury.openingUSD", in: "a") == "3")
    #expect(scenario.value("treasury.openingUSD", in: "b") == "3")
  }

  @Test func `variants can be left out, emptied and put in place of others`() throws {
    let one = try scenario(text, with: tables, setting: ["variants=none"])
    #expect(one.variants.map(\.name) == ["base"])
    let two = try scenario(text, with: tables, setting: ["variants.a={}", "variants.b=none"])
    #expect(two.variants.map(\.name) == ["a"] && two.value("epochHours", in: "a") == "24")
    let other = try scenario(text, with: tables, setting: ["variants={c: {epochHours: 3}}"])
    #expect(other.variants.map(\.name) == ["c"] && other.value("epochHours", in: "c") == "3")
  }

  @Test func `what a setting spoils in a list or an object is shown at the setting`() {
    let text = """
      {horizonDays: 9, payment: {provider: 0.5, protocol: 0.5},
       hardware: {classes: {gpu: {priceUSD: 9, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1}}},
       operators: {types: {host: {hardware: "gpu", candidates: 4, activeAtStart: 4}}},
       demand: {classes: {jobs: {arrivalsPerHour: 1, hardware: ["gpu", "gpu"],
         sizeHours: {rule: "fixed", value: 1}}}}}
      """
    #expect(messages(text) == "")
    let wrong = messages(
      text, setting: ["demand.classes.jobs.hardware[1]=cpu", "payment.protocol=0.1"])
    #expect(
      wrong == """
        --set:1:33: error: demand.classes.jobs.hardware: expected names of hardware.classes, found "gpu", "cpu"
         1 | demand.classes.jobs.hardware[1]=cpu
           |                                 ^
          help: no node could ever serve this class; choose among gpu
        --set:2:18: error: payment: expected shares that add to 1, found 0.5 + 0.1 + 0 = 0.6
         2 | payment.protocol=0.1
           |                  ^
          help: 0.4 is missing: raise one of provider, protocol and burn

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
