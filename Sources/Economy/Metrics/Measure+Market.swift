extension Measure {
  /// What the market is made of, and how it is read.
  static let market = [
    Measure(
      "oracle_price_usd", "USD/token", .stock, "what the last settlement took a token to be worth",
      .studentOfLogs
    ) { $0.market.oraclePrice },
    Measure(
      "oracle_gap", "1", .ratio, "|oracle ÷ venue - 1|, mean over the readings"
    ) { $0.market.oracleGap.value },
    Measure(
      "market_depth", "1", .stock,
      "share of the liquidity that shocks to an order book and providers who flee have left"
    ) { $0.market.depth },
    Measure("pool_usd", "USD", .stock, "dollars in the pool, as many in tokens beside them") {
      $0.market.poolDollars
    },
  ]
}

/// Counts of the market over one stretch of time.
struct MarketTotals: Sendable {
  var oraclePrice = Double.nan
  var oracleGap = DayMean()
  var depth = Double.nan
  var poolDollars = Double.nan

  mutating func append(_ next: MarketTotals) {
    oraclePrice = next.oraclePrice
    oracleGap.append(next.oracleGap)
    depth = next.depth
    poolDollars = next.poolDollars
  }
}
