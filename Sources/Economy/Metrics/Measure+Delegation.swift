extension Measure {
  /// What holders bond, and what it brings them.
  static let delegation = [
    Measure(
      "bonded_share", "1", .stock,
      "(tokens bonded by delegators + collateral in tokens) / (issued - burned)"
    ) { ($0.trust.stakedTokens + $0.delegation.bonded) / $0.delegation.supply },
    Measure(
      "unbonding_tokens", "tokens", .stock, "tokens of delegators that are on their way back"
    ) { $0.token($0.delegation.unbonding) },
    Measure(
      "staking_rewards_usd", "USD", .flow,
      "what delegators received after tax and commission, tokens at the oracle"
    ) { $0.token($0.delegation.rewardsUSD) },
    Measure(
      "staking_yield_per_year", "1/year", .ratio,
      "tokens that delegators received, dollars at the oracle, / tokens they had bonded x years"
    ) { $0.delegation.nominalYield },
    Measure(
      "staking_real_yield_per_year", "1/year", .ratio,
      "(1 + staking_yield_per_year, less slashes) / (1 + net issue a year / supply) - 1"
    ) { $0.delegation.realYield },
    Measure(
      "delegators_slashed_usd", "USD", .flow,
      "stake that delegators lost beside operators, at the oracle; no part of slashed_usd"
    ) { $0.token($0.delegation.slashedUSD) },
  ]
}
