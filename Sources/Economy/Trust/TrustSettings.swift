import Configuration

/// How the network and its users make sure of work that strangers do.
struct TrustSettings: Sendable {
  let redundancy: Redundancy?
  let audits: AuditSettings?
  let reputation: ReputationRule?
  let disputes: DisputeSettings?
  /// What is asked at the door; nil: every node is taken for real.
  let admission: AdmissionSettings?
  let proofs: ProofSettings?

  /// - Parameters:
  ///   - operators: how many there can be; nil: not known.
  ///   - classes: names of the classes of demand.
  init(operators: Int?, classes: [String] = [], reading fields: inout FieldReader) {
    redundancy = fields.object("redundancy", "copies of a job on different operators") {
      Redundancy(operators: operators, classes: classes, reading: &$0)
    }
    audits = fields.object("audits", "finished jobs that are looked at again") {
      AuditSettings(reading: &$0)
    }
    reputation = fields.object("reputation", "memory of audits, and ejection") {
      ReputationRule(reading: &$0)
    }
    disputes = fields.object("disputes", "a referee between those who disagree") {
      DisputeSettings(reading: &$0)
    }
    admission = fields.object("admission", "the check of a node that registers") {
      AdmissionSettings(reading: &$0)
    }
    proofs = fields.object("proofs", "challenges that only real hardware can answer") {
      ProofSettings(reading: &$0)
    }
    if reputation != nil, audits == nil, (redundancy?.needed ?? 1) < 2, disputes == nil,
      !fields.isRecording
    {
      fields.warn(
        "reputation", expected: "audits, disputes, or copies that must agree beside it",
        found: "none of them", help: "nothing is ever found out, and nobody loses reputation")
    }
  }
}

extension EconomySettings {
  /// Whether finished jobs, nodes that come or operators' stakes have to be looked at.
  var needsTrust: Bool {
    trust.audits != nil || trust.disputes != nil || trust.redundancy != nil
      || trust.proofs != nil || collateral != nil
      || operators.types.contains { $0.cheating != nil || $0.spoofedShare > 0 }
  }
}
