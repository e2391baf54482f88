import Kernel

/// What operators bond for their nodes, and lose for faults.
extension NetworkState {
  /// Base units in a dollar or a token of stake, and what that is worth [USD].
  var stakeUnits: Double { trust.stakeAsset == .token ? tokenScale : 1e6 }
  var stakePrice: Double { trust.stakeAsset == .token ? token.oraclePrice : 1 }

  /// What bonding costs a candidate: the return it asks of that capital, and for fakes the slash that
  /// proofs will bring [USD/node-day].
  func stakeCost(of type: Int, hurdle: Double, _ now: SimTime) -> Double {
    guard let terms = settings.collateral else { return 0 }
    let stake = bond(of: type, now) * stakePrice
    var perDay = hurdle / Span.daysPerYear
    if let proofs = settings.trust.proofs {
      perDay +=
        settings.operators.types[type].spoofedShare * terms.shareOfStake * proofs.detection
        / proofs.every.inDays
    }
    return stake * perDay
  }

  /// What an operator has to bond for the nodes it has registered [base units].
  func stakeDue(_ slot: Int) -> Int64 {
    let due = bondAgreed(slot) * Double(registeredNodes(of: slot)) * stakeUnits
    return Int64(min(due, 4e18).rounded(.up))
  }

  func isShortOfStake(_ slot: Int) -> Bool { trust.staked[slot] < stakeDue(slot) }

  /// What is slashed of an operator's stake for a fault in a job of a price [USD].
  func slashable(_ slot: Int, price: Double) -> Double {
    let stake = Double(trust.staked[slot]) / stakeUnits * stakePrice
    return settings.collateral?.slashed(price: price, stake: stake) ?? 0
  }

  /// The stake of an operator of day 0: dollars it has brought, tokens it has bought from holders.
  mutating func openStake(of slot: Int) {
    let due = stakeDue(slot)
    if trust.stakeAsset == .token {
      // Under a given price the exchange has what holders would have.
      for seller in [Account.holders, .exchange] {
        let bought = min(due - trust.staked[slot], ledger.balance(.token, of: seller))
        ledger.settle(.token, bought, from: seller, to: account(of: slot), .stake)
        bond(slot, bought)
      }
      return
    }
    ledger.settle(.dollars, due, from: .world, to: account(of: slot), .openingBalance)
    bond(slot, due)
  }

  /// Capital for the stake of an operator that enters; dollars are bonded at once, tokens bought at
  /// the next settlement.
  mutating func bringStake(_ slot: Int, _ now: SimTime) {
    agree(slot, now)
    let due = stakeDue(slot)
    if due == 0 { return }
    if trust.stakeAsset == .token {
      // A tenth more, since the purchase moves the price.
      let dollars = microdollars(1.1 * Double(due) / stakeUnits * stakePrice)
      bringCapital(dollars, to: slot)
    } else {
      bond(slot, bringCapital(due, to: slot))
    }
  }

  private mutating func bond(_ slot: Int, _ amount: Int64) {
    ledger.settle(trust.stakeAsset, amount, from: account(of: slot), to: .stakers, .stake)
    trust.staked[slot] += amount
  }

  /// Sends the stake of an operator that leaves on its way back.
  mutating func unbond(_ slot: Int, _ now: SimTime) {
    payForLeaving(slot, now)
    trust.posts[slot] = TrustState.Post()
    if trust.staked[slot] == 0 { return }
    trust.unbonding.append(
      TrustState.Unbonding(
        slot: slot, amount: trust.staked[slot], due: now + (settings.collateral?.unbonding ?? .zero)
      ))
    trust.staked[slot] = 0
  }

  /// At a settlement: returns what is due, tops up what is short, and takes the nodes of operators
  /// away that cannot.
  mutating func settleStakes(_ queue: inout EventQueue<NetworkEvent>) {
    if settings.collateral == nil {
      // An amendment took it away: everybody gets back what is bonded.
      for slot in 0..<operators.count { unbond(slot, queue.now) }
      for slot in 0..<operators.count { readmit(slot, &queue) }
      return returnStakes(queue.now)
    }
    returnStakes(queue.now)
    settlePosts(queue.now)
    var short: [(slot: Int, units: Int64)] = []
    for slot in 0..<operators.count
    where operators.state[slot] == .active || operators.state[slot] == .arriving {
      let missing = stakeDue(slot) - trust.staked[slot]
      if missing <= 0 { continue }
      let held = max(0, ledger.balance(trust.stakeAsset, of: account(of: slot)))
      bond(slot, min(missing, held))
      if missing > held { short.append((slot, missing - held)) }
    }
    // A purchase moves the price: what it left short is bought again.
    for _ in 0..<4 where trust.stakeAsset == .token && !short.isEmpty { short = buyStakes(short) }
    for slot in 0..<operators.count where operators.state[slot] == .active {
      if isShortOfStake(slot) { suspend(slot, &queue) } else { readmit(slot, &queue) }
    }
  }

  /// Buys tokens for those who are short, all at one price, as far as their dollars go.
  /// - Returns: who is short then, and still has dollars.
  private mutating func buyStakes(
    _ short: [(slot: Int, units: Int64)]
  ) -> [(slot: Int, units: Int64)] {
    guard let market = settings.token?.market, var venue else { return [] }
    let rule = marketRule(market)
    let price = venue.price(rule, ledger)
    var orders: [(slot: Int, units: Int64, dollars: Int64)] = []
    var buys: Int64 = 0
    for (slot, units) in short {
      let wanted = microdollars(1.05 * Double(units) / tokenScale * price)
      let dollars = min(wanted, max(0, ledger.balance(.dollars, of: account(of: slot))))
      if dollars == 0 { continue }
      orders.append((slot, units, dollars))
      buys += dollars - Venue.charge(on: dollars, market.fee)
    }
    if orders.isEmpty { return [] }
    let quote = venue.clear(
      buys: buys, sells: 0, rule, circulating: circulatingTokens, steps: false, &ledger)
    var left: [(slot: Int, units: Int64)] = []
    for order in orders {
      let bought = venue.buy(
        with: order.dollars, by: account(of: order.slot), at: quote, fee: market.fee, rule, &ledger)
      self.venue = venue
      bond(order.slot, min(order.units, bought))
      if bought < order.units { left.append((order.slot, order.units - bought)) }
    }
    self.venue = venue
    return left
  }

  /// Where an amendment asks for more, operators bring capital for it, as those do who enter, if the
  /// pay they expect also covers the return on it.
  mutating func raiseStakes(above before: [Int64], after old: Collateral?, _ now: SimTime) {
    guard trust.isOn, let terms = settings.collateral, old == nil || old?.asset == terms.asset
    else { return }
    for slot in before.indices where operators.state[slot] == .active {
      let type = Int(operators.type[slot])
      let more = stakeDue(slot) - max(before[slot], trust.staked[slot])
      let hurdle = settings.operators.types[type].decisions?.hurdle ?? 0
      let asked = runningCost(of: slot) + stakeCost(of: type, hurdle: hurdle, now)
      guard more > 0, let pay = expectedPay(of: type, at: now), pay > asked else { continue }
      if trust.stakeAsset == .token {
        // A tenth more, since the purchase moves the price.
        bringCapital(microdollars(1.1 * Double(more) / stakeUnits * stakePrice), to: slot)
      } else {
        bond(slot, bringCapital(more, to: slot))
      }
    }
  }

  /// Where an amendment asks for collateral of the other asset, everybody gets back what is bonded:
  /// tokens are sold at once, all at one price, and what collateral in dollars takes is bonded again;
  /// tokens are bought at the next settlement.
  mutating func exchangeStakes() {
    guard trust.isOn, let asset = settings.collateral?.asset, asset != trust.stakeAsset else {
      return
    }
    var units = trust.staked
    for entry in trust.unbonding { units[entry.slot] += entry.amount }
    trust.unbonding = []
    for slot in units.indices {
      ledger.settle(trust.stakeAsset, units[slot], from: .stakers, to: account(of: slot), .unstake)
      trust.staked[slot] = 0
      trust.posts[slot] = TrustState.Post()
    }
    trust.stakeAsset = asset
    guard asset == .dollars else { return }
    let proceeds = sellAtOnce(units.indices.map { (account(of: $0), units[$0]) })
    interval.providerRealised += Double(proceeds.reduce(0, +)) / 1e6
  }

  mutating func returnStakes(_ now: SimTime) {
    for entry in trust.unbonding where entry.due <= now {
      let owner = account(of: entry.slot)
      ledger.settle(trust.stakeAsset, entry.amount, from: .stakers, to: owner, .unstake)
      if trust.stakeAsset == .token { operators.toSell[entry.slot] += entry.amount }
    }
    trust.unbonding.removeAll { $0.due <= now }
  }

  /// Takes from an operator's stake what it costs that a node went away under a job.
  mutating func slashInterruption(of job: Int, on node: Int) {
    guard let share = settings.collateral?.interruptionShare, share > 0 else { return }
    let members = gang(ledBy: Int(jobs[job].node)).count
    let price = Double(jobs[job].deposit) / 1e6 / Double(members)
    slash(Int(nodeOwners[node]), price: price, share: share, kind: Int(jobs[job].kind))
  }

  /// Takes from an operator's stake a part of what a fault costs.
  mutating func slash(_ slot: Int, price: Double, share part: Double = 1, kind: Int?) {
    guard let terms = settings.collateral, trust.staked[slot] > 0, stakePrice > 0 else { return }
    let dollars = slashable(slot, price: price) * part
    let units = min(dollars / stakePrice * stakeUnits, Double(trust.staked[slot]))
    let amount = min(trust.staked[slot], Int64(units.rounded()))
    if delegation.isOn {
      let share = Double(amount) / Double(trust.staked[slot])
      slashDelegators(behind: slot, share: share, to: terms.destination, kind: kind)
    }
    takeStake(slot, amount, to: terms.destination)
    if terms.destination == .user, let kind {
      users[kind].totals.usefulCost -= dollars
      if !isCut(.capacityToCost) { users[kind].paid -= dollars }
    }
    interval.trust.slashedUSD += dollars
  }

  /// Where the books of stake and the events behind them disagree, in a sentence.
  func unruledStake() -> String? {
    let asset = trust.stakeAsset
    guard asset.column < ledger.assets.count else { return nil }
    let bonded = ledger.balance(asset, of: .stakers)
    let due = trust.unbonding.reduce(trust.staked.reduce(0, +)) { $0 + $1.amount }
    return bonded == due
      ? nil
      : "stakers hold \(ledger.text(bonded, asset)), the stakes of operators are "
        + ledger.text(due, asset)
  }
}
