import Kernel

/// Credits, buy-backs and vaults at a settlement, and their part of the books.
extension NetworkState {
  /// The credits that jobs are paid with, where some stage has them.
  var creditsAsset: Asset? { vaults.creditsAsset }

  /// Before tokens are issued: credits are redeemed and bought, and fees buy tokens back.
  mutating func settleVaults(_ now: SimTime) {
    settleCredits(now)
    buyBack(now)
    rewardRevenue()
    closeUnusedVaults()
  }

  /// Buys tokens on the venue, all at one price, outside the settlement's own purchase.
  /// - Returns: base units, and what one cost on average, without the fee [USD/token].
  mutating func buyTokens(
    with dollars: Int64, by account: Account
  ) -> (units: Int64, price: Double) {
    guard dollars > 0, let market = settings.token?.market, var venue else { return (0, 0) }
    let rule = marketRule(market)
    let quote = venue.clear(
      buys: dollars - Venue.charge(on: dollars, market.fee), sells: 0, rule,
      circulating: circulatingTokens, steps: false, &ledger)
    let units = venue.buy(with: dollars, by: account, at: quote, fee: market.fee, rule, &ledger)
    self.venue = venue
    vaults.spending += Double(dollars) / 1e6
    return (units, quote.price * venue.scale / 1e6)
  }

  /// Burns tokens that were bought to be burned, for so many dollars.
  mutating func burnBought(_ units: Int64, from account: Account, dollars: Double) {
    token.bought &+= units
    ledger.burn(.token, units, from: account)
    epochBurned += Double(units) / tokenScale
    interval.burned += Double(units) / tokenScale
    interval.burnedUSD += dollars
    vaults.burning += dollars
  }

  /// Buys tokens and burns them, all or nothing but the fee.
  mutating func buyAndBurn(_ dollars: Int64, by account: Account) {
    let bought = buyTokens(with: dollars, by: account)
    burnBought(bought.units, from: account, dollars: Double(dollars) / 1e6)
  }

  /// Spends fees on tokens where a purchase is due, and shares these out.
  private mutating func buyBack(_ now: SimTime) {
    let fees = vaults.protocolFees
    vaults.protocolFees = 0
    guard let terms = settings.payment.buyBack else {
      vaults.buyBackDue = 0
      return
    }
    vaults.buyBackDue += Int64((Double(fees) * terms.share).rounded(.down))
    let every = terms.every.microseconds
    guard now.microseconds / every > vaults.boughtBackAt.microseconds / every else { return }
    vaults.boughtBackAt = now
    let most = terms.dailyCap.map { microdollars($0 * terms.every.inDays) } ?? .max
    let held = max(0, ledger.balance(.dollars, of: .treasury))
    let dollars = min(vaults.buyBackDue, most, held)
    if dollars == 0 { return }
    vaults.buyBackDue -= dollars
    let bought = buyTokens(with: dollars, by: .treasury).units
    interval.vaults.buyBackUSD += Double(dollars) / 1e6
    interval.treasury.boughtForOthers += Double(dollars) / 1e6 * (1 - terms.parts[2])
    let parts = Split.largestRemainder(of: bought, by: terms.parts)
    ledger.settle(.token, parts[0], from: .treasury, to: .holders, .buyBack)
    burnBought(
      parts[1], from: .treasury, dollars: Double(dollars) / 1e6 * terms.parts[1])
    payStakers(parts[3])
  }

  /// Tokens of the treasury for holders who have bonded tokens, else for operators by their stake;
  /// while nobody has any, it keeps them.
  private mutating func payStakers(_ units: Int64) {
    if delegation.bonded > 0 { return rewardStakers(.token, units, from: .treasury, .buyBack) }
    var shares = [Int64](repeating: 0, count: operators.count)
    guard units > 0, trust.staked.count == shares.count,
      Split.largestRemainder(of: units, by: trust.staked, into: &shares) > 0
    else { return }
    ledger.settle(.token, shares, from: .treasury, toOperators: .buyBack)
    for slot in shares.indices where shares[slot] > 0 { receive(slot, tokens: shares[slot]) }
  }

  /// Tokens for operators by finished work: a share of its dollars, at the oracle.
  private mutating func rewardRevenue() {
    let share = settings.payment.rewardShare
    guard share > 0, token.oraclePrice > 0, let terms = settings.token else { return }
    let gross = operators.owed.reduce(0, +)
    let wanted = share * Double(gross) / 1e6 / token.oraclePrice * tokenScale
    let budget = issuable(wanted, terms)
    var shares = [Int64](repeating: 0, count: operators.count)
    let units = Split.largestRemainder(of: budget, by: operators.owed, into: &shares)
    ledger.mint(.token, shares, toOperators: .emission)
    token.issued += units
    interval.minted += Double(units) / tokenScale
    vaults.mintedBeside += Double(units) / tokenScale
    for slot in shares.indices where shares[slot] > 0 {
      receive(slot, tokens: shares[slot])
      interval.emissionToOperators += Double(shares[slot]) / tokenScale * token.oraclePrice
    }
  }

  /// Where an amendment took vaults away, the treasury gets what they hold and nobody is due.
  private mutating func closeUnusedVaults() {
    closeUnusedRemintVault()
    guard settings.payment.demandDriven == nil, vaults.isSeeded else { return }
    vaults.isSeeded = false
    releaseRewards(ledger.balance(.token, of: .rewardVault))
    releaseFees(ledger.balance(.dollars, of: .feeVault))
  }

  /// Credits that are there are used up and redeemed; users sell what they get back out of the line. What
  /// the vault has above that goes to the treasury once a hundredth of the credits is left.
  private mutating func closeUnusedRemintVault() {
    guard settings.payment.remint == nil, vaults.book.tokens > 0, let asset = creditsAsset else {
      return
    }
    if vaults.isBookSeeded {
      vaults.isBookSeeded = false
      vaults.creditsAtClose = freeCredits(asset)
      returnLine()
    }
    guard vaults.claimed == 0, freeCredits(asset) <= vaults.creditsAtClose / 100 else { return }
    let surplus = vaults.book.letGo(price: priceOfUnit)
    ledger.settle(.token, surplus, from: .remintVault, to: .treasury, .vaultFunding)
  }

  /// What a vault gives to the treasury.
  mutating func releaseRewards(_ units: Int64) {
    ledger.settle(.token, units, from: .rewardVault, to: .treasury, .vaultFunding)
    vaults.rewardOut += units
  }

  mutating func releaseFees(_ dollars: Int64) {
    ledger.settle(.dollars, dollars, from: .feeVault, to: .treasury, .vaultFunding)
    vaults.feesOut += dollars
    interval.vaults.surplusOut += Double(dollars) / 1e6
  }

  /// Puts what vaults are at the end of an interval into its totals.
  mutating func closeVaults(at now: SimTime) {
    if let asset = creditsAsset {
      let supply = ledger.minted[asset.column] - ledger.burned[asset.column]
      interval.vaults.credits = Double(supply) / 1e6
    }
    if settings.payment.remint != nil {
      let ratio = vaults.book.ratio(price: priceOfUnit)
      interval.vaults.ratio = ratio.isFinite ? ratio : .nan
    }
    if settings.payment.demandDriven != nil {
      let rewards = Double(ledger.balance(.token, of: .rewardVault)) / tokenScale
      interval.vaults.scale = vaults.scale
      interval.vaults.value =
        rewards * interval.price + Double(ledger.balance(.dollars, of: .feeVault)) / 1e6
      interval.vaults.promisedDays = now.inDays - vaults.promisedSince
      interval.vaults.monthsInFull =
        ((vaults.firstShort ?? now.inDays) - vaults.promisedSince) / Span.daysPerMonth
    }
  }

  /// Where the vaults and what went in and out of them disagree, in a sentence.
  func unruledVaults() -> String? {
    if let asset = creditsAsset, let sentence = unruledCredits(asset) { return sentence }
    guard settings.token != nil else { return nil }
    let rewards = ledger.balance(.token, of: .rewardVault)
    if rewards != vaults.rewardIn - vaults.rewardOut {
      return "the reward vault holds \(ledger.text(rewards, .token)), what went in and out leaves "
        + ledger.text(vaults.rewardIn - vaults.rewardOut, .token)
    }
    let fees = ledger.balance(.dollars, of: .feeVault)
    if fees != vaults.feesIn - vaults.feesOut {
      return "the fee vault holds \(ledger.text(fees, .dollars)), what went in and out leaves "
        + ledger.text(vaults.feesIn - vaults.feesOut, .dollars)
    }
    return nil
  }

  private func unruledCredits(_ asset: Asset) -> String? {
    let made = ledger.minted[asset.column]
    if made != vaults.creditsMade {
      return "purchases made \(ledger.text(vaults.creditsMade, asset)) credits, the ledger "
        + ledger.text(made, asset)
    }
    let used = ledger.burned[asset.column]
    if used != vaults.creditsUsed {
      return "finished work used \(ledger.text(vaults.creditsUsed, asset)) credits, the ledger "
        + "burned \(ledger.text(used, asset))"
    }
    let book = vaults.book
    let tokens = ledger.balance(.token, of: .remintVault)
    if tokens != book.tokens {
      return "the vault holds \(ledger.text(tokens, .token)), its books say "
        + ledger.text(book.tokens, .token)
    }
    let kept = ledger.balance(asset, of: .remintVault)
    if kept != book.kept + vaults.claimed {
      return "the vault holds \(ledger.text(kept, asset)) credits, its books say "
        + ledger.text(book.kept + vaults.claimed, asset)
    }
    return nil
  }
}
