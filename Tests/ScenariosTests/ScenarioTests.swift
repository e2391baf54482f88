import Configuration
import Kernel
import Testing

@testable import Scenarios

struct ScenarioTests {
  @Test func `the smallest scenario says how long it runs`() throws {
    let scenario = try scenario("{horizonDays: 90}")
    #expect(scenario.name == "main")
    #expect(scenario.start.description == "2024-01-01")
    #expect(scenario.horizonDays == 90 && scenario.measureEveryDays == 1)
    #expect(scenario.seed == 1 && scenario.replicates == 20)
    #expect(scenario.variants.map(\.name) == ["base"] && scenario.baseline == 0)
    #expect(scenario.variants[0].stages.map(\.day) == [0])
    #expect(scenario.warnings.isEmpty)
  }

  @Test func `everything about the run is read`() throws {
    let scenario = try scenario(
      """
      {about: "x", start: "2023-12-20", horizonDays: 30.5, measureEveryDays: 7,
       seed: 9223372036854775807, replicates: 3, "$schema": "schema.json"}
      """)
    #expect(scenario.about == "x" && scenario.start.description == "2023-12-20")
    #expect(scenario.horizonDays == 30.5 && scenario.measureEveryDays == 7)
    #expect(scenario.seed == 9_223_372_036_854_775_807 && scenario.replicates == 3)
  }

  @Test func `everything wrong in any part is said at once in file order`() {
    #expect(
      messages(
        """
        {
          start: "soon",
          horizonDays: "90d",
          replicates: 0,
          epochHuors: 24,
          variants: {a: {flowsEveryDays: -1}, b: {seed: 3}},
          baseline: "c",
        }
        """) == """
          s/main.json5:2:10: error: start: expected a date such as "2026-03-01", found "soon"
           2 |   start: "soon",
             |          ^
            help: write the year with four digits, month and day with two: "2026-03-01"
          s/main.json5:3:16: error: horizonDays: expected a number from 0.001 to 3652425 [days], found "90d"
           3 |   horizonDays: "90d",
             |                ^
            help: the unit is days; write 90
          s/main.json5:4:15: error: replicates: expected a whole number from 1 to 1000000, found 0
           4 |   replicates: 0,
             |               ^
          s/main.json5:5:3: error: epochHuors: expected a key of the scenario, found "epochHuors"
           5 |   epochHuors: 24,
             |   ^
            help: did you mean "epochHours"?
          s/main.json5:6:34: error: flowsEveryDays: expected a number from 0.01 to 3650 [days], found -1
           6 |   variants: {a: {flowsEveryDays: -1}, b: {seed: 3}},
             |                                  ^
          s/main.json5:6:43: error: variants.b.seed: expected changes to the network, found "seed"
           6 |   variants: {a: {flowsEveryDays: -1}, b: {seed: 3}},
             |                                           ^
            help: all variants share it; write it at the top
          s/main.json5:7:13: error: baseline: expected the name of a variant, found "c"
           7 |   baseline: "c",
             |             ^
            help: the variants are "a", "b"

          """)
  }

  @Test func `the digest follows the meaning and not the spelling`() throws {
    let plain = try scenario("{horizonDays: 90, epochHours: 24}")
    let other = try scenario("// the same\n{horizonDays: 9e1, 'epochHours': +24.0,}")
    let changed = try scenario("{horizonDays: 90, epochHours: 25}")
    let set = try scenario("{horizonDays: 90, epochHours: 24}", setting: ["epochHours=25"])
    #expect(plain.digest == other.digest && plain.digest.count == 64)
    #expect(plain.digest != changed.digest && set.digest == changed.digest)
    #expect(plain.effectiveText == "{\n  \"horizonDays\": 90,\n  \"epochHours\": 24\n}\n")
  }

  @Test func `effective values name their place, and defaults none`() throws {
    let scenario = try scenario("{horizonDays: 90,\n epochHours: 12}")
    let fields = scenario.effective(variant: 0)
    let epoch = fields.first { $0.path == "epochHours" }
    #expect(epoch?.value == "12" && epoch?.unit == "h" && epoch?.location?.line == 2)
    #expect(fields.first { $0.path == "flowsEveryDays" }?.value == "30")
    #expect(fields.first { $0.path == "flowsEveryDays" }?.location == nil)
  }

  @Test func `a file that cannot be read is named with the reason`() {
    #expect(throws: ScenarioError.self) { try ScenarioSource(path: "nowhere/x.json5") }
    #expect(
      ScenarioError.unreadable(path: "x.json5", reason: "no such file").description
        == "error: expected a readable scenario at \"x.json5\", found no such file\n")
  }

  @Test func `every field that a scenario may have is known without a scenario`() {
    let fields = ScenarioSource.fields()
    #expect(fields.first { $0.path.description == "horizonDays" }?.isRequired == true)
    #expect(fields.contains { $0.path.description == "amendments.NAME.on" })
    #expect(fields.contains { $0.path.description == "epochHours" })
  }
}
