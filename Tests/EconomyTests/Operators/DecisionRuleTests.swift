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

  /// Model-facts §2.4: what a GPU-hour has to cost where a machine pays for its loss of value in three
  /// years and for its power, 1.3 x TDP at a PUE of 1.3 and 0.15 USD, in the hours that are sold.
  @Test(arguments: [
    ("3090", 350, 850, 0.35, [0.27, 0.16, 0.12]), ("4090", 450, 1800, 0.35, [0.40, 0.23, 0.18]),
    ("5090", 575, 2400, 0.35, [0.51, 0.29, 0.23]), ("A100", 400, 11e3, 0.30, [0.99, 0.56, 0.44]),
    ("H100", 700, 28e3, 0.30, [2.31, 1.32, 1.03]), ("H200", 700, 30e3, 0.30, [2.44, 1.40, 1.09]),
    ("B200", 1100, 42e3, 0.30, [3.49, 2.00, 1.55]),
  ])
  func `pay that just brings an entry is the floor of a rent`(
    card: String, watts: Double, capital: Double, residual: Double, floors: [Double]
  ) throws {
    let rule = try read(
      "{entryMultiple: 1, hurdlePerYear: 0, depreciationPerYear: \((1 - residual) / 3)}"
    ) { DecisionRule(reading: &$0) }
    let power = 1.3 * watts / 1000 * 1.3 * 24 * 0.15
    let pay = rule.entryPay(running: power, capital: capital)
    for (utilisation, floor) in zip([0.4, 0.7, 0.9], floors) {
      #expect(abs(pay / (24 * utilisation) - floor) < 0.0051, "\(card) at \(utilisation)")
    }
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
