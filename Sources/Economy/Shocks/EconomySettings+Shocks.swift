import Configuration

extension EconomySettings {
  /// Doubts shocks that strike nothing in this network.
  func checkShocks(_ fields: inout FieldReader) {
    for shock in shocks {
      guard let expected = missing(for: shock.target) else { continue }
      fields.warn(
        "shocks", expected: "\(expected), which \(shock.name) strikes", found: "none",
        help: "nothing will move: leave \(shock.name) out, or add what it strikes")
    }
    if let token, token.market.isGiven,
      let shock = shocks.first(where: { $0.target == .price && $0.factor == 0 })
    {
      fields.warn(
        "shocks", expected: "a factor above 0 on a price at which all trade",
        found: shock.factorText,
        help: "who buys at 0 gets all there is: raise the factor of \(shock.name), or lower its "
          + "intensity")
    }
    let isRivalled = operators.types.contains { $0.alternative != nil }
    if !isRivalled, let shock = shocks.first(where: { $0.target == .rivalPay }) {
      fields.warn(
        "shocks",
        expected: "a type of operator with an alternative, whose pay \(shock.name) multiplies",
        found: "none", help: "add operators.types.….alternative, or leave \(shock.name) out")
    }
  }

  /// What a target strikes, where it is not there.
  private func missing(for target: Shock.Target) -> String? {
    switch target {
    case .price, .sale, .oracleOutage: return token == nil ? "a token" : nil
    case .liquidity:
      guard let token else { return "a token" }
      return token.market.isGiven ? "a market with depth" : nil
    case .unlock, .insiderExit: return token?.vesting.isEmpty ?? true ? "token.vesting" : nil
    case .demand, .electricity, .cloudPrice, .cloudShortage, .outage, .fraud, .closedToProviders,
      .closedToUsers, .rivalPay, .hardwareGeneration:
      return nil
    }
  }
}
