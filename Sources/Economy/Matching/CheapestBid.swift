import Configuration
import Kernel

/// A reverse auction: the nodes that are idle bid for a job, the cheapest for the work wins.
///
/// bid = running cost of an hour of work x (1 + markup) x e^(noise z) [USD/GPU-h], with z a normal
/// draw that a node keeps. Running cost: power under load at the operator's tariff, and a 24th of
/// what a day costs it besides. A bid above `reserveShare` x the asked price is not taken. A gang
/// pays one price to all its nodes. Users who ask for a price before they come see the asked one, the
/// most that they can be made to pay; what they remember is what they paid.
struct CheapestBid: Sendable {
  /// What the user pays.
  enum Pays: String, CaseIterable, Sendable {
    /// The highest bid that won.
    case winning
    /// The lowest bid that lost, at most the reserve (Vickrey 1961).
    case second
  }

  let markup: Double
  let noise: Double
  let reserveShare: Double
  let pays: Pays
  let bidders: Int?

  static let choice = Choice<MatchingRule>(
    name: "cheapestBid", summary: "Idle nodes bid for the job; the cheapest for the work wins.",
    source: "Akash: reverse auction; bids as cost plus is an assumption"
  ) { fields in
    .cheapestBid(
      CheapestBid(
        markup: fields.number(
          "markup", "what a bid adds to running cost", in: 0...100, default: 0.2,
          source: "assumption"),
        noise: fields.number(
          "noise", "deviation of the logarithm of bids around that, fixed for a node", in: 0...3,
          default: 0.3, source: "assumption; model-facts §2.1: the same GPU differs up to 100-fold"),
        reserveShare: fields.number(
          "reserveShare", "highest bid that is taken ÷ asked price", in: 0...100, default: 1,
          source: "assumption"),
        pays: fields.choice("pays", "what the user pays", default: Pays.winning),
        bidders: fields.nodesLookedAt("bidders")))
  }
}
