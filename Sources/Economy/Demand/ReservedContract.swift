import Configuration

/// Nodes of the class's first hardware are kept free for its jobs, against a fee for every hour that
/// such a node is online, used or not; inside the term jobs on them pay nothing more.
struct ReservedContract: Sendable {
  static let choice = Choice<Contract>(
    name: "reserved",
    summary: "Nodes are set aside for a term, against a fee by the hour, used or not.",
    source: "model-facts §2.1"
  ) { fields in
    .reserved(
      ReservedContract(
        nodes: fields.count("nodes", "nodes set aside", unit: "nodes", in: 1...10_000_000),
        discount: fields.share(
          "discount", "of the fee below the price list", default: 0.4,
          source: "model-facts §2.1: reserved up to 50 % below on-demand"),
        from: fields.moment("from", "first day of the term", default: 0),
        days: fields.number(
          "termDays", "length of the term", unit: "days", in: 0.01...36_500, default: 365)))
  }

  let nodes: Int
  /// Of the fee, below the price list [1].
  let discount: Double
  let from: Double
  let days: Double

  func holds(on day: Double) -> Bool { from <= day && day < from + days }
}
