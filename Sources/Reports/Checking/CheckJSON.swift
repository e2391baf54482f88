public import Experiments
import Scenarios

/// What a check found, for programs.
public enum CheckJSON {
  public static func text(_ checks: [ScenarioCheck]) -> String {
    JSONValue.object([
      ("passed", .bool(checks.allSatisfy(\.hasPassed))),
      ("scenarios", .array(checks.map(scenario))),
    ]).text
  }

  private static func scenario(_ check: ScenarioCheck) -> JSONValue {
    .object([
      ("scenario", .string(check.name)),
      ("passed", .bool(check.hasPassed)),
      ("has_reference", .bool(check.reference != nil)),
      ("equal_bytes", .bool(check.isEqual)),
      ("unpaired_because", check.whyUnpaired.map(JSONValue.string) ?? .null),
      ("result_digest", .string(check.now.resultDigest)),
      ("losses", .strings(check.losses)),
      ("metrics", .array(check.shifts.map(shift))),
      ("assertions", .array(check.assertions.map(assertion))),
    ])
  }

  private static func shift(_ shift: MeasureShift) -> JSONValue {
    .object([
      ("variant", .string(shift.variant)),
      ("metric", .string(shift.metric.name)),
      ("unit", .string(shift.metric.unit)),
      ("reference", .number(shift.before)),
      ("now", .number(shift.now)),
      ("difference", .number(shift.difference)),
      ("ci_low", .number(shift.low)),
      ("ci_high", .number(shift.high)),
      ("p_value", .number(shift.pValue)),
      ("detectable", .number(shift.detectable)),
      ("n", .integer(shift.n)),
      ("method", .string(shift.method)),
      ("moved", .bool(shift.hasMoved)),
    ])
  }

  private static func assertion(_ result: AssertionResult) -> JSONValue {
    .object([
      ("variant", .string(result.variant)),
      ("assertion", .string(result.assertion.name)),
      ("claim", .string(result.assertion.claim.description)),
      ("share", .number(result.assertion.share)),
      ("held", .integer(result.held)),
      ("judged", .integer(result.judged)),
      ("ci_low", .number(result.low)),
      ("ci_high", .number(result.high)),
      ("verdict", .string(result.verdict.rawValue)),
    ])
  }
}
