import Kernel

/// The token's price: oracle, market steps, unlocks.
extension NetworkState {
  /// The rule in force; behind a cut arrow the venue keeps quoting its opening price.
  func marketRule(_ market: MarketSettings) -> MarketSettings.Rule {
    guard isCut(.revenueToPrice) else { return market.rule }
    return .exogenous(MarketSettings.PricePath(days: [0], prices: [market.openingPrice]))
  }

  mutating func readOracle() {
    guard let market = settings.token?.market, let venue else { return }
    token.oraclePrice = venue.price(marketRule(market), ledger)
  }

  /// Clears everything that operators and holders sell, at one price.
  mutating func stepMarket(_ queue: inout EventQueue<NetworkEvent>) {
    guard let market = settings.token?.market, var venue else { return }
    let rule = marketRule(market)
    venue.step(market.noise, days: market.every.inDays, luck: luck, index: token.steps)
    venue.follow(rule, day: queue.now.inDays)
    token.steps += 1
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
    token.holdersToSell += takeInstalments()
    token.holdersToSell = min(token.holdersToSell, ledger.balance(.token, of: .holders))
    sells += token.holdersToSell
    let quote = venue.clear(
      buys: 0, sells: sells, rule, circulating: circulatingTokens, steps: true, &ledger)
    for slot in 0..<operators.count where operators.toSell[slot] > 0 {
      let proceeds = venue.sell(
        operators.toSell[slot], by: account(of: slot), at: quote, fee: market.fee, rule, &ledger)
      interval.providerRealised += Double(proceeds) / 1e6
      operators.toSell[slot] = 0
    }
    venue.sell(token.holdersToSell, by: .holders, at: quote, fee: market.fee, rule, &ledger)
    token.holdersToSell = 0
    self.venue = venue
    schedule(.marketStep, after: market.every, Phases.market, &queue)
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

  /// Frees a part of a vesting class: `slot` counts the parts of all classes in order.
  mutating func unlock(_ slot: Int) {
    guard let vesting = settings.token?.vesting else { return }
    var part = slot
    for (index, terms) in vesting.enumerated() {
      if part > terms.parts {
        part -= terms.parts + 1
        continue
      }
      let locked = ledger.balance(.token, of: accounts.unvested(index))
      let total = Int64((terms.tokens * tokenScale).rounded())
      let share = part == 0 ? terms.cliffShare : (1 - terms.cliffShare) / Double(terms.parts)
      let isLast = part == terms.parts
      let freed = isLast ? locked : min(locked, Int64((Double(total) * share).rounded(.down)))
      ledger.settle(.token, freed, from: accounts.unvested(index), to: .holders, .unlock)
      let every = settings.token?.market.every.inDays ?? 1
      token.instalments.append(
        Instalments(
          left: Int64((Double(freed) * terms.saleShare).rounded(.down)),
          steps: max(1, Int64((terms.sellOver / every).rounded()))))
      return
    }
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

extension MarketSettings {
  /// Share of a trade's dollars that goes to the liquidity providers [1].
  var fee: Double {
    switch rule {
    case .pool(let pool), .anchored(let pool, _): pool.fee
    case .exogenous, .imbalance: 0
    }
  }
}
