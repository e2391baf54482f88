import Kernel

/// Credits whose rule an amendment replaces.
extension NetworkState {
  /// Credits in the hands of users and in escrow.
  func freeCredits(_ asset: Asset) -> Int64 {
    ledger.balance(asset, of: .users) + ledger.balance(asset, of: .escrow)
  }

  /// Where credits are made by the other rule from now on, those that are there become the new one's.
  /// Where none are made any more, they are used up as they were meant to be.
  mutating func takeOverCredits() {
    guard let asset = creditsAsset, settings.payment.usesCredits else { return }
    let areRedeemed = settings.payment.remint != nil
    if areRedeemed == vaults.creditsAreRedeemed { return }
    if areRedeemed { backCredits(asset) } else { fundCredits(asset) }
    vaults.creditsAreRedeemed = areRedeemed
  }

  /// Dollars that wait for those who will have worked buy tokens, which stand behind the credits that
  /// are there: less than they are worth, since part of them was burned or paid when they were bought.
  private mutating func backCredits(_ asset: Asset) {
    let units = buyTokens(with: vaults.providerDollars, by: .escrow).units
    vaults.providerDollars = 0
    token.bought &+= units
    token.passedOn &+= units
    ledger.settle(.token, units, from: .escrow, to: .remintVault, .vaultFunding)
    let credits = freeCredits(asset)
    vaults.book.adopt(credits: credits, backedBy: units)
    vaults.creditCost += Double(credits)
  }

  /// The vault sells tokens for the dollars that operators will get for the credits that are there, as
  /// far as it has any; the rest of them goes to the treasury, and what it kept in credits is no more.
  private mutating func fundCredits(_ asset: Asset) {
    returnLine()
    let (kept, freed) = vaults.book.close(claimed: vaults.claimed, price: priceOfUnit)
    ledger.burn(asset, kept, from: .remintVault)
    vaults.creditsUsed += kept
    vaults.creditCost = 0
    let provider = Split.largestRemainder(of: freeCredits(asset), by: settings.payment.parts)[0]
    var (left, raised) = (freed, Int64(0))
    // A sale moves the price: what it left short is sold again.
    for _ in 0..<8 where raised < provider && left > 0 {
      guard let price = venuePrice, price > 0 else { break }
      let wanted = Double(provider - raised) / 1e6 / price * tokenScale
      let units = max(1, Venue.part(wanted.rounded(.up), of: left))
      let dollars = sellAtOnce([(.remintVault, units)])[0]
      ledger.settle(.dollars, dollars, from: .remintVault, to: .escrow, .vaultFunding)
      raised += dollars
      left = ledger.balance(.token, of: .remintVault) - vaults.book.tokens
    }
    vaults.providerDollars += raised
    ledger.settle(.token, left, from: .remintVault, to: .treasury, .vaultFunding)
  }

  /// Users sell what they get back out of the line.
  mutating func returnLine() {
    vaults.line.removeAll()
    let waited = vaults.book.leaveLine()
    ledger.settle(.token, waited, from: .remintVault, to: .holders, .refund)
    sellOfHolders(waited)
  }
}
