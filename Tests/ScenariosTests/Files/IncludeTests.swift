import Configuration
import Testing

@testable import Scenarios

struct IncludeTests {
  @Test func `an object is laid over the files it includes, later ones over earlier`() throws {
    let scenario = try scenario(
      #"{include: ["p/one.json5", "p/two.json5"], horizonDays: 90}"#,
      with: [
        "s/p/one.json5": "{horizonDays: 5, epochHours: 6, flowsEveryDays: 3}",
        "s/p/two.json5": #"{include: "../q.json5", flowsEveryDays: 4}"#,
        "s/q.json5": #"{seed: 7, replicates: 3}"#,
      ])
    #expect(scenario.horizonDays == 90 && scenario.seed == 7 && scenario.replicates == 3)
    #expect(scenario.value("epochHours") == "6" && scenario.value("flowsEveryDays") == "4")
    #expect(
      scenario.files.map(\.path) == ["main.json5", "p/one.json5", "p/two.json5", "q.json5"])
    #expect(!scenario.effectiveText.contains("include"))
  }

  @Test func `every value of an object inside knows the file it was written in`() throws {
    let scenario = try scenario(
      "{horizonDays: 9, hardware: {classes: {gpu: {include: \"gpu.json5\",\n busyWatts: 400}}}}",
      with: [
        "s/gpu.json5": "{priceUSD: 1500,\n busyWatts: 350, idleWatts: 20,\n"
          + " priceUSDPerGPUHour: 0.5}"
      ])
    func place(_ key: String) -> String? {
      let field = scenario.effective(variant: 0)
        .last { $0.path == "hardware.classes.gpu.\(key)" }
      return field.map { "\($0.value) \($0.location?.file ?? ""):\($0.location?.line ?? 0)" }
    }
    #expect(place("priceUSD") == "1500 s/gpu.json5:1")
    #expect(place("busyWatts") == "400 s/main.json5:2")
    #expect(place("idleWatts") == "20 s/gpu.json5:2")
  }

  @Test func `variants and amendments may include too, and what is included may extend`() throws {
    let scenario = try scenario(
      #"{horizonDays: 9, variants: {a: {}, b: {include: "v.json5"}}}"#,
      with: [
        "s/v.json5": #"{extends: "w.json5", epochHours: 12}"#,
        "s/w.json5": "{epochHours: 1, flowsEveryDays: 2}",
      ])
    #expect(scenario.value("epochHours", in: "b") == "12")
    #expect(scenario.value("flowsEveryDays", in: "b") == "2")
    #expect(scenario.value("epochHours", in: "a") == "=24")
  }

  @Test func `the digest is that of the same scenario in one file`() throws {
    let one = try scenario("{horizonDays: 9, epochHours: 3}")
    let two = try scenario(
      #"{include: "e.json5", epochHours: 3}"#, with: ["s/e.json5": "{horizonDays: 9}"])
    #expect(one.digest == two.digest)
  }

  @Test func `what is wrong in an included file is shown there, with the path of the scenario`() {
    #expect(
      messages(
        #"{horizonDays: 9, hardware: {classes: {gpu: {include: "gpu.json5", idleWatts: 2}}}}"#,
        with: ["s/gpu.json5": "{priceUSD: 9, busyWats: 1, priceUSDPerGPUHour: 1}"]
      ) == """
        s/gpu.json5:1:15: error: hardware.classes.gpu.busyWats: expected a key of hardware.classes.gpu, found "busyWats"
         1 | {priceUSD: 9, busyWats: 1, priceUSDPerGPUHour: 1}
           |               ^
          help: did you mean "busyWatts"?

        """)
  }

  @Test func `circles, missing files, absolute paths and other values are refused at once`() {
    #expect(
      messages(
        """
        {include: "a.json5",
         hardware: {include: "gone.json5"},
         demand: {include: "/etc/passwd"},
         operators: {include: ["b.json5", 7]},
         token: {include: "t.json5"}}
        """,
        with: [
          "s/a.json5": #"{demand: {include: "a.json5"}}"#, "s/b.json5": "[1]",
          "s/t.json5": #"{csv: "p.csv"}"#, "s/p.csv": "a,b\n1,2\n",
        ]) == """
          s/main.json5:1:1: error: horizonDays: expected a number from 0.001 to 3652425 [days], found nothing
           1 | {include: "a.json5",
             | ^
            help: add horizonDays: 1 (length of a run); see `depinsim explain horizonDays`
          s/main.json5:2:22: error: hardware.include: expected a file "gone.json5", found no such file
           2 |  hardware: {include: "gone.json5"},
             |                      ^
            help: a path begins at the folder of the file that names it
          s/main.json5:3:20: error: demand.include: expected a path from the folder of this file, such as "../Presets/render.json5", found "/etc/passwd"
           3 |  demand: {include: "/etc/passwd"},
             |                    ^
          s/main.json5:4:35: error: operators.include: expected a path from the folder of this file, such as "../Presets/render.json5", found 7
           4 |  operators: {include: ["b.json5", 7]},
             |                                   ^
          s/b.json5:1:1: error: operators: expected an object between { and }, found a list
           1 | [1]
             | ^
          s/t.json5:1:7: error: token: expected an object between { and }, found a table
           1 | {csv: "p.csv"}
             |       ^
          s/a.json5:1:20: error: demand.include: expected files that do not include each other in a circle, found main.json5 → a.json5 → a.json5
           1 | {demand: {include: "a.json5"}}
             |                    ^

          """)
  }

  @Test func `files that lie inside each other are stopped at the depth of one text`() {
    var texts: [String: String] = [:]
    let (open, close) = (String(repeating: "{a:", count: 200), String(repeating: "}", count: 200))
    for level in 0..<9 {
      texts["s/f\(level).json5"] = "\(open){include: \"f\(level + 1).json5\"}\(close)"
    }
    texts["s/f9.json5"] = "{}"
    let wrong = messages(#"{include: "f0.json5"}"#, with: texts)
    #expect(wrong.contains(": expected an include at most 256 levels deep, found 400 levels\n"))
  }
}
