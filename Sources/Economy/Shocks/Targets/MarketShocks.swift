extension ShockRule {
  /// The value that fundamental traders see, or a given price, is multiplied.
  static let price = ShockRule(size: .factor) { state, turn, _ in
    state.venue?.shockFactor = turn.factor
    state.notePrice(at: turn.now)
  }

  /// A share of the circulating tokens is sold by holders at the next market step.
  static let sale = ShockRule(size: .share(of: "circulating tokens"), isOverAtOnce: true) {
    state, turn, _ in
    if turn.begins { state.sellFromHolders(turn.shock.share) }
  }

  /// The pool is multiplied, or the depth of an order book: liquidity leaves or comes.
  static let liquidity = ShockRule(size: .factor, isOverAtOnce: true) { state, turn, _ in
    let factor = turn.shock.factor
    state.shockLiquidity(by: turn.begins ? factor : 1 / max(factor, 1e-9))
  }

  /// Readings of the oracle stop; what settlements do then is its `onOutage`.
  static let oracleOutage = ShockRule(size: .duration) { state, turn, _ in
    state.oracle.isOut = turn.factor > 0
  }
}
