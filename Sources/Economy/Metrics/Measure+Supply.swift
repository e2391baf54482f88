extension Measure {
  /// What operators do beside the network, and under pressure.
  static let supply = [
    Measure(
      "alternative_income_usd", "USD", .flow,
      "what idle nodes of active operators earned in another use; no part of provider_income_usd, "
        + "while its power is part of provider_cost_usd"
    ) { $0.alternativeIncome },
    Measure(
      "forced_sale_tokens", "tokens", .flow,
      "tokens that operators had meant to keep and sold to pay bills"
    ) { $0.circulating.isNaN ? .nan : $0.forcedSales },
  ]
}
