import Configuration
import Kernel

extension MarketSettings {
  /// An order book whose price moves with the square root of the net flow and comes back.
  ///
  /// With x the net dollars of recent trades in days of volume, the price is
  ///
  ///     P = reference × exp(I(x)), I(x) = sign(x) Y s √|x|,
  ///
  /// so that a flow Q out of rest moves it by Y s √(Q/V): s daily volatility, V daily volume. All
  /// orders of a clearing trade at the logarithmic mean of the prices on the way from x to x + Q/V,
  /// which makes the cost of an order the same in one piece or in many, and a way there and back
  /// free. x decays so that the impact halves every `halfLifeDays`: uninformed flow leaves nothing
  /// behind; `permanentShare` of each move stays in the reference. The volume is `volumeShareOfCap` of
  /// the market cap a day. Every trade is with market makers (liquidity providers), who have
  /// `makersShareOfCap` of dollars and tokens: where these are used up, the price goes where what
  /// they have suffices.
  struct OrderBook: Sendable, Equatable {
    static let choice = Choice(
      name: "squareRoot",
      summary: "An order book: impact with the square root of the flow, which decays.",
      source: "model-facts §5.2: square-root law over four decades of orders; decay"
    ) { fields in
      MarketSettings(
        .orderBook(OrderBook(reading: &fields)), isMovedByTrades: true, reading: &fields)
    }

    let openingPrice: Double
    /// Y s: impact of a day's volume in the logarithm of the price.
    let coefficient: Double
    /// V ÷ market cap [1/day].
    let turnover: Double
    let halfLifeDays: Double
    let permanentShare: Double
    let makersShare: Double
    let fee: Double

    init(reading fields: inout FieldReader) {
      openingPrice = MarketSettings.openingPrice(&fields)
      let factor = fields.number(
        "impactCoefficient", "Y, impact of a day's volume in daily volatilities", in: 0...100,
        default: 1, source: "model-facts §5.2; range 0.5 to 1.5")
      let volatility = fields.number(
        "dailyVolatility", "s, deviation of a day's change of the log price", in: 0...2,
        default: 0.069, source: "model-facts §5.3, FIL: 1.32 ÷ √365")
      coefficient = factor * volatility
      turnover = fields.number(
        "volumeShareOfCap", "volume of a day ÷ market cap", unit: "1/day", in: 1e-6...100,
        default: 0.012, source: "model-facts §5.1, HNT, median")
      halfLifeDays = fields.number(
        "halfLifeDays", "time in which an impact halves", unit: "days", in: 0.01...36_500,
        default: 5, source: "model-facts §5.2; range 1 to 10")
      permanentShare = fields.share(
        "permanentShare", "part of an impact that stays", default: 0,
        source: "model-facts §5.2: uninformed flow decays toward 0")
      makersShare = fields.number(
        "makersShareOfCap", "market makers' dollars and tokens, each ÷ market cap", in: 1e-6...1,
        default: 0.1, source: "assumption")
      fee = fields.number("fee", "share of a trade's dollars", in: 0...0.5, default: 0.003)
    }

    /// The impact of a flow of so many days of volume, in the logarithm of the price.
    func impact(_ flow: Double) -> Double {
      let size = coefficient * flow.magnitude.squareRoot()
      return flow < 0 ? -size : size
    }

    /// The flow that has an impact; the other way round of ``impact(_:)``.
    func flow(_ impact: Double) -> Double {
      guard coefficient > 0 else { return 0 }
      let root = impact / coefficient
      return root * root.magnitude
    }

    /// The mean impact on the way from one flow to another: ∫ I dx ÷ the distance.
    func meanImpact(from start: Double, to end: Double) -> Double {
      // Between two close flows the mean is that of the middle, without the loss of digits.
      guard (end - start).magnitude > 1e-9 * max(start.magnitude, end.magnitude) else {
        return impact((start + end) / 2)
      }
      func integral(_ flow: Double) -> Double {
        2 / 3 * coefficient * flow.magnitude * flow.magnitude.squareRoot()
      }
      return (integral(end) - integral(start)) / (end - start)
    }

    /// The flow that still weighs after some days.
    func decayed(_ flow: Double, days: Double) -> Double {
      // √x halves where x falls to a quarter.
      flow * Elementary.exp(-2 * Elementary.log(2) * days / halfLifeDays)
    }
  }
}
