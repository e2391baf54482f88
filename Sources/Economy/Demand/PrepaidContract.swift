import Configuration

/// Credits bought ahead for a term: jobs are paid out of them, and what a lost attempt cost comes
/// back as credit. At the end of the term part of what is left is refunded, the rest is the
/// treasury's (breakage), and the next term's credits are bought.
struct PrepaidContract: Sendable {
  static let choice = Choice<Contract>(
    name: "prepaid", summary: "Credits are bought ahead; what is not used is lost or refunded."
  ) { fields in
    .prepaid(
      PrepaidContract(
        discount: fields.share(
          "discount", "of its hours, below the price list", default: 0.1,
          source: "assumption"),
        credits: fields.number(
          "creditsUSDPerTerm", "credits bought for each term", unit: "USD", in: 0.01...1e9),
        days: fields.number(
          "termDays", "days until credits expire", unit: "days", in: 0.01...36_500, default: 30,
          source: "assumption"),
        refundShare: fields.share(
          "refundShare", "part of unused credits that is given back when they expire", default: 0,
          source: "assumption")))
  }

  let discount: Double
  let credits: Double
  let days: Double
  let refundShare: Double
}
