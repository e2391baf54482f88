import Testing

@testable import Scenarios

/// One mistake is one message, though placeholders stand for what could not be read.
struct OneMistakeTests {
  private func text(
    candidates: String = "4", arrivals: String = "1", target: String = "\"demand\"",
    provider: String = "1"
  ) -> String {
    """
    {horizonDays: 9, payment: {provider: \(provider)},
     hardware: {classes: {gpu: {priceUSD: 9, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1}}},
     operators: {types: {host: {hardware: "gpu", activeAtStart: 4, candidates: \(candidates)}}},
     demand: {classes: {jobs: {arrivalsPerHour: \(arrivals), hardware: ["gpu"],
       sizeHours: {rule: "fixed", value: 1}}}},
     shocks: {fall: {target: \(target), on: 3, factor: 0.5}}}
    """
  }

  @Test func `the network of these tests is fine`() {
    #expect(messages(text()) == "")
  }

  /// A name that is none is wrong whatever stands beside it.
  @Test func `a wrong name is told beside a wrong value`() {
    let wrong = text(candidates: "true", arrivals: "\"2 per day\"")
      .replacing("hardware: \"gpu\"", with: "hardware: \"gup\"")
      .replacing("hardware: [\"gpu\"]", with: "hardware: [\"gup\"]")
    #expect(
      firstLines(of: wrong) == """
        3:39: operators.types.host.hardware: expected a class of hardware.classes, found "gup"
        3:76: operators.types.host.candidates: expected a whole number from 1 to 5000000, found true
        4:45: demand.classes.jobs.arrivalsPerHour: expected a number from 0 to 1000000000 [jobs/h], \
        found "2 per day"
        4:68: demand.classes.jobs.hardware: expected names of hardware.classes, found "gup"
        """)
  }

  /// Places and messages of all errors.
  private func firstLines(of text: String) -> String {
    let lines = messages(text).split(separator: "\n").filter { $0.hasPrefix("s/main.json5:") }
    return lines.map {
      $0.replacing("s/main.json5:", with: "").replacing("error: ", with: "")
    }.joined(separator: "\n")
  }

  /// Who names a class that could not be read has made no mistake.
  @Test func `the name of something that cannot be read is no wrong name`() {
    let wrong = text().replacing(
      "{priceUSD: 9, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1}", with: "5")
    #expect(firstLines(of: wrong) == "2:28: hardware.classes.gpu: expected an object, found 5")
  }

  @Test(arguments: [
    ("candidates", "candidats", 64, "operators.types.host"), ("target", "taget", 18, "shocks.fall"),
    ("rule", "rlue", 16, "demand.classes.jobs.sizeHours"),
  ])
  func `a misspelt key that is needed is not missing as well`(
    key: String, written: String, column: Int, place: String
  ) throws {
    let lines = text().split(separator: "\n")
    let number = try #require(lines.lastIndex { $0.contains("\(key):") })
    let line = lines[number].replacing("\(key):", with: "\(written):")
    let wrong = text().replacing(lines[number], with: line)
    #expect(
      messages(wrong) == """
        s/main.json5:\(number + 1):\(column): error: \(place).\(written): expected a key of \(place), \
        found "\(written)"
         \(number + 1) | \(line)
           | \(String(repeating: " ", count: column - 1))^
          help: did you mean "\(key)"?

        """)
  }

  @Test(arguments: [
    ("seed: True", 22, "seed: expected a value, found \"True\"", "write true"),
    ("seed: None", 22, "seed: expected a value, found \"None\"", "write null"),
    (
      "start: 2025-01-01", 23,
      "start: expected a number such as 12, 0.5 or 3e6, found \"2025-01-01\"",
      "write start: \"2025-01-01\""
    ),
    (
      "demand: {extends: 'a.json5'}", 25,
      "demand.extends: expected a key of demand, found \"extends\"",
      "it stands only at the top of a file"
    ),
    (
      "fit: {keys: [{key: 'epochHours', from: 1, to: 48}], histories: ['price']}", 79,
      "fit.histories: expected histories with fitted dates, found \"price\"",
      "there is none: add one under \"history\""
    ),
    (
      "demand: {classes: {a: {arrivalsPerHour: 1, hardware: ['gpu']}}}", 69,
      "demand.classes.a.hardware: expected names of hardware.classes, found \"gpu\"",
      "there is none: write hardware: {classes: {gpu: {…}}}"
    ),
  ])
  func `a slip is told how to mend it`(text: String, column: Int, message: String, help: String) {
    #expect(
      messages("{horizonDays: 9, \(text)}").contains(
        """
        s/main.json5:1:\(column + 2): error: \(message)
         1 | {horizonDays: 9, \(text)}
           | \(String(repeating: " ", count: column + 1))^
          help: \(help)

        """))
  }

  @Test func `a key of any length is cut`() {
    let key = String(repeating: "m", count: 100_000)
    #expect(
      messages("{horizonDays: 9,\n \(key): 1,\n x: 1}").split(separator: "\n").first.map(
        String.init)
        == "s/main.json5:2:2: error: \(key.prefix(200))…: expected a key of the scenario, found "
        + "\"\(key.prefix(60))…\"")
  }

  @Test func `a value that cannot be read is not judged with others`() {
    #expect(
      messages(
        text(
          candidates: "\"many\"", arrivals: "\"2 per day\"", target: "\"demnd\"",
          provider: "true")
      ) == """
        s/main.json5:1:38: error: payment.provider: expected a number from 0 to 1, found true
         1 | {horizonDays: 9, payment: {provider: true},
           |                                      ^
        s/main.json5:3:76: error: operators.types.host.candidates: expected a whole number from 1 to 5000000, found "many"
         3 |  operators: {types: {host: {hardware: "gpu", activeAtStart: 4, candidates: "many"}}},
           |                                                                            ^
          help: write a number such as 1
        s/main.json5:4:45: error: demand.classes.jobs.arrivalsPerHour: expected a number from 0 to 1000000000 [jobs/h], found "2 per day"
         4 |  demand: {classes: {jobs: {arrivalsPerHour: "2 per day", hardware: ["gpu"],
           |                                             ^
          help: the unit is jobs/h; write a number of jobs/h alone
        s/main.json5:6:26: error: shocks.fall.target: expected one of the 16 names below, found "demnd"
         6 |  shocks: {fall: {target: "demnd", on: 3, factor: 0.5}}}
           |                          ^
          help: did you mean "demand"?
            "demand"
            "electricity"
            "cloudPrice"
            "cloudShortage"
            "price"
            "sale"
            "liquidity"
            "outage"
            "fraud"
            "unlock"
            "insiderExit"
            "closedToProviders"
            "closedToUsers"
            "oracleOutage"
            "rivalPay"
            "hardwareGeneration"

        """)
  }

  @Test func `a mistake in one section leaves another to be judged`() {
    #expect(
      messages(text(candidates: "\"many\"", provider: "0.5")) == """
        s/main.json5:1:27: error: payment: expected shares that add to 1, found 0.5 + 0 + 0 = 0.5
         1 | {horizonDays: 9, payment: {provider: 0.5},
           |                           ^
          help: 0.5 is missing: raise one of provider, protocol and burn
        s/main.json5:3:76: error: operators.types.host.candidates: expected a whole number from 1 to 5000000, found "many"
         3 |  operators: {types: {host: {hardware: "gpu", activeAtStart: 4, candidates: "many"}}},
           |                                                                            ^
          help: write a number such as 1

        """)
  }

  @Test func `a variant with a mistake is not compared with the others`() {
    let classes = "demand: {classes: {jobs: {arrivalsPerHour: true}}}"
    let wrong = messages(
      text().dropLast() + ", variants: {a: {}, b: {\(classes)}}}")
    #expect(
      wrong == """
        s/main.json5:6:123: error: demand.classes.jobs.arrivalsPerHour: expected a number from 0 to 1000000000 [jobs/h], found true
         6 |  shocks: {fall: {target: "demand", on: 3, factor: 0.5}}, variants: {a: {}, b: {demand: {classes: {jobs: {arrivalsPerHour: true}}}}}}
           |                                                                                                                           ^

        """)
  }

  @Test func `a file that is misspelt in the key is told so in every object`() {
    #expect(
      messages("{horizonDays: 9, incldue: 'a', extend: 'b', payment: {includes: 'c'}}") == """
        s/main.json5:1:18: error: incldue: expected a key of the scenario, found "incldue"
         1 | {horizonDays: 9, incldue: 'a', extend: 'b', payment: {includes: 'c'}}
           |                  ^
          help: did you mean "include"?
        s/main.json5:1:32: error: extend: expected a key of the scenario, found "extend"
         1 | {horizonDays: 9, incldue: 'a', extend: 'b', payment: {includes: 'c'}}
           |                                ^
          help: did you mean "extends"?
        s/main.json5:1:55: error: payment.includes: expected a key of payment, found "includes"
         1 | {horizonDays: 9, incldue: 'a', extend: 'b', payment: {includes: 'c'}}
           |                                                       ^
          help: did you mean "include"?

        """)
  }

  @Test func `a name that nothing has is told the nearest, or all there are`() {
    for (name, help) in [("gpo", "did you mean \"gpu\"?"), ("x", "one of gpu")] {
      let wrong = messages(text().replacing("{hardware: \"gpu\"", with: "{hardware: \"\(name)\""))
      #expect(
        wrong.hasPrefix(
          "s/main.json5:3:39: error: operators.types.host.hardware: expected a class of "
            + "hardware.classes, found \"\(name)\"\n"))
      #expect(wrong.contains("\n  help: \(help)\n"))
    }
  }
}
