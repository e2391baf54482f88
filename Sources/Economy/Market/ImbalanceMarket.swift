import Configuration

extension MarketSettings {
  /// P ×= 1 + κ (burn - mint) / (burn + mint) at each settlement; every trade is with holders.
  struct Imbalance: Sendable, Equatable {
    static let choice = Choice(
      name: "imbalance", summary: "Moves with burn against mint at each settlement.",
      source: "assumption; used by the speed yardstick"
    ) { fields in
      MarketSettings(.imbalance(Imbalance(reading: &fields)), reading: &fields)
    }

    let openingPrice: Double
    let kappa: Double

    init(reading fields: inout FieldReader) {
      openingPrice = MarketSettings.openingPrice(&fields)
      kappa = fields.number("kappa", "largest relative move of an epoch", in: 0...0.9)
    }

    /// The price after an epoch [USD/token].
    func price(after price: Double, burned: Double, minted: Double) -> Double {
      guard burned + minted > 0 else { return price }
      return price * (1 + kappa * (burned - minted) / (burned + minted))
    }
  }
}
