extension Measure {
  /// Rewards beside what is minted for operators at once.
  static let emission = [
    Measure(
      "pool_reward_tokens", "tokens", .flow,
      "tokens that pools of rewards paid out, none of them minted"
    ) { $0.token($0.emission.fromPools) },
    Measure("pool_tokens", "tokens", .stock, "tokens left in pools of rewards") {
      $0.token($0.emission.poolTokens)
    },
    Measure(
      "unissued_tokens", "tokens", .flow,
      "tokens of streams' budgets that nobody earned, or that are above a limit of rewards"
    ) { $0.token($0.emission.unissued) },
    Measure("locked_reward_tokens", "tokens", .stock, "rewards that are earned and locked") {
      $0.token($0.emission.lockedTokens)
    },
    Measure("released_reward_tokens", "tokens", .flow, "locked rewards that became free") {
      $0.token($0.emission.released)
    },
    Measure("forfeited_reward_tokens", "tokens", .flow, "locked rewards that operators lost") {
      $0.token($0.emission.forfeited)
    },
    Measure("supply_tokens", "tokens", .stock, "all tokens that exist: issued - burned") {
      $0.emission.supply
    },
    Measure(
      "inflation_per_year", "1/year", .ratio, "minted_tokens a year / supply_tokens at the end"
    ) { $0.minted / $0.days * Span.daysPerYear / $0.emission.supply },
  ]
}
