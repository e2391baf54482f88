public import Experiments
import Scenarios

/// What a check found, for people.
public enum CheckText {
  /// One line a scenario.
  public static func line(_ check: ScenarioCheck) -> String {
    "\(check.name): \(check.hasPassed ? "passed" : "failed"): \(comparison(check))"
      + assertions(check) + "\n"
  }

  /// What failed, below the lines; nothing where all passed.
  public static func details(_ check: ScenarioCheck) -> String {
    guard !check.hasPassed else { return "" }
    var text = "\n\(check.name)\n"
    for sentence in sentences(check) { text += "  \(sentence)\n" }
    return text + shifts(check)
  }

  /// What an update accepts.
  public static func update(_ check: ScenarioCheck, reason: String) -> String {
    var text = "\(check.name): new reference: \(reason)\(assertions(check))\n"
    for sentence in check.losses + check.unmet.map(sentence) { text += "  \(sentence)\n" }
    text += shifts(check)
    let small = check.shifts.count { !$0.hasMoved && $0.difference != 0 }
    if small > 0 { text += "  \(small) metrics changed by no more than luck may do\n" }
    return text
  }

  /// What is wrong besides the metrics that moved.
  static func sentences(_ check: ScenarioCheck) -> [String] {
    var sentences = check.losses
    if check.reference == nil {
      sentences.append("no reference; look at the result and make one with --update")
    } else if !check.isEqual && !check.isComparable {
      let differing = check.shifts.count { $0.difference != 0 }
      sentences.append(
        "\(differing) of \(check.shifts.count) metrics differ, and fewer than three replicates cannot "
          + "tell a shift from luck; run more of them")
    }
    return sentences + check.unmet.map(sentence)
  }

  /// What an assertion came to.
  static func sentence(_ result: AssertionResult) -> String {
    var text = "\(result.variant): \(result.assertion.name): \(result.assertion.claim): "
    if result.judged == 0 { return text + "not shown: no row tells" }
    text += "\(result.verdict.rawValue): holds in \(result.held) of \(result.judged) replicates"
    if result.assertion.share < 1 {
      text +=
        " \(NumberText.interval(result.low, result.high)), asked for a share of "
        + NumberText.short(result.assertion.share)
    }
    if let breach = result.breach {
      text +=
        "; first broken in replicate \(breach.replicate) on day \(NumberText.short(breach.day))"
      text += breach.value.isNaN ? "" : ", at \(NumberText.short(breach.value))"
    }
    return text
  }

  private static func comparison(_ check: ScenarioCheck) -> String {
    guard check.reference != nil else { return "no reference" }
    if check.isEqual { return "equal bytes" }
    let how = check.whyUnpaired.map { "unpaired, because \($0)" } ?? "paired by replicate"
    let lost = check.losses.isEmpty ? "" : ", \(check.losses.count) cannot be compared"
    return "bytes differ, \(check.moved.count) of \(check.shifts.count) metrics moved beyond luck"
      + "\(lost) (\(how), Holm 5 %)"
  }

  private static func assertions(_ check: ScenarioCheck) -> String {
    guard !check.assertions.isEmpty else { return "" }
    let held = check.assertions.count - check.unmet.count
    return "; \(held) of \(check.assertions.count) assertions hold"
  }

  private static func shifts(_ check: ScenarioCheck) -> String {
    guard !check.moved.isEmpty else { return "" }
    var table = TextTable([
      ("  metric that moved", .left), ("reference", .right), ("now", .right),
      ("difference", .right), ("95 % interval", .right), ("in half-widths", .right),
      ("detectable", .right), ("n", .right), ("method", .left),
    ])
    for shift in check.moved {
      table.add([
        "  \(shift.variant): \(shift.metric.name)", NumberText.short(shift.before),
        NumberText.short(shift.now), NumberText.short(shift.difference),
        NumberText.interval(shift.low, shift.high), NumberText.short(shift.inIntervals),
        NumberText.short(shift.detectable), String(shift.n), shift.method,
      ])
    }
    return table.text
  }
}
