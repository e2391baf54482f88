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
    /// Nil: it was judged.
    var error: String?
  }

  /// - Parameter faults: names of scenarios that could not be judged, and why.
  public static func text(
    _ checks: [ScenarioCheck], faults: [(name: String, reason: String)] = []
  ) -> String {
    var suites = checks.map { (name: $0.name, seconds: $0.seconds, cases: cases(of: $0)) }
    suites += faults.map { name, reason in
      (name, 0, [Case(group: name, name: "run", error: reason)])
    }
    let all = suites.flatMap(\.cases)
    let seconds = checks.reduce(0) { $0 + $1.seconds }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"depinsim check\" \(counts(all, seconds: seconds))>\n"
    for suite in suites {
      text += "  <testsuite name=\(quoted(suite.name)) "
      text += "\(counts(suite.cases, seconds: suite.seconds))>\n"
      for item in suite.cases { text += element(item) }
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
    let unit = shift.metric.unit == "1" ? "" : " \(shift.metric.unit)"
    return "was \(NumberText.short(shift.before)), is \(NumberText.short(shift.now))\(unit): "
      + "moved by \(NumberText.short(shift.difference)) "
      + "\(NumberText.interval(shift.low, shift.high)) (\(shift.method), \(shift.n) values)"
  }

  private static func counts(_ cases: [Case], seconds: Double) -> String {
    "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.failure != nil })\" "
      + "errors=\"\(cases.count { $0.error != nil })\" skipped=\"0\" time=\"\(String(format: "%.3f", seconds))\""
  }

  private static func element(_ item: Case) -> String {
    let head = "    <testcase classname=\(quoted(item.group)) name=\(quoted(item.name)) time=\"0\""
    let (kind, words) =
      item.error.map { ("error", $0) } ?? ("failure", item.failure ?? "")
    if words.isEmpty { return head + "/>\n" }
    return head + ">\n      <\(kind) message=\(quoted(words))/>\n    </testcase>\n"
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
