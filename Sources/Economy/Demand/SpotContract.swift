import Configuration

/// Cheap hours that any other job may take away: the job goes back in line, its attempt is lost and
/// not paid for.
struct SpotContract: Sendable {
  static let choice = Choice<Contract>(
    name: "spot",
    summary: "Cheaper; loses its node, and its attempt, when another class needs it.",
    source: "model-facts §2.1"
  ) { fields in
    .spot(
      SpotContract(
        discount: fields.share(
          "discount", "below the price list", default: 0.5,
          source: "model-facts §2.1: interruptible is 50 % or more below on-demand")))
  }

  /// Below the price list [1].
  let discount: Double
}
