extension ShockRule {
  /// A share of the nodes, of one region or of all, is out of reach.
  static let outage = ShockRule(
    size: .share(of: "the nodes that are out of reach"), place: .region
  ) { state, turn, queue in
    turn.begins
      ? state.beginOutage(shock: turn.index, &queue) : state.endOutage(shock: turn.index, &queue)
  }

  /// The share of operators that cheat is multiplied, where their type has some that do.
  static let fraud = ShockRule(size: .factor) { state, turn, _ in
    state.trust.fraudFactor = turn.factor
  }

  /// A newer generation comes: what machines of a class, or of all, cost and fetch is multiplied.
  static let hardwareGeneration = ShockRule(
    size: .factor, place: .hardwareClass
  ) { state, _, _ in state.valueMachines() }

  /// A share of a region's operators have to leave at once, and nobody enters there while it lasts;
  /// machines on their way leave with their operator's next look. Those who left come back only where
  /// their type allows it.
  static let closedToProviders = ShockRule(
    size: .share(of: "the region's operators who have to leave"), place: .oneRegion
  ) { state, turn, queue in
    state.closures.turn(turn, \.providers)
    if turn.begins { state.expel(by: turn.index, &queue) }
  }
}
