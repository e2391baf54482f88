extension ShockRule {
  /// Arrivals of jobs are multiplied.
  static let demand = ShockRule(size: .factor) { state, turn, _ in
    state.demandFactor = turn.factor
  }

  /// A share of a region's users may not come: their arrivals are left out. Spending of a table is
  /// what was observed, and stays.
  static let closedToUsers = ShockRule(
    size: .share(of: "the region's users who may not come"), place: .oneRegion
  ) { state, turn, _ in
    state.closures.turn(turn, \.users)
  }
}
