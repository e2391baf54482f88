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
    token.holdersToSell += takeInstalments()
    token.holdersToSell = min(token.holdersToSell, ledger.balance(.token, of: .holders))
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
      free(freed, of: index, terms)
      return
    }
  }

  /// Hands base units of a vesting class to its holders, who sell a part of them bit by bit.
  private mutating func free(_ freed: Int64, of index: Int, _ terms: VestingClass) {
    ledger.settle(.token, freed, from: accounts.unvested(index), to: .holders, .unlock)
    let every = settings.token?.market.every.inDays ?? 1
    let sold = Int64((Double(freed) * terms.saleShare).rounded(.down))
    token.kept[index] += freed - sold
    token.instalments.append(
      Instalments(
        owner: index, left: sold, steps: max(1, Int64((terms.sellOver / every).rounded()))))
  }

  /// Frees a share of what a vesting class, or every class, still has locked.
  mutating func unlock(_ share: Double, of place: Int?) {
    guard let vesting = settings.token?.vesting else { return }
    for (index, terms) in vesting.enumerated() where place == nil || place == index {
      let locked = ledger.balance(.token, of: accounts.unvested(index))
      free(Venue.part(Double(locked) * share, of: locked), of: index, terms)
    }
  }

  /// Lets a vesting class, or every class, sell a share of its free tokens at the next market step:
  /// those it is selling already, and those it has kept.
  mutating func sellOut(_ share: Double, of place: Int?) {
    var wanted: Int64 = 0
    for entry in token.instalments.indices
    where place == nil || place == token.instalments[entry].owner {
      let left = token.instalments[entry].left
      let now = Venue.part(Double(left) * share, of: left)
      token.instalments[entry].left -= now
      wanted += now
    }
    for index in token.kept.indices where place == nil || place == index {
      let now = Venue.part(Double(token.kept[index]) * share, of: token.kept[index])
      token.kept[index] -= now
      wanted += now
    }
    if wanted > 0 { sellOfHolders(wanted) }
  }

  /// Puts base units of holders up for sale at the next market step, as far as they have them.
  mutating func sellOfHolders(_ units: Int64) {
    let held = ledger.balance(.token, of: .holders)
    token.holdersToSell = min(token.holdersToSell, held) + min(units, held)
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
