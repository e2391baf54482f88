import Configuration

extension MarketSettings {
  /// A price that the network does not move: a constant, or a table of days and prices.
  struct PricePath: Sendable {
    static let constantChoice = Choice(
      name: "exogenous", summary: "A constant price; every trade is with the exchange.",
      source: "exact"
    ) { fields in
      let path = PricePath(days: [0], prices: [MarketSettings.openingPrice(&fields)])
      return MarketSettings(.exogenous(path), reading: &fields)
    }

    static let traceChoice = Choice(
      name: "trace", summary: "The prices of a table; every trade is with the exchange.",
      source: "exact"
    ) { fields in
      MarketSettings(.exogenous(PricePath(reading: &fields)), reading: &fields)
    }

    let days: [Double]
    let prices: [Double]

    init(days: [Double], prices: [Double]) {
      self.days = days
      self.prices = prices
    }

    init(reading fields: inout FieldReader) {
      let errors = fields.errorCount
      let table = fields.table("table", "days and prices, in order", isRequired: true)
      let days = fields.dates(
        "date", "column of the first day of each price", of: table,
        example: "start_date")
      let prices = fields.column("priceUSD", "the price [USD/token]", of: table)
      let ordered = zip(days, days.dropFirst()).allSatisfy { $0 < $1 }
      guard !days.isEmpty, days.count == prices.count, ordered,
        prices.allSatisfy({ 1e-9...1e9 ~= $0 })
      else {
        if table != nil, fields.errorCount == errors {
          fields.refuse(
            "table", expected: "a table of prices above 0 on days in order",
            found: "\(prices.count) prices",
            help: "sort the table and leave out days without a price")
        }
        self.days = [0]
        self.prices = [1]
        return
      }
      self.days = days
      self.prices = prices
    }

    /// Price on a day: the last given on or before it [USD/token].
    func price(day: Double) -> Double {
      var low = 0
      var high = days.count
      while low < high {
        let middle = (low + high) / 2
        if days[middle] <= day { low = middle + 1 } else { high = middle }
      }
      return prices[max(low - 1, 0)]
    }
  }
}
