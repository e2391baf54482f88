import Kernel

/// What is remembered of the oracle.
struct OracleState: Sendable {
  /// State: the last reading; nil before the first.
  var last: OracleReading?
  /// State: whether readings have stopped.
  var isOut = false
  /// State: prices that readings or traders look back at; nil where none do at any stage.
  var prices: PriceHistory?
}

extension NetworkState {
  /// Reads the oracle, unless readings have stopped.
  mutating func readOracle(at now: SimTime) {
    guard let market = settings.token?.market, let venue else { return }
    let spot = venue.price(marketRule(market), ledger)
    oracle.prices?.note(spot, at: now)
    if oracle.isOut { return noteOracleGap(spot) }
    var prices = oracle.prices ?? PriceHistory(reach: .zero)
    if oracle.prices == nil { prices.note(spot, at: now) }
    let reading = settings.oracle.rule.reading(
      spot: spot, prices, at: now, after: oracle.last)
    oracle.last = reading
    token.oraclePrice = reading.price
    noteOracleGap(spot)
  }

  /// Notes what the venue quotes, where somebody looks back.
  mutating func notePrice(at now: SimTime) {
    guard oracle.prices != nil, let market = settings.token?.market, let venue else { return }
    let price = venue.price(marketRule(market), ledger)
    oracle.prices?.note(price, at: now)
  }

  /// A settlement has bought at a price, which some oracles read [USD/token].
  mutating func readOwnTrade(at price: Double) {
    // The reading before it stands at the end of the last sales and would call every purchase a loss.
    if settings.oracle.rule.readsOwnTrades, !oracle.isOut { token.oraclePrice = price }
  }

  /// Whether settlements pay and issue nothing.
  var isHalted: Bool { oracle.isOut && settings.oracle.onOutage == .halt }

  private mutating func noteOracleGap(_ spot: Double) {
    interval.market.oracleGap.add((token.oraclePrice / spot - 1).magnitude, days: 1)
  }

  /// How far back prices are looked at, at any stage.
  static func reach(of stages: [EconomySettings]) -> SimDuration {
    stages.map { settings in
      let momentum = settings.token?.market.momentum?.window ?? .zero
      return max(settings.oracle.rule.reach, momentum)
    }.max() ?? .zero
  }
}
