import Configuration
import Kernel

extension MarketSettings {
  /// A price that follows the size of the network, slowly; every trade is with the exchange.
  ///
  /// d ln P/dt = k (ln P* - ln P) with P* = opening price x (N ÷ N₀)^η, N active nodes and N₀ those of
  /// day 0. A step takes the exact solution for the N that it finds. Below half a node N counts as a
  /// half.
  struct NetworkValue: Sendable, Equatable {
    static let choice = Choice(
      name: "networkValue", summary: "Closes in on a power of the number of nodes.",
      source: "model-facts §5.6: price law of the closed-form loop test; eta 2 is Metcalfe's value"
    ) { fields in
      MarketSettings(.networkValue(NetworkValue(reading: &fields)), reading: &fields)
    }

    let openingPrice: Double
    /// η.
    let exponent: Double
    /// k [1/month].
    let speed: Double

    init(reading fields: inout FieldReader) {
      openingPrice = MarketSettings.openingPrice(&fields)
      exponent = fields.number(
        "exponent", "power of the number of nodes in the value", in: 0...20, default: 2,
        source: "model-facts §5.6, Metcalfe")
      speed = fields.number(
        "closePerMonth", "speed at which the log gap to the value closes", unit: "1/month",
        in: 0...1000, default: 0.5, source: "model-facts §5.6, check values")
    }

    /// The price after some days [USD/token].
    func price(after price: Double, days: Double, nodes: Int, openingNodes: Int) -> Double {
      let size = max(Double(nodes), 0.5) / max(Double(openingNodes), 0.5)
      let gap = Elementary.log(openingPrice / price) + exponent * Elementary.log(size)
      return price
        * Elementary.exp(-Elementary.expm1(-speed * days / Span.daysPerMonth) * gap)
    }
  }
}
