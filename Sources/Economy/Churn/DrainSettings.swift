import Configuration
import Kernel

/// Leaving that is told ahead: a node takes no new job from the notice on, finishes the one it has and
/// leaves then, at the latest when it had said.
///
/// So leave a share of the sessions that are longer than the notice, and operators who leave the
/// network with all their nodes. A node without a job leaves at once.
struct DrainSettings: Sendable {
  /// Time from the notice to the end.
  let notice: SimDuration
  /// Share of session ends that are told ahead [1].
  let plannedShare: Double

  init(reading fields: inout FieldReader) {
    notice = .hours(
      fields.number(
        "noticeHours", "time from the notice to the end, for which no new job is taken", unit: "h",
        in: 0.01...8760, default: 24, source: "assumption"))
    plannedShare = fields.share(
      "plannedShare",
      "share of session ends that are told ahead, of sessions longer than the notice",
      default: 0.1, source: "model-facts §1.3: 47 of 466 interruptions planned (P)")
  }
}
