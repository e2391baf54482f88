import Kernel

/// A market that an amendment replaces, or whose traders have other means.
///
/// The price stays, unless the new rule is given one. Reserves of a pool go back to the liquidity
/// providers, and a new one is filled out of what they have. Who trades no more hands its tokens to
/// holders and takes its dollars out of the network; who is new gets tokens of holders, as far as they
/// have any, and brings dollars, by its shares of what all free tokens are worth that day. Who stays
/// with another share takes part of what it has out, or brings more in, in that proportion. An exchange
/// gets all tokens of holders and gives them back, as it did at day 0.
extension NetworkState {
  mutating func reopenMarket(after before: MarketSettings?, at now: SimTime) {
    guard let before, let market = settings.token?.market, let venue else { return }
    let (old, new) = (marketRule(before), marketRule(market))
    let price = venue.price(old, ledger)
    let counterparties = (Venue.counterparty(old), Venue.counterparty(new))
    // Behind a cut arrow there is an exchange, whatever the rule.
    let isCut = isCut(.revenueToPrice)
    let leaving = isCut ? [] : before.endowments
    let coming = isCut ? [] : market.endowments
    for part in leaving {
      if let next = coming.first(where: { $0.account == part.account }) {
        if next != part { rescale(part, to: next, at: price) }
      } else {
        leave(part.account)
      }
    }
    if counterparties.0 == .exchange, counterparties.1 != .exchange { closeExchange() }
    let circulating = circulatingTokens
    for part in coming where !leaving.contains(where: { $0.account == part.account }) {
      enter(part, circulating: circulating, price: price)
    }
    if counterparties.1 == .exchange, counterparties.0 != .exchange {
      openExchange(
        with: ledger.balance(.token, of: .holders), cap: circulating * price)
    }
    guard before.kind != market.kind, !isCut else { return }
    let isGiven = market.kind == MarketSettings.PricePath.self
    self.venue?.reopen(at: price, isGiven: isGiven)
    if isGiven { self.venue?.follow(new, day: now.inDays) }
    notePrice(at: now)
  }

  private mutating func leave(_ account: Account) {
    let dollars = ledger.balance(.dollars, of: account)
    let tokens = ledger.balance(.token, of: account)
    switch account {
    case .pool:
      ledger.settle(.dollars, dollars, from: .pool, to: .liquidity, .liquidity)
      ledger.settle(.token, tokens, from: .pool, to: .liquidity, .liquidity)
    // Market makers stay the liquidity providers, and holders what they are.
    case .liquidity, .holders: break
    default:
      ledger.settle(.dollars, dollars, from: account, to: .world, .withdrawal)
      ledger.settle(.token, tokens, from: account, to: .holders, .migration)
    }
  }

  private mutating func enter(_ part: Endowment, circulating: Double, price: Double) {
    let tokens = Int64((circulating * part.tokenShare * tokenScale).rounded())
    let dollars = microdollars(circulating * part.dollarShare * price)
    switch part.account {
    case .pool: openPool(tokens, price: price)
    case .liquidity: fillProviders(dollars: dollars, tokens: tokens)
    default:
      takeFromHolders(tokens, for: part.account)
      bring(dollars, for: part.account)
    }
  }

  /// A pool has both reserves at the price, or there is no market.
  private mutating func openPool(_ wanted: Int64, price: Double) {
    fillProviders(dollars: 0, tokens: max(1, wanted))
    let tokens = min(max(1, wanted), ledger.balance(.token, of: .liquidity))
    let dollars = max(1, microdollars(Double(tokens) / tokenScale * price))
    fillProviders(dollars: dollars, tokens: 0)
    if tokens == 0 || ledger.balance(.dollars, of: .liquidity) < dollars {
      failure = "an amendment opens a pool, and nobody is free to fill it"
      return
    }
    ledger.settle(.token, tokens, from: .liquidity, to: .pool, .liquidity)
    ledger.settle(.dollars, dollars, from: .liquidity, to: .pool, .liquidity)
  }

  /// What it has changes in the proportion of its shares; from a share of 0 it begins anew.
  private mutating func rescale(_ part: Endowment, to next: Endowment, at price: Double) {
    if part.account == .pool {
      let factor = next.tokenShare / part.tokenShare
      let assets = [Asset.dollars, .token].map { Double(ledger.balance($0, of: .pool)) }
      fillProviders(
        dollars: Int64(min(assets[0] * (factor - 1), 1e18)),
        tokens: Int64(min(assets[1] * (factor - 1), 4e18)))
      _ = movePool(by: factor)
      return
    }
    func change(_ held: Int64, _ shares: (Double, Double), fresh: Double) -> Int64 {
      let wanted = shares.0 > 0 ? Double(held) * (shares.1 / shares.0 - 1) : fresh
      return Int64(min(max(wanted, -Double(held)), 4e18).rounded(.towardZero))
    }
    let circulating = circulatingTokens
    let tokens = change(
      ledger.balance(.token, of: part.account), (part.tokenShare, next.tokenShare),
      fresh: circulating * next.tokenShare * tokenScale)
    let dollars = change(
      ledger.balance(.dollars, of: part.account), (part.dollarShare, next.dollarShare),
      fresh: circulating * next.dollarShare * price * 1e6)
    takeFromHolders(max(0, tokens), for: part.account)
    bring(max(0, dollars), for: part.account)
    ledger.settle(
      .token, min(max(0, -tokens), ledger.balance(.token, of: part.account)), from: part.account,
      to: .holders, .migration)
    ledger.settle(
      .dollars, min(max(0, -dollars), ledger.balance(.dollars, of: part.account)),
      from: part.account, to: .world, .withdrawal)
  }

  /// Brings the liquidity providers to what they are to have, where that is more.
  private mutating func fillProviders(dollars: Int64, tokens: Int64) {
    takeFromHolders(max(0, tokens - ledger.balance(.token, of: .liquidity)), for: .liquidity)
    bring(max(0, dollars - ledger.balance(.dollars, of: .liquidity)), for: .liquidity)
  }

  private mutating func takeFromHolders(_ units: Int64, for account: Account) {
    // What an exchange had is with the holders again, when others come.
    let taken = min(units, max(0, ledger.balance(.token, of: .holders)))
    ledger.settle(.token, taken, from: .holders, to: account, .migration)
  }

  private mutating func bring(_ dollars: Int64, for account: Account) {
    ledger.settle(.dollars, dollarsThatFit(dollars), from: .world, to: account, .capital)
  }

  private mutating func closeExchange() {
    let dollars = ledger.balance(.dollars, of: .exchange)
    openingExchangeDollars -= dollars
    leave(.exchange)
  }

  /// An exchange has dollars for all that may come, and the tokens of holders.
  private mutating func openExchange(with tokens: Int64, cap: Double) {
    let dollars = dollarsThatFit(microdollars(min(1000 * cap, 1e12)))
    openingExchangeDollars += dollars
    ledger.settle(.dollars, dollars, from: .world, to: .exchange, .capital)
    ledger.settle(.token, tokens, from: .holders, to: .exchange, .migration)
  }
}
