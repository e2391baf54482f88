import Configuration

extension MarketSettings {
  /// Fundamental traders with finite means around a value.
  ///
  /// value = `valueYears` x annualised dollars that bought the token, to pay or to burn, over the
  /// trailing window ÷ circulating tokens [USD/token]. At each clearing they offer `response` x
  /// ln(value / price) of their dollars, or of their tokens when the price is above the value.
  ///
  /// With `discountedBurns` only dollars that burned tokens count, as a growing perpetuity:
  /// value = annualised burns ÷ (discount - growth) ÷ circulating tokens (Gordon's formula).
  struct Anchor: Sendable {
    static let choice = Choice(
      name: "anchored", summary: "A pool, and fundamental traders with finite means.",
      source: "value: equation of exchange, model-facts §5.1; the traders are an assumption"
    ) { fields in
      let pool = Pool(reading: &fields)
      return MarketSettings(
        .anchored(pool, Anchor(reading: &fields)), isMovedByTrades: true, reading: &fields)
    }

    let valueYears: Double
    let windowDays: Double
    let response: Double
    /// Their dollars and tokens at the start, each ÷ market cap.
    let dollarShare: Double
    let tokenShare: Double
    /// Nil: all dollars that bought the token count.
    let burns: DiscountedBurns?

    /// Burns as a perpetuity.
    struct DiscountedBurns: Sendable, Equatable {
      /// Return asked, and growth expected [1/year].
      let discount: Double
      let growth: Double
    }

    /// Years of the yearly dollars that count in the value [years].
    var years: Double {
      burns.map { 1 / max($0.discount - $0.growth, 1e-3) } ?? valueYears
    }

    init(reading fields: inout FieldReader) {
      valueYears = fields.number(
        "valueYears", "years of dollars that bought the token in its value", unit: "years",
        in: 0.01...1000, default: 12, source: "model-facts §7.1: sector cap ÷ revenue 12")
      windowDays = fields.number(
        "valueWindowDays", "window of those dollars", unit: "days", in: 1...3650, default: 90)
      response = fields.number(
        "response", "share of their means offered per unit of log gap at each clearing",
        in: 0...1, default: 0.25, source: "assumption")
      dollarShare = fields.number(
        "traderDollarsShareOfCap", "their dollars ÷ market cap", in: 0...10, default: 0.2,
        source: "assumption")
      tokenShare = fields.number(
        "traderTokensShareOfCap", "their tokens ÷ circulating tokens", in: 0...1, default: 0.1,
        source: "assumption")
      burns = fields.object(
        "discountedBurns", "the value is that of the burns to come, in place of valueYears"
      ) { fields in
        let discount = fields.number(
          "discountPerYear", "return asked", unit: "1/year", in: 0.001...10, default: 0.2,
          source: "assumption")
        let growth = fields.number(
          "growthPerYear", "growth of the burns that is expected", unit: "1/year", in: -10...10,
          default: 0, source: "assumption")
        if growth >= discount, !fields.isRecording {
          fields.refuse(
            "growthPerYear", expected: "less than discountPerYear (\(numberText(discount)))",
            found: numberText(growth),
            help: "burns that grow faster than they are discounted have no finite value")
        }
        return DiscountedBurns(discount: discount, growth: growth)
      }
    }
  }
}
