import Configuration

/// The most that an epoch may bring, and where what is above goes.
struct RewardLimits: Sendable {
  /// Where tokens go that are above a limit.
  enum Excess: String, CaseIterable, Sendable {
    /// They are not issued, or stay in their pool.
    case unissued
    case treasury
  }

  /// Tokens of an epoch, for an operator and for each of its nodes; nil: no limit.
  let perOperator: Double?
  let perNode: Double?
  /// Tokens of an epoch for all operators, in dollars at the oracle ÷ dollars of jobs paid; nil: no
  /// limit.
  let ofSpend: Double?
  let excess: Excess

  init(reading fields: inout FieldReader) {
    perOperator = fields.optionalNumber(
      "capPerOperator", "most that an operator gets in an epoch; none: no limit",
      unit: "tokens/epoch", in: 0...1e12, example: 1000)
    perNode = fields.optionalNumber(
      "capPerNode", "most that an operator gets in an epoch for each node; none: no limit",
      unit: "tokens/epoch/node", in: 0...1e9,
      source: "Render RNP-006: 75 RENDER a node and epoch; Aethir Edge: 120 to 240 ATH a day",
      example: 75)
    ofSpend = fields.optionalNumber(
      "capOfSpend",
      "most that operators get in an epoch, in dollars ÷ dollars of jobs paid; none: no limit",
      in: 0...1e6, source: "Helium HIP-149: 3", example: 3)
    excess = fields.choice(
      "aboveCap", "what becomes of tokens above a limit", default: Excess.unissued,
      source: "assumption: they are not issued")
  }

  var areNone: Bool { perOperator == nil && perNode == nil }

  /// The most that all operators get of a budget in an epoch [base units].
  ///
  /// - Parameters:
  ///   - spent: dollars of jobs paid [micro-dollars].
  ///   - price: of the oracle [USD/token]; where it has none nothing is held back.
  func mostOfAll(spent: Int64, price: Double, scale: Double) -> Int64 {
    guard let ofSpend, price > 0 else { return .max }
    return Int64(min(ofSpend * Double(spent) / 1e6 / price * scale, 4.6e18).rounded(.down))
  }

  /// The most that an operator with so many nodes gets [tokens].
  func most(nodes: Int) -> Double {
    min(perOperator ?? .infinity, perNode.map { $0 * Double(nodes) } ?? .infinity)
  }
}
