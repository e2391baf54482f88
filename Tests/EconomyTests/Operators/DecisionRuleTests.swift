import Configuration
import Kernel
import Testing

@testable import Economy

struct DecisionRuleTests {
  @Test func `the band is that of the formula`() throws {
    let rule = try read("{}") { DecisionRule(reading: &$0) }
    // 1.5 x (2 + 1825 x (0.15 + 0.25) / 365) and 0.75 x 2 + 730 x 0.05 / 365.
    #expect(abs(rule.entryPay(running: 2, capital: 1825) - 6) < 1e-12)
    #expect(abs(rule.exitPay(running: 2, resale: 730) - 1.6) < 1e-12)
    #expect(rule.every == .days(30))
    #expect(!rule.reentry)
  }

  @Test func `entering and leaving at the same pay is refused`() throws {
    let said = try complaints(about: "{entryMultiple: 0.5, exitMultiple: 0.6}") {
      DecisionRule(reading: &$0)
    }
    #expect(said == ["expected at most entryMultiple (0.5), found 0.6"])
  }
}

struct ExpectationTests {
  @Test func `the last pay counts fully`() throws {
    let last = try rule("{rule: 'last'}", from: Expectation.choices)
    #expect(last.weight(days: 1, seen: 500) == 1)
  }

  @Test func `a mean begins as that of all days seen and becomes exponential`() throws {
    let average = try rule("{rule: 'average', days: 10}", from: Expectation.choices)
    #expect(average.weight(days: 1, seen: 0) == 1)
    #expect(average.weight(days: 1, seen: 1) == 0.5)
    #expect(average.weight(days: 2, seen: 6) == 0.25)
    // 1 - e^(-1/10) once more than that has been seen.
    #expect(abs(average.weight(days: 1, seen: 100) - 0.095_162_581_964_040_43) < 1e-15)
  }
}
