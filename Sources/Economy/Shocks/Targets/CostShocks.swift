extension ShockRule {
  /// Tariffs of all operators are multiplied.
  static let electricity = ShockRule(size: .factor) { state, turn, _ in
    state.electricityFactor = turn.factor
  }

  /// What machines earn in their other use is multiplied, where their type names one that pays: a
  /// rival that subsidises its operators, or a coin that is worth mining.
  static let rivalPay = ShockRule(size: .factor) { state, turn, _ in
    state.rivalFactor = turn.factor
  }
}
