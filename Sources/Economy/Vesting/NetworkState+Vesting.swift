import Kernel

/// Tokens that were locked become free, and some of them are sold.
extension NetworkState {
  /// Frees a part of a vesting class: `slot` counts the parts of all classes in order.
  mutating func unlock(_ slot: Int, _ now: SimTime) {
    guard let vesting = settings.token?.vesting else { return }
    var part = slot
    for (index, terms) in vesting.enumerated() {
      if part >= terms.unlocks {
        part -= terms.unlocks
        continue
      }
      let locked = ledger.balance(.token, of: accounts.unvested(index))
      let total = Int64((terms.tokens * tokenScale).rounded())
      release(terms.freed(part: part, of: total, locked: locked), of: index, terms, now)
      return
    }
  }

  /// Frees a share of what a vesting class, or every class, still has locked.
  mutating func unlock(_ share: Double, of place: Int?, _ now: SimTime) {
    guard let vesting = settings.token?.vesting else { return }
    for (index, terms) in vesting.enumerated() where place == nil || place == index {
      let locked = ledger.balance(.token, of: accounts.unvested(index))
      release(Venue.part(Double(locked) * share, of: locked), of: index, terms, now)
    }
  }

  /// Hands base units of a vesting class to its holders, who sell a part of them bit by bit.
  private mutating func release(
    _ amount: Int64, of index: Int, _ terms: VestingClass, _ now: SimTime
  ) {
    ledger.settle(.token, amount, from: accounts.unvested(index), to: .holders, .unlock)
    let price = token.oraclePrice / (venue?.openingPrice ?? 1)
    let share = terms.sale.share(onDay: now.inDays, price: price)
    let sold = Int64((Double(amount) * share).rounded(.down))
    token.kept[index] += amount - sold
    let every = settings.token?.market.every.inDays ?? 1
    token.instalments.append(
      Instalments(
        owner: index, left: sold, steps: max(1, Int64((terms.sale.over / every).rounded()))))
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
    token.holdersToSell = min(min(token.holdersToSell, held) + min(units, held), held)
  }
}
