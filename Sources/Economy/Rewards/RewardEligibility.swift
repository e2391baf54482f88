import Configuration
import Kernel

/// Which operators share in rewards, and for how much of their nodes.
struct RewardEligibility: Sendable {
  /// Least share of an epoch that an operator's nodes are online, on average [1].
  let leastUptime: Double
  /// Time after its nodes have come in which an operator gets nothing.
  let probation: SimDuration
  let walletPenalty: WalletPenalty?
  /// Types of operator that share; empty: all.
  let operatorTypes: [String]

  /// Nodes of one owner count for less, the more there are.
  struct WalletPenalty: Sendable {
    let freeNodes: Int
    let rate: Double

    /// What each of an owner's nodes counts for [1].
    func factor(nodes: Int) -> Double {
      nodes <= freeNodes ? 1 : Elementary.exp(-rate * Double(nodes - freeNodes))
    }
  }

  init(reading fields: inout FieldReader) {
    leastUptime = fields.share(
      "minimumUptimeShare", "share of the epoch that an operator's nodes must be online",
      default: 0, source: "assumption: none; Render RNP-006 asks 0.5, Aethir 0.95")
    probation = .days(
      fields.number(
        "probationDays", "days after its nodes have come in which an operator gets nothing",
        unit: "days", in: 0...3650, default: 0,
        source: "assumption: none; io.net: workers wait 12 h"))
    walletPenalty = fields.object(
      "walletPenalty", "what nodes count for where one operator has many"
    ) { fields in
      WalletPenalty(
        freeNodes: fields.count(
          "freeNodes", "nodes of an operator that count in full", unit: "nodes", in: 1...1_000_000,
          default: 3, source: "Render RNP-015"),
        rate: fields.number(
          "rate", "fall of the logarithm with each node above", unit: "1/node", in: 0...100,
          default: 0.65, source: "Render RNP-015: exp(-0.65 (n - 3))"))
    }
    operatorTypes = fields.texts(
      "operatorTypes", "types of operator that share in it; none: all", default: [],
      source: "assumption: all; Helium, Aethir and Render pay kinds of nodes apart",
      example: ["hobbyist"])
  }

  var asksNothing: Bool {
    leastUptime == 0 && probation == .zero && walletPenalty == nil && operatorTypes.isEmpty
  }

  func pays(_ type: String) -> Bool { operatorTypes.isEmpty || operatorTypes.contains(type) }
}
