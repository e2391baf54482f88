import Configuration

/// What a class is promised, and what it gets back where a promise is missed (SLA).
///
/// Waits and completions are looked at job by job, when a job is done; uptime at each settlement, for
/// what the class paid since the one before: of the time of its own jobs from their first start on,
/// the share in which they had a node, or enough copies at work.
struct ServiceTerms: Sendable {
  /// Who pays the credit.
  enum Payer: String, CaseIterable, Sendable {
    /// Out of escrow, before the operators get what is left of the job's price.
    case escrow
    /// The protocol's treasury at the next settlement, as soon as it holds dollars.
    case treasury
  }

  /// Longest time that a job does not run, lost attempts included, and from arrival to result [h].
  let waiting: Double?
  let completion: Double?
  /// Least share of its jobs' time, from first starts on, with a node [1].
  let uptime: Double?
  /// Part of the price that is given back [1].
  let creditShare: Double
  let payer: Payer

  init(reading fields: inout FieldReader) {
    waiting = fields.optionalNumber(
      "waitingHours", "longest promised time in which a job does not run", unit: "h", in: 0...1e5,
      example: 1)
    completion = fields.optionalNumber(
      "completionHours", "longest promised time from arrival to result", unit: "h", in: 0...1e6)
    uptime = fields.optionalShare(
      "uptime",
      "least promised share of its jobs' time, from first starts on, with a node; settlement by "
        + "settlement",
      source: "model-facts §0: Aethir asks its hosts for .99 a month")
    creditShare = fields.share(
      "creditShare", "part of the price that is given back where a promise is missed",
      default: 0.1, source: "assumption")
    payer = fields.choice(
      "paidBy", "who pays for waits and completions; uptime is the treasury's",
      default: Payer.escrow)
    if waiting == nil, completion == nil, uptime == nil, !fields.isRecording {
      fields.refuse(
        expected: "a promise: waitingHours, completionHours or uptime", found: "none",
        help: "without one nothing can be missed")
    }
  }

  /// Whether a job that is done had less than it was promised.
  func isMissed(waited: Double, completed: Double) -> Bool {
    waited > waiting ?? .infinity || completed > completion ?? .infinity
  }
}
