public import Experiments
import Foundation
import Scenarios

/// Checks as JUnit XML: a suite a scenario, a case a metric or an assertion.
public enum JUnit {
  private struct Case {
    let group: String
    let name: String
    /// Nil: passed.
    var failure: String?
  }

  public static func text(_ checks: [ScenarioCheck]) -> String {
    let suites = checks.map { ($0, cases(of: $0)) }
    let all = suites.flatMap(\.1)
    let seconds = checks.reduce(0) { $0 + $1.seconds }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"depinsim check\" \(counts(all, seconds: seconds))>\n"
    for (check, cases) in suites {
      text += "  <testsuite name=\(quoted(check.name)) \(counts(cases, seconds: check.seconds))>\n"
      for item in cases { text += element(item) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }
}

extension JUnit {
  private static func cases(of check: ScenarioCheck) -> [Case] {
    let line = CheckText.line(check).dropLast()
    var cases = [
      Case(
        group: check.name, name: "reference",
        failure: check.matchesReference ? nil : String(line))
    ]
    cases += check.losses.map { Case(group: check.name, name: $0, failure: $0) }
    cases += check.shifts.map { shift in
      Case(
        group: "\(check.name).\(shift.variant)", name: shift.metric.name,
        failure: shift.hasMoved ? words(shift) : nil)
    }
    cases += check.assertions.map { result in
      Case(
        group: "\(check.name).\(result.variant)", name: "assertion \(result.assertion.name)",
        failure: result.verdict == .passed ? nil : CheckText.sentence(result))
    }
    return cases
  }

  private static func words(_ shift: MeasureShift) -> String {
    "was \(NumberText.short(shift.before)), is \(NumberText.short(shift.now)) "
      + "\(shift.metric.unit): moved by \(NumberText.short(shift.difference)) "
      + "\(NumberText.interval(shift.low, shift.high)) (\(shift.method), \(shift.n) values)"
  }

  private static func counts(_ cases: [Case], seconds: Double) -> String {
    "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.failure != nil })\" errors=\"0\" "
      + "skipped=\"0\" time=\"\(String(format: "%.3f", seconds))\""
  }

  private static func element(_ item: Case) -> String {
    let head = "    <testcase classname=\(quoted(item.group)) name=\(quoted(item.name)) time=\"0\""
    guard let failure = item.failure else { return head + "/>\n" }
    return head + ">\n      <failure message=\(quoted(failure))/>\n    </testcase>\n"
  }

  /// An attribute's value; characters that XML 1.0 cannot hold become U+FFFD.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": quoted += "&amp;"
      case "<": quoted += "&lt;"
      case ">": quoted += "&gt;"
      case "\"": quoted += "&quot;"
      case "\t", "\n", "\r": quoted += "&#\(scalar.value);"
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": quoted += "\u{FFFD}"
      case _: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
