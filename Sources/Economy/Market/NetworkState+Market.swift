import Kernel

/// The token's price: market steps, unlocks.
extension NetworkState {
  /// The rule in force; behind a cut arrow the venue keeps quoting its opening price.
  func marketRule(_ market: MarketSettings) -> MarketSettings.Rule {
    guard isCut(.revenueToPrice) else { return market.rule }
    return .exogenous(MarketSettings.PricePath(days: [0], prices: [market.openingPrice]))
  }

  /// Clears everything that operators and holders sell, at one price.
  mutating func stepMarket(_ queue: inout EventQueue<NetworkEvent>) {
    burnAhead()
    guard let market = settings.token?.market, var venue else { return }
    let rule = marketRule(market)
    venue.step(
      market.noise, market.marketWide, days: market.every.inDays, day: queue.now.inDays,
      luck: luck, index: token.steps)
    venue.follow(
      rule, day: queue.now.inDays, days: market.every.inDays, nodes: activeNodes,
      openingNodes: openingNodes)
    token.steps += 1
    if let flight = market.flight { moveLiquidity(of: &venue, rule, flight, market.every.inDays) }
    let price = venue.price(rule, ledger)
    var sells: Int64 = 0
    for slot in 0..<operators.count {
      let offered = offer(of: slot, price: price)
      if offered > operators.toSell[slot] {
        interval.forcedSales += Double(offered - operators.toSell[slot]) / tokenScale
      }
      operators.toSell[slot] = offered
      sells += offered
    }
    sellOfHolders(takeInstalments())
    let ofTreasury = min(treasury.toSell, ledger.balance(.token, of: .treasury))
    sells += token.holdersToSell + ofTreasury
    let followers = market.momentum.map { followersOrder($0, price: price, at: queue.now) }
    let quote = venue.clear(
      buys: 0, sells: sells, rule, circulating: circulatingTokens, steps: true,
      followers: followers, &ledger)
    for slot in 0..<operators.count where operators.toSell[slot] > 0 {
      let proceeds = venue.sell(
        operators.toSell[slot], by: account(of: slot), at: quote, fee: market.fee, rule, &ledger)
      interval.providerRealised += Double(proceeds) / 1e6
      operators.toSell[slot] = 0
    }
    venue.sell(token.holdersToSell, by: .holders, at: quote, fee: market.fee, rule, &ledger)
    token.holdersToSell = 0
    venue.sell(ofTreasury, by: .treasury, at: quote, fee: market.fee, rule, &ledger)
    treasury.toSell = 0
    self.venue = venue
    notePrice(at: queue.now)
    schedule(.marketStep, after: market.every, Phases.market, &queue)
  }

  /// Price of the venue now; nil: there is no token [USD/token].
  var venuePrice: Double? {
    guard let market = settings.token?.market else { return nil }
    return venue?.price(marketRule(market), ledger)
  }

  /// Sells tokens on the venue outside a market step, all at one price.
  /// - Returns: micro-dollars received, net of the fee, `[orders]`.
  @discardableResult
  mutating func sellAtOnce(_ orders: [(account: Account, units: Int64)]) -> [Int64] {
    let sells = orders.reduce(0) { $0 + $1.units }
    guard sells > 0, let market = settings.token?.market, var venue else {
      return orders.map { _ in 0 }
    }
    let rule = marketRule(market)
    let quote = venue.clear(
      buys: 0, sells: sells, rule, circulating: circulatingTokens, steps: false, &ledger)
    let proceeds = orders.map {
      venue.sell($0.units, by: $0.account, at: quote, fee: market.fee, rule, &ledger)
    }
    self.venue = venue
    return proceeds
  }

  /// What an operator sells: what it meant to, and more where costs could not be paid.
  private func offer(of slot: Int, price: Double) -> Int64 {
    var wanted = operators.toSell[slot]
    if operators.arrears[slot] > 0, price > 0,
      settings.operators.types[Int(operators.type[slot])].tokens.forcedSale
    {
      let needed = Double(operators.arrears[slot]) / 1e6 / price * tokenScale * 1.05
      wanted = max(wanted, Int64(min(needed.rounded(.up), 4e18)))
    }
    return wanted == 0 ? 0 : min(wanted, ledger.balance(.token, of: account(of: slot)))
  }

  /// What holders of tokens that became free sell at this market step.
  private mutating func takeInstalments() -> Int64 {
    var due: Int64 = 0
    for index in token.instalments.indices {
      let part = token.instalments[index].left / token.instalments[index].steps
      token.instalments[index].left -= part
      token.instalments[index].steps -= 1
      due += part
    }
    token.instalments.removeAll { $0.steps == 0 }
    return due
  }

  /// Schedules what is due after an interval, where that is not after the horizon.
  func schedule(
    _ kind: NetworkEvent.Kind, slot: Int = 0, after interval: SimDuration, _ phase: Phase,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    let next = queue.now + interval
    if next <= horizon { queue.schedule(NetworkEvent(kind, slot: slot), at: next, phase: phase) }
  }
}
