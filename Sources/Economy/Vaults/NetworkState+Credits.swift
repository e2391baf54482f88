import Kernel

/// Credits: users buy them ahead, pay jobs with them, and finished work uses them up.
///
/// A credit pays for a dollar of work. Escrow does not tell whose units are whose: what leaves it goes
/// in credits first. What jobs pay and get back is a matter of all users together.
extension NetworkState {
  /// Puts an attempt's price in escrow: in credits where users have or get as many, in dollars where
  /// none can be made.
  @inline(never)
  mutating func depositCredits(
    _ dollars: Int64, expected fixed: Int64, rate: Double, hours: Double, at now: SimTime
  ) {
    guard let asset = creditsAsset, dollars > 0 else { return }
    if ledger.balance(asset, of: .users) < dollars {
      buyCredits(
        max(
          dollars - ledger.balance(asset, of: .users), microdollars(settings.payment.credits.lot)),
        at: now)
    }
    guard ledger.balance(asset, of: .users) >= dollars else {
      return deposit(dollars, expected: fixed, rate: rate, hours: hours)
    }
    let due = fixed >= 0 ? fixed : Int64(Elementary.rounded(min(hours * rate, 1e9) * 1e6))
    ledger.expect(asset, due, from: .users, to: .escrow, .escrowDeposit)
    ledger.post(asset, dollars, from: .users, to: .escrow, .escrowDeposit)
    jobs.deposits += dollars
  }

  /// Gives users back what an attempt paid.
  @inline(__always)
  mutating func giveBackFromEscrow(_ dollars: Int64, _ reason: Reason = .refund) {
    guard let asset = creditsAsset else {
      return reason == .refund
        ? ledger.refundFromEscrow(dollars)
        : ledger.settle(.dollars, dollars, from: .escrow, to: .users, reason)
    }
    let credits = min(dollars, ledger.balance(asset, of: .escrow))
    ledger.settle(asset, credits, from: .escrow, to: .users, reason)
    ledger.settle(.dollars, dollars - credits, from: .escrow, to: .users, reason)
  }

  /// Users buy credits of so many dollars.
  private mutating func buyCredits(_ dollars: Int64, at now: SimTime) {
    guard let asset = creditsAsset, dollars > 0 else { return }
    if burnIn > .zero {
      // What is bought before day 0 is forgotten with everything else; nothing trades.
      ledger.mint(asset, dollars, to: .users, .creditPurchase)
      return
    }
    if settings.payment.burnAt == .purchase {
      payForCredits(dollars)
      makeCredits(dollars, asset, for: .users)
    } else if let terms = settings.payment.remint {
      lockForCredits(dollars, terms, at: now)
    }
  }

  private mutating func makeCredits(_ units: Int64, _ asset: Asset, for account: Account) {
    ledger.mint(asset, units, to: account, .creditPurchase)
    vaults.creditsMade += units
  }

  /// Dollars of a purchase: what is burned buys tokens at once, the rest goes where it belongs, that
  /// of operators to wait for their work.
  private mutating func payForCredits(_ dollars: Int64) {
    let split = settings.payment
    fillPurse(dollars)
    ledger.settle(.dollars, dollars, from: .users, to: .escrow, .creditPurchase)
    let shares = Split.largestRemainder(of: dollars, by: split.parts)
    vaults.providerDollars += shares[0]
    let ofTreasury = split.protocolPaidIn == .token ? shares[1] : 0
    let ofStakers = split.stakersPaidIn == .token ? shares[5] : 0
    payOthers(shares, treasury: shares[1] - ofTreasury, stakers: shares[5] - ofStakers)
    if ofTreasury > 0 {
      let bought = buyToPassOn(ofTreasury)
      ledger.settle(.token, bought, from: .escrow, to: .treasury, .jobPayment)
    }
    if ofStakers > 0 {
      let bought = buyToPassOn(ofStakers)
      rewardStakers(
        .token, bought, from: .escrow, .jobPayment, boughtFor: Double(ofStakers) / 1e6)
    }
    buyAndBurn(shares[2], by: .escrow)
    interval.vaults.creditsBought += Double(dollars) / 1e6
  }

  private mutating func buyToPassOn(_ dollars: Int64) -> Int64 {
    let bought = buyTokens(with: dollars, by: .escrow).units
    token.bought &+= bought
    token.passedOn &+= bought
    return bought
  }

  /// What runs at day 0 was paid for before it.
  mutating func openEscrow() {
    let paidIn = jobs.deposits + trust.held
    guard let asset = creditsAsset, settings.payment.burnAt == .purchase else {
      return ledger.depositInEscrow(paidIn, expected: paidIn)
    }
    makeCredits(paidIn, asset, for: .escrow)
    let shares = Split.largestRemainder(of: paidIn, by: settings.payment.parts)
    ledger.settle(.dollars, shares[0], from: .world, to: .escrow, .openingBalance)
    vaults.providerDollars += shares[0]
  }

  /// Users earn what their purse has not.
  mutating func fillPurse(_ dollars: Int64) {
    let income = max(0, dollars - ledger.balance(.dollars, of: .users))
    ledger.settle(.dollars, income, from: .world, to: .users, .userIncome)
  }

  /// Takes finished work's credits out of escrow at a settlement.
  /// - Returns: what of the gross was paid in credits, and dollars that operators get for them
  ///   [micro-dollars].
  mutating func takeCredits(of gross: Int64) -> (credits: Int64, provider: Int64) {
    guard let asset = creditsAsset else { return (0, 0) }
    // What market steps have burned for was paid in dollars, before an amendment brought credits.
    let part = min(gross - vaults.spentAhead, ledger.balance(asset, of: .escrow))
    if part <= 0 { return (0, 0) }
    vaults.usedOfEpoch += part
    if !vaults.creditsAreRedeemed {
      let supply = freeCredits(asset)
      ledger.burn(asset, part, from: .escrow)
      vaults.creditsUsed += part
      interval.vaults.creditPayments += Double(part) / 1e6
      // The last credit takes what is left, whatever the shares were when it was bought.
      let dollars = Int64(
        Int128(vaults.providerDollars) * Int128(part) / Int128(max(1, supply)))
      vaults.providerDollars -= dollars
      return (part, dollars)
    }
    let stock = ledger.balance(asset, of: .escrow) + ledger.balance(asset, of: .users)
    let cost = vaults.creditCost * Double(part) / Double(max(1, stock))
    vaults.creditCost -= cost
    // What credits cost above their face is a cost of the work they pay for.
    interval.userSpend += (cost - Double(part)) / 1e6
    interval.vaults.creditPayments += cost / 1e6
    paidPerDollar = 1 + (cost - Double(part)) / Double(gross)
    ledger.settle(asset, part, from: .escrow, to: .remintVault, .creditUse)
    claim(part)
    return (part, 0)
  }

  /// Operators and treasury claim tokens for credits of finished work.
  private mutating func claim(_ credits: Int64) {
    let split = settings.payment
    let whole = split.provider + split.protocolShare
    // Where an amendment took the vault away, the shares of before it are not known: all is the
    // operators'.
    let parts = whole > 0 ? [split.provider / whole, split.protocolShare / whole] : [1, 0]
    let shares = Split.largestRemainder(of: credits, by: parts)
    var each = [Int64](repeating: 0, count: operators.count)
    Split.largestRemainder(of: shares[0], by: operators.owed, into: &each)
    if vaults.claims.isEmpty { vaults.claims = Array(repeating: 0, count: operators.count) }
    for slot in each.indices { vaults.claims[slot] += each[slot] }
    vaults.treasuryClaim += credits - each.reduce(0, +)
    interval.protocolRevenue += Double(shares[1]) / 1e6
  }

  /// At a settlement: redeems credits, makes those whose time in line is over, and fills the stock.
  mutating func settleCredits(_ now: SimTime) {
    guard let asset = creditsAsset else { return }
    seedVault()
    redeemClaims(asset)
    makeFromLine(asset, now)
    let habits = settings.payment.credits
    let days = settings.epoch.inDays
    let target = Double(vaults.usedOfEpoch) * habits.stockDays / days
    vaults.usedOfEpoch = 0
    let stock = ledger.balance(asset, of: .users)
    buyCredits(Int64(min(target, 1e18)) - stock, at: now)
    guard let terms = settings.payment.remint else { return }
    interval.vaults.creditSettlements += 1
    let status = terms.status(at: vaults.book.ratio(price: priceOfUnit))
    if status == .halted { interval.vaults.haltedSettlements += 1 }
  }

  // MARK: - Credits that are redeemed

  /// Micro-credits for a base unit of the token: 0 without a price that is to be trusted.
  var priceOfUnit: Double { isHalted ? 0 : token.oraclePrice * 1e6 / tokenScale }

  private mutating func seedVault() {
    guard let terms = settings.payment.remint, !vaults.isBookSeeded else { return }
    vaults.isBookSeeded = true
    let wanted = Int64(min(terms.seed * tokenScale, 4e18).rounded())
    let units = min(wanted, ledger.balance(.token, of: .treasury))
    ledger.settle(.token, units, from: .treasury, to: .remintVault, .vaultFunding)
    vaults.book.seed(units)
  }

  /// Users buy tokens with dollars and lock them for credits, at once or after a time in line.
  private mutating func lockForCredits(
    _ dollars: Int64, _ terms: RemintTerms, at now: SimTime
  ) {
    seedVault()
    let ratio = vaults.book.ratio(price: priceOfUnit)
    let status = terms.status(at: ratio)
    // What is in line will come; nobody buys the same twice.
    guard let asset = creditsAsset, status != .halted,
      status == .healthy || vaults.book.waiting == 0
    else { return }
    let least = max(Double(dollars), terms.minimum * 1e6)
    let cost = min(least / max(1e-3, 1 - terms.spread) * 1.01, 1e18).rounded(.up)
    let spent = Int64(cost)
    fillPurse(spent)
    let units = buyTokens(with: spent, by: .users).units
    interval.vaults.creditsBought += cost / 1e6
    token.bought &+= units
    token.passedOn &+= units
    ledger.settle(.token, units, from: .users, to: .remintVault, .creditPurchase)
    if status == .healthy {
      mintCredits(units, costing: cost, fromLine: false, asset, terms)
    } else {
      vaults.book.wait(units)
      let wait = terms.queueBlocks(at: ratio) * terms.block.inHours
      vaults.line.append(VaultState.InLine(units: units, cost: cost, due: now + .hours(wait)))
    }
  }

  private mutating func mintCredits(
    _ units: Int64, costing cost: Double, fromLine: Bool, _ asset: Asset, _ terms: RemintTerms
  ) {
    vaults.creditCost += cost
    let made = vaults.book.mint(
      units, fromLine: fromLine, spread: terms.spread, price: priceOfUnit)
    makeCredits(made.user, asset, for: .users)
    makeCredits(made.vault, asset, for: .remintVault)
  }

  /// Makes credits of tokens whose time in line is over, unless that is halted.
  private mutating func makeFromLine(_ asset: Asset, _ now: SimTime) {
    guard let terms = settings.payment.remint, !vaults.line.isEmpty else { return }
    let due = vaults.line.filter { $0.due <= now }
    if due.isEmpty || terms.status(at: vaults.book.ratio(price: priceOfUnit)) == .halted { return }
    vaults.line.removeAll { $0.due <= now }
    for entry in due {
      mintCredits(entry.units, costing: entry.cost, fromLine: true, asset, terms)
    }
  }

  /// Pays tokens for the credits of finished work, as long as there is a price.
  private mutating func redeemClaims(_ asset: Asset) {
    let credits = vaults.claimed
    guard credits > 0, priceOfUnit > 0 else { return }
    let issued = -ledger.balance(.token, of: .world)
    let room = Int64(4.6e18) - issued
    let paid = vaults.book.redeem(credits, price: priceOfUnit, room: room)
    if paid.issued == max(0, room) { overflowed = true }
    ledger.burn(asset, credits, from: .remintVault)
    vaults.creditsUsed += credits
    payClaims(paid)
    if let cap = settings.token?.cap {
      let above = Double(issued + paid.issued) - cap * tokenScale
      vaults.overIssued = max(vaults.overIssued, Int64(max(0, min(above, 4e18))))
    }
  }

  /// Shares tokens out by claims, each claimant's in one proportion out of the vault and issued.
  private mutating func payClaims(_ paid: (vault: Int64, issued: Int64)) {
    let weights = vaults.claims + [vaults.treasuryClaim]
    var whole = [Int64](repeating: 0, count: weights.count)
    Split.largestRemainder(of: paid.vault + paid.issued, by: weights, into: &whole)
    var locked = whole
    Split.largestRemainder(of: paid.vault, by: whole, into: &locked)
    let last = operators.count
    let fresh = zip(whole, locked).map { $0 - $1 }
    ledger.settle(
      .token, Array(locked[..<last]), from: .remintVault, toOperators: .redemption)
    ledger.settle(.token, locked[last], from: .remintVault, to: .treasury, .redemption)
    ledger.mint(.token, Array(fresh[..<last]), toOperators: .remint)
    ledger.mint(.token, fresh[last], to: .treasury, .remint)
    interval.minted += Double(paid.issued) / tokenScale
    interval.vaults.reminted += Double(paid.issued) / tokenScale
    vaults.mintedBeside += Double(paid.issued) / tokenScale
    for slot in 0..<last where whole[slot] > 0 {
      receive(slot, tokens: whole[slot], boughtFor: Double(vaults.claims[slot]) / 1e6)
    }
    for slot in vaults.claims.indices { vaults.claims[slot] = 0 }
    vaults.treasuryClaim = 0
  }
}
