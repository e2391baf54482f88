import Kernel

/// Tokens that were locked become free, and some of them are sold.
extension NetworkState {
  /// Schedules every part of every class that is still to come.
  func scheduleUnlocks(_ queue: inout EventQueue<NetworkEvent>) {
    for (slot, day) in token.vesting.flatMap(\.unlockDays).enumerated()
    where SimTime.days(max(day, 0)) >= queue.now {
      schedule(
        .unlock, slot: slot, generation: token.vestingTurn, day: day, Phases.settlement, &queue)
    }
  }

  /// Other tables are in force: what each class still has locked becomes free by its new one, of which
  /// the parts to come keep their proportions; what lies behind all of them is free at once.
  ///
  /// What a class now has more tokens of comes out of the treasury, as far as it has them; what it has
  /// less, and what a class that is gone has locked, goes there.
  mutating func vestAnew(
    after before: [VestingClass], _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard let terms = settings.token?.vesting, terms != before else { return }
    for (index, vesting) in terms.enumerated() where vesting != before[index] {
      let locked = accounts.unvested(index)
      let more = Int64(((vesting.tokens - before[index].tokens) * tokenScale).rounded())
      if more < 0 || vesting.tokens == 0 {
        let held = ledger.balance(.token, of: locked)
        let back = vesting.tokens == 0 ? held : min(-more, held)
        ledger.settle(.token, back, from: locked, to: .treasury, .migration)
      } else {
        _ = setAside(Double(more), for: locked)
      }
      let left = ledger.balance(.token, of: locked)
      token.vesting[index] = vesting.rest(of: Double(left) / tokenScale, after: queue.now.inDays)
      if token.vesting[index].unlocks == 0, left > 0 {
        release(left, of: index, vesting, queue.now)
      }
    }
    token.vestingTurn += 1
    scheduleUnlocks(&queue)
  }

  /// Frees a part of a vesting class: `slot` counts the parts of all classes in order.
  mutating func unlock(_ slot: Int, _ event: NetworkEvent, _ now: SimTime) {
    if event.isStale(token.vestingTurn) { return }
    var part = slot
    for (index, terms) in token.vesting.enumerated() {
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
