import Configuration

/// Who pays for verification.
enum VerificationPayer: String, CaseIterable, Sendable {
  /// The users of the job, beside its price.
  case user
  /// The treasury, as far as its dollars go.
  case `protocol`
}

/// Finished jobs that are looked at again.
struct AuditSettings: Sendable {
  /// Probability that a finished job is audited, p [1].
  let share: Double
  /// Probability that an audit finds a wrong result wrong, d [1].
  let detection: Double
  /// Cost of an audit ÷ price of the job [1].
  let cost: Double
  let payer: VerificationPayer

  init(reading fields: inout FieldReader) {
    share = fields.share(
      "share", "probability that a finished job is audited", default: 0.05,
      source: "model-facts §6, evML: 5 % extra compute")
    detection = fields.share(
      "detectionShare", "probability that an audit finds a wrong result wrong", default: 0.97,
      source: "model-facts §6, 97 % caught in MeshNet")
    cost = fields.number(
      "costShare", "cost of an audit ÷ price of the job", in: 0...100, default: 1,
      source: "assumption: the job is done once more")
    payer = fields.choice("paidBy", "who pays for audits", default: VerificationPayer.protocol)
  }
}

/// Refereed delegation: who doubts a result calls a referee, who is right if one of them is honest
/// (Verde, arXiv 2502.19405; model-facts §6).
///
/// A dispute narrows to one step of the job, which the referee does once more. With copies, every
/// disagreement between two of them becomes a dispute; without, a challenger repeats a share of the
/// jobs. The loser's result does not count.
struct DisputeSettings: Sendable {
  /// Probability that somebody repeats a job that has no copies [1].
  let challenge: Double
  /// Cost of that repetition, and of the referee's part in a dispute, ÷ price of the job [1].
  let replay: Double
  let referee: Double
  let payer: VerificationPayer

  init(reading fields: inout FieldReader) {
    challenge = fields.share(
      "challengeShare", "probability that somebody repeats a job that has no copies", default: 0.05,
      source: "assumption")
    replay = fields.number(
      "replayShare", "cost of that repetition ÷ price of the job", in: 0...100, default: 1,
      source: "assumption: bitwise reproducible kernels cost nothing more")
    referee = fields.number(
      "refereeShare", "cost of a referee ÷ price of the job", in: 0...100, default: 0.01,
      source: "assumption; model-facts §6: overhead unknown")
    payer = fields.choice("paidBy", "who pays for disputes", default: VerificationPayer.protocol)
  }
}
