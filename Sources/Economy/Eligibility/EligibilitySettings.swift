import Configuration
import Kernel

/// Which nodes may work: a node that registers is verified when it meets the terms and has been
/// approved, and only then comes online for work.
///
/// An amendment sends nobody away who works, and does not look again at who is being looked at. Who
/// was kept out and meets the new terms comes in, or joins the queue; where approval is no longer
/// asked for, nobody waits for it.
struct EligibilitySettings: Sendable {
  /// Least memory of a GPU [GB] and least line towards its operator [Mbps].
  let memory: Double
  let download: Double
  /// Nil: who meets the terms is verified at once.
  let approval: Approval?

  /// Nodes are looked at one by one in the order in which they registered, so many a day, and an
  /// answer takes its time on top.
  struct Approval: Sendable {
    let delay: Distribution
    /// Nodes that are looked at a day; nil: as many as come.
    let perDay: Double?
    /// Whether nodes of day 0 have been approved before.
    let approvesOpening: Bool
  }

  init(reading fields: inout FieldReader) {
    memory = fields.number(
      "minimumVramGB", "least memory of a GPU", unit: "GB", in: 0...1e5, default: 0,
      source: "")
    download = fields.number(
      "minimumDownloadMbps", "least that the operator's line carries towards it", unit: "Mbps",
      in: 0...1e7, default: 0, source: "")
    approval = fields.object("approval", "the queue of nodes that want to be approved") {
      approval in
      Approval(
        delay: approval.distribution(
          "delayDays", "time from the look to the answer [days]", default: .fixed(1),
          source: "assumption"),
        perDay: approval.optionalNumber(
          "nodesPerDay", "nodes that are looked at in a day; none: as many as come",
          unit: "nodes/day", in: 0.001...1e9),
        approvesOpening: approval.flag(
          "approvesOpening", "nodes of day 0 have been approved before", default: true,
          source: "assumption"))
    }
  }

  func admits(_ hardware: HardwareClass) -> Bool { hardware.memory >= memory }
}

extension EconomySettings {
  /// Refuses terms that nobody meets, and doubts those that a type of operator never meets.
  func checkEligibility(_ fields: inout FieldReader) {
    guard let eligibility, !hardware.isEmpty, !operators.types.isEmpty else { return }
    let outside = operators.types.filter { !eligibility.admits(hardware[$0.hardware]) }
    guard let first = outside.first else { return }
    let card = hardware[first.hardware]
    let expected = "hardware with at least \(numberText(eligibility.memory)) GB"
    let found = "\"\(card.name)\" (\(numberText(card.memory)) GB) of \"\(first.name)\""
    if outside.count == operators.types.count {
      fields.refuse(
        "eligibility", expected: expected, found: found,
        help: "no node could ever be verified; lower minimumVramGB, or set vramGB of the hardware")
    } else {
      fields.warn(
        "eligibility", expected: expected, found: found,
        help: "its nodes register and are never verified")
    }
  }
}
