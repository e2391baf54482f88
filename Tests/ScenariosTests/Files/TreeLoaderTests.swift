import Configuration
import Testing

@testable import Scenarios

struct TreeLoaderTests {
  @Test func `a scenario extends others, found from the file that names them`() throws {
    let scenario = try scenario(
      #"{extends: "../p/base.json5", epochHours: 6}"#,
      with: [
        "p/base.json5": #"{extends: ["one.json5", "two.json5"], epochHours: 12, seed: 3}"#,
        "p/one.json5": "{horizonDays: 90, flowsEveryDays: 3}",
        "p/two.json5": "{flowsEveryDays: 4, seed: 5}",
      ])
    #expect(scenario.value("epochHours") == "6" && scenario.value("flowsEveryDays") == "4")
    #expect(scenario.seed == 3 && scenario.horizonDays == 90)
    #expect(
      scenario.files.map(\.path) == [
        "main.json5", "../p/base.json5", "../p/one.json5", "../p/two.json5",
      ])
    let flows = scenario.effective(variant: 0).first { $0.path == "flowsEveryDays" }
    #expect(flows?.location?.file == "p/two.json5")
  }

  @Test func `circles, missing files, absolute paths and non-objects are refused`() {
    #expect(
      messages(#"{extends: "a.json5"}"#, with: ["s/a.json5": #"{extends: "main.json5"}"#]) == """
        s/a.json5:1:11: error: extends: expected files that do not extend each other in a circle, found main.json5 → a.json5 → main.json5
         1 | {extends: "main.json5"}
           |           ^

        """)
    #expect(
      messages(#"{extends: "a.json5"}"#).contains(
        #"extends: expected a file "a.json5", found no such file"#))
    #expect(messages(#"{extends: "/etc/x"}"#).contains("expected a path from the folder of this"))
    #expect(messages("{extends: 7}").contains("expected a path from the folder of this file"))
    #expect(messages("[]").contains("expected a scenario between { and }, found an empty list"))
  }

  @Test func `files that multiply are stopped at the limit`() {
    var texts: [String: String] = [:]
    for level in 0..<40 {
      texts["s/f\(level).json5"] = "{extends: [\"f\(level + 1).json5\", \"f\(level + 1).json5\"]}"
    }
    texts["s/f40.json5"] = "{}"
    #expect(
      messages(#"{extends: "f0.json5"}"#, with: texts).contains(
        "extends: expected at most 256 files in one scenario, found more\n"))
  }

  @Test func `tables are found from the file in which they are named`() throws {
    let history = #"{h: {measure: "active_nodes", data: {csv: "data/h.csv"}, dateColumn: "month"}}"#
    let scenario = try scenario(
      #"{extends: "../p/base.json5", horizonDays: 90, start: "2024-01-31"}"#,
      with: [
        "p/base.json5": "{history: \(history)}",
        "p/data/h.csv": "# source\nmonth,value\n2024-01,\n2024-02,3\n2024-03-02,-4.5\n",
      ])
    #expect(
      scenario.histories == [
        History(
          name: "h", measure: "active_nodes", variant: nil,
          points: [.init(day: 1, value: 3), .init(day: 31, value: -4.5)], fittedUntilDay: nil)
      ])
    #expect(scenario.files.last?.path == "../p/data/h.csv")
    #expect(scenario.files.last?.sha256.count == 64)
    #expect(scenario.effectiveText.contains(#""data": {"csv": "data/h.csv"}"#))
  }

  @Test func `the digest follows the tables`() throws {
    let text = #"{horizonDays: 9, history: {h: {measure: "active_nodes", data: {csv: "h.csv"}}}}"#
    let one = try scenario(text, with: ["s/h.csv": "date,value\n2024-01-02,1\n"])
    let two = try scenario(text, with: ["s/h.csv": "date,value\n2024-01-02,2\n"])
    #expect(one.effectiveText == two.effectiveText && one.digest != two.digest)
  }

  @Test(arguments: [
    (
      "date,value\n2024-01-02,1,2\n",
      """
      s/h.csv:2:1: error: expected 2 cells, as in the first line, found 3
       2 | 2024-01-02,1,2
         | ^

      """
    ),
    (
      "day,value\n2024-01-02,1\n",
      """
      s/h.csv:1:1: error: market: expected a column "date", found "day", "value"
       1 | day,value
         | ^

      """
    ),
    (
      "date,value\n2024-13-02,1\n2024-01-05,1\n",
      """
      s/h.csv:2:1: error: market: expected a date such as "2026-03-01" or a day number in column \
      "date", found "2024-13-02"
       2 | 2024-13-02,1
         | ^

      """
    ),
  ]) func `one mistake in a table is one message`(table: String, message: String) {
    let text = """
      {horizonDays: 9, token: {circulating: 100}, market: {rule: "trace",
       table: {csv: "h.csv"}, date: "date", priceUSD: {column: "value"}}}
      """
    #expect(messages(text, with: ["s/h.csv": table]) == message)
  }

  @Test func `a table that is not there is one message`() {
    #expect(
      messages(#"{horizonDays: 9, history: {h: {measure: "active_nodes", data: {csv: "h.csv"}}}}"#)
        == """
        s/main.json5:1:69: error: history.h.data.csv: expected a file "h.csv", found no such file
         1 | {horizonDays: 9, history: {h: {measure: "active_nodes", data: {csv: "h.csv"}}}}
           |                                                                     ^
          help: a path begins at the folder of the file that names it

        """)
  }

  @Test func `wrong cells are shown in their own file`() {
    let text =
      #"{horizonDays: 9, history: {h: {measure: "active_nodes", data: {csv: "h.csv", x: 1}}}}"#
    let wrong = messages(text, with: ["s/h.csv": "date,value\nMay,1\n2024-01-02,many\n"])
    #expect(
      wrong.contains(
        """
        s/h.csv:3:1: error: history.h: expected a number in column "value", found "many"
         3 | 2024-01-02,many
           | ^

        """))
    #expect(wrong.contains(#"history.h.data.x: expected csv alone, found "x""#))
    #expect(wrong.contains("s/h.csv:2:1: error: history.h: expected a date such as"))
  }
}
