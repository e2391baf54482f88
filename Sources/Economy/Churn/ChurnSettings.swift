import Configuration
import Kernel

/// How the nodes of an operator type come and go while their operator stays.
struct ChurnSettings: Sendable {
  /// Time online until the operator takes the node away [h]; nil: never, or as ``rhythm`` says.
  let session: Distribution?
  /// Time away between sessions [h].
  let offline: Distribution
  /// Sessions that follow the clock or a table, in place of ``session``.
  let rhythm: SessionRule?
  let failure: FailureSettings?
  /// Nil: nobody tells ahead that a node leaves.
  let drain: DrainSettings?

  init(regions: [Region] = [], reading fields: inout FieldReader) {
    session = fields.distribution("sessionHours", "time online until the node is taken away [h]")
    offline = fields.distribution(
      "offlineHours", "time away between sessions [h]", default: .exponential(mean: 4))
    rhythm = fields.rule(
      "sessions", "sessions that follow the clock or a table, in place of sessionHours",
      from: SessionRule.choices(regions))
    failure = fields.object("failure", "failures of the machine") { failure in
      FailureSettings(reading: &failure)
    }
    drain = fields.object("drain", "leaving that is told ahead") { drain in
      DrainSettings(reading: &drain)
    }
    if fields.hasSome("sessionHours"), fields.hasSome("sessions") {
      fields.refuse(
        "sessions", expected: "either sessionHours or sessions", found: "both",
        help: "leave one of them out")
    }
    if rhythm != nil, fields.hasSome("offlineHours"), !fields.isRecording {
      fields.warn(
        "offlineHours", expected: "offlineHours beside sessionHours alone",
        found: "it beside sessions, which say themselves when a node is back",
        help: "leave it out")
    }
  }
}
