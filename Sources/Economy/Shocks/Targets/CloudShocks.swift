extension ShockRule {
  /// Prices of the clouds are multiplied.
  static let cloudPrice = ShockRule(size: .factor) { state, turn, _ in
    state.cloudFactor = turn.factor
    state.lookOutside(at: turn.now)
  }

  /// Shares of requests that clouds serve are multiplied, and stay below 1.
  static let cloudShortage = ShockRule(size: .factor) { state, turn, _ in
    state.cloudAvailability = min(turn.factor, 1)
    state.lookOutside(at: turn.now)
  }
}
