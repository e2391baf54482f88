import Kernel

/// Liquidity and speculators: who else is in the market.
extension NetworkState {
  /// What those who follow the price want of a market step.
  func followersOrder(_ terms: Momentum, price: Double, at now: SimTime) -> Venue.Order {
    guard let prices = oracle.prices else { return Venue.Order(.followers) }
    return terms.order(
      from: prices.price(terms.window, before: now), to: price,
      dollars: ledger.balance(.dollars, of: .followers),
      tokens: ledger.balance(.token, of: .followers))
  }

  /// Lets providers leave or come back, by what the price did.
  mutating func moveLiquidity(
    of venue: inout Venue, _ rule: MarketSettings.Rule, _ flight: LiquidityFlight, _ days: Double
  ) {
    let price = venue.price(rule, ledger)
    let before = venue.providers.stays
    let wanted = flight.share(after: &venue.providers, price: price, days: days)
    guard wanted != before else { return }
    let moved = wanted / before
    // In an order book what stays is depth; a pool has reserves that move.
    let done = Venue.counterparty(rule) == .pool ? movePool(by: moved) : moved
    venue.providers.stays = min(before * done, 1)
  }

  /// Liquidity that a shock takes away or brings.
  mutating func shockLiquidity(by factor: Double) {
    guard let market = settings.token?.market else { return }
    if case .orderBook = marketRule(market) {
      venue?.depth *= max(factor, 1e-9)
    } else {
      _ = movePool(by: factor)
    }
  }

  /// Liquidity providers take part of both reserves out, or bring more in as far as they have
  /// both; the price stays.
  ///
  /// - Returns: by how much the reserves really moved.
  mutating func movePool(by factor: Double) -> Double {
    let assets = [Asset.dollars, .token]
    let reserves = assets.map { Double(ledger.balance($0, of: .pool)) }
    guard reserves.allSatisfy({ $0 > 0 }) else { return 1 }
    var share = (factor - 1).magnitude
    if factor > 1 {
      for (asset, reserve) in zip(assets, reserves) {
        share = min(share, Double(ledger.balance(asset, of: .liquidity)) / reserve)
      }
    }
    // A thousand units stay of either: fewer have no price to speak of.
    if factor < 1 { share = min(share, 1 - 1000 / (reserves.min() ?? 1000)) }
    if share <= 0 { return 1 }
    for (asset, reserve) in zip(assets, reserves) {
      let change = Int64((reserve * share).rounded(.down))
      if factor < 1 {
        ledger.settle(asset, change, from: .pool, to: .liquidity, .liquidity)
      } else {
        let comes = min(change, ledger.balance(asset, of: .liquidity))
        ledger.settle(asset, comes, from: .liquidity, to: .pool, .liquidity)
      }
    }
    return factor < 1 ? 1 - share : 1 + share
  }

  /// Puts what is measured of the market at the end of an interval into its totals.
  mutating func closeMarket(_ market: MarketSettings, _ venue: Venue) {
    interval.market.oraclePrice = token.oraclePrice
    interval.market.depth = venue.depth * venue.providers.stays
    interval.market.poolDollars =
      Venue.counterparty(marketRule(market)) == .pool
      ? Double(ledger.balance(.dollars, of: .pool)) / 1e6 : .nan
  }
}
