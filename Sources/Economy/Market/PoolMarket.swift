import Configuration

extension MarketSettings {
  /// A constant-product pool: dollars x tokens stays, but for the fee.
  struct Pool: Sendable, Equatable {
    static let choice = Choice(
      name: "pool", summary: "A constant-product pool alone.", source: "exact"
    ) { fields in
      MarketSettings(.pool(Pool(reading: &fields)), isMovedByTrades: true, reading: &fields)
    }

    /// Price at the start [USD/token].
    let openingPrice: Double
    /// Tokens in the pool at the start ÷ circulating tokens; as many dollars' worth beside them.
    let shareOfCap: Double
    /// Share of the dollars of a trade that goes to the liquidity providers [1].
    let fee: Double
    /// Dollars and tokens of noise traders, each ÷ market cap.
    let speculatorShare: Double

    init(reading fields: inout FieldReader) {
      openingPrice = MarketSettings.openingPrice(&fields)
      shareOfCap = fields.number(
        "poolShareOfCap", "tokens in the pool ÷ circulating tokens", in: 1e-6...1, default: 0.005,
        source: "model-facts §5.2: unknown; assumption, range 0.001 to 0.03")
      fee = fields.number("fee", "share of a trade's dollars", in: 0...0.5, default: 0.003)
      speculatorShare = fields.number(
        "speculatorShareOfCap", "noise traders' dollars and tokens, each ÷ market cap",
        in: 0...10, default: 0.02)
    }
  }
}
