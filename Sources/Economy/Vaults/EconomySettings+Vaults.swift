import Configuration

/// What payment, rewards, market and treasury need of each other.
extension PaymentSplit {
  /// A vault that nothing fills pays nobody, and one cannot be filled with what is not there.
  func checkVaults(with token: TokenSettings, _ fields: inout FieldReader) {
    if fields.isRecording { return }
    var claims = token.streams.filter { $0.treasuryTokens > 0 }.map {
      (key: "poolTokens of \($0.name)", tokens: $0.treasuryTokens)
    }
    func claim(_ key: String, _ seed: Double, _ path: String) {
      if seed == 0 { return }
      claims.append((path, seed))
      let sum = claims.reduce(0) { $0 + $1.tokens }
      guard sum > token.treasury else { return }
      let terms = claims.map { "\($0.key) \(numberText($0.tokens))" }.joined(separator: " + ")
      fields.refuse(
        key, expected: "at most the treasury's \(numberText(token.treasury)) tokens taken from it",
        found: claims.count > 1 ? "\(terms) = \(numberText(sum))" : terms,
        help: "raise token.treasury by \(numberText(sum - token.treasury)), or lower the seed")
    }
    if let remint { claim("remint", remint.seed, "seedTokens") }
    guard let terms = demandDriven else { return }
    claim("demandDriven", terms.rewardVaultSeed, "rewardVaultSeed")
    let sources = [
      token.part(.rewardVault), feeVault, terms.rewardVaultSeed, terms.feeVaultSeed,
    ]
    if sources.allSatisfy({ $0 == 0 }) {
      fields.refuse(
        "demandDriven", expected: "a source of its vaults",
        found: "token.rewards.rewardVault + payment.feeVault + rewardVaultSeed + feeVaultSeedUSD = "
          + sumText(sources),
        help: "write feeVault: 0.5 here, or rewards: {rewardVault: 1} in token")
    }
  }
}

extension EconomySettings {
  func checkVaults(_ fields: inout FieldReader) {
    if fields.isRecording { return }
    let opening = treasury?.openingDollars ?? 0
    if let seed = payment.demandDriven?.feeVaultSeed, seed > opening, payment.protocolShare == 0 {
      fields.refuse(
        "payment",
        expected: "a feeVaultSeedUSD of at most treasury.openingUSD "
          + "(\(numberText(opening))), since the treasury earns no dollars",
        found: numberText(seed), help: "raise treasury.openingUSD, or lower the seed")
    }
    if let part = token?.part(.rewardVault), part > 0, payment.demandDriven == nil {
      fields.refuse(
        "token",
        expected:
          "payment.demandDriven, which pays out of the vault that rewards.rewardVault fills",
        found: "rewardVault: \(numberText(part)) alone",
        help: "add payment.demandDriven: {targetUSDPerHour: {…}}, or give the part to treasury")
    }
    let used = Set(operators.types.map(\.hardware))
    for (column, target) in (payment.demandDriven?.targets ?? []).enumerated()
    where target > 0 && !used.contains(column) {
      fields.refuse(
        "payment", expected: "targetUSDPerHour for hardware that operators have",
        found: hardware[column].name,
        help: "nobody would be paid by it: leave it out, or give an operator type that hardware")
    }
    checkTreasury(&fields)
  }

  private func checkTreasury(_ fields: inout FieldReader) {
    guard let treasury else { return }
    if treasury.topUp != nil, payment.provider == 0 {
      fields.warn(
        "treasury",
        expected: "payment.provider above 0 beside topUp, which pays that share of the price",
        found: "0", help: "it pays nothing: leave topUp out, or write grants to operators")
    }
    if let token { return doubtTreasury(treasury, token, &fields) }
    let help = "give the network a token and a market, or leave it out"
    if treasury.sale != nil {
      fields.refuse("treasury", expected: "a token for sale", found: "none", help: help)
    }
    if let grant = treasury.grants.first(where: { $0.tokens > 0 }) {
      fields.refuse(
        "treasury", expected: "a token for grants.\(grant.name).tokensPerMonth", found: "none",
        help: help)
    }
  }

  /// Doubts what the treasury cannot do with the tokens and the market that there are.
  private func doubtTreasury(
    _ treasury: TreasurySettings, _ token: TokenSettings, _ fields: inout FieldReader
  ) {
    if treasury.loan != nil, Venue.counterparty(token.market.rule) != .pool {
      fields.warn(
        "treasury", expected: "a market with a pool, which marketMaking lends to",
        found: "none", help: "nothing is lent: leave it out, or take market.rule pool")
    }
    let comesIn =
      token.treasuryLeft > 0 || token.streams.contains(where: \.isOpen) || payment.remint != nil
      || (payment.protocolShare > 0 && payment.protocolPaidIn == .token)
      || payment.buyBack != nil || token.staking != nil || collateral?.asset == .token
      || !token.vesting.isEmpty
    if treasury.sale != nil, !comesIn {
      fields.warn(
        "treasury", expected: "tokens of the treasury for sale", found: "none, and none come in",
        help: "write token.treasury, or leave sale out")
    }
  }
}
