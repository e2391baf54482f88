import Kernel

/// Dollars between users, treasury and operators beside the price of a job.
extension NetworkState {
  /// What is due when a job is done: credits for broken promises, grants, and the bill of those who
  /// buy their own work. Returns what of its price escrow gave back [micro-dollars].
  mutating func conclude(_ job: JobRow, _ now: SimTime) -> Int64 {
    let kind = Int(job.kind)
    var credit: Int64 = 0
    if let terms = settings.demand.classes[kind].terms {
      users[kind].settledPay += job.deposit
      let completed = (now - job.arrival).inHours
      let waited = completed - (now - job.start).inHours
      if terms.isMissed(waited: waited, completed: completed) {
        let due = part(terms.creditShare, of: job.deposit)
        switch terms.payer {
        case .escrow:
          giveBackFromEscrow(due, .slaCredit)
          creditPaid(due, class: kind)
          credit = due
        case .treasury: users[kind].creditsDue += due
        }
      }
    }
    if let subsidy = settings.demand.classes[kind].subsidy {
      let due = part(subsidy.share, of: job.deposit - credit)
      let paid = min(due, ledger.balance(.dollars, of: .treasury))
      ledger.settle(.dollars, paid, from: .treasury, to: .users, .subsidy)
      interval.demand.subsidies += Double(paid) / 1e6
      bill(class: kind, -Double(paid) / 1e6)
      users[kind].totals.treasuryCost += Double(paid) / 1e6
    }
    if settings.demand.classes[kind].selfDealing != nil { contracts.washPaid += job.deposit }
    return credit
  }

  /// A share of an amount, rounded to the nearest unit.
  private func part(_ share: Double, of amount: Int64) -> Int64 {
    min(amount, Int64(Elementary.rounded(share * Double(amount))))
  }

  private mutating func creditPaid(_ dollars: Int64, class kind: Int) {
    interval.demand.slaCredits += Double(dollars) / 1e6
    bill(class: kind, -Double(dollars) / 1e6)
  }

  /// The end of an epoch for what users have agreed on with the network and with others.
  mutating func settleDemand(_ queue: inout EventQueue<NetworkEvent>) {
    payClouds()
    payCredits(queue.now)
    turnCredits(on: queue.now.inDays)
    chargeSelfDealing()
    lookOutside(at: queue.now)
    renewReservations(&queue)
  }

  /// The treasury pays for broken promises, class by class, as far as it holds dollars.
  private mutating func payCredits(_ now: SimTime) {
    let uptimes = takeUptimes(now)
    for index in users.indices {
      guard let terms = settings.demand.classes[index].terms else { continue }
      if let promised = terms.uptime, let uptime = uptimes[index], uptime < promised {
        users[index].creditsDue += part(terms.creditShare, of: users[index].settledPay)
      }
      users[index].settledPay = 0
      let paid = min(users[index].creditsDue, ledger.balance(.dollars, of: .treasury))
      ledger.settle(.dollars, paid, from: .treasury, to: .users, .slaCredit)
      users[index].creditsDue -= paid
      creditPaid(paid, class: index)
      interval.demand.treasuryCredits += Double(paid) / 1e6
      users[index].totals.treasuryCost += Double(paid) / 1e6
    }
  }

  /// Credits whose term is over expire, and those of the next term are bought.
  mutating func turnCredits(on day: Double) {
    for index in users.indices {
      guard let terms = settings.demand.classes[index].contract.prepaid else { continue }
      // A settlement that falls on the end of a term ends it.
      let term = Int(((day + 1e-9) / terms.days).rounded(.down))
      guard term > users[index].creditTerm else { continue }
      users[index].creditTerm = term
      let left = users[index].credits
      let back = part(terms.refundShare, of: left)
      ledger.settle(.dollars, back, from: .escrow, to: .users, .refund)
      ledger.settle(.dollars, left - back, from: .escrow, to: .treasury, .breakage)
      interval.demand.breakage += Double(left - back) / 1e6
      bill(class: index, Double(left - back) / 1e6)
      let bought = isCut(.nodesToRevenue) ? 0 : microdollars(terms.credits)
      ledger.settle(.dollars, bought, from: .world, to: .users, .userIncome)
      ledger.settle(.dollars, bought, from: .users, to: .escrow, .creditPurchase)
      users[index].credits = bought
      contracts.credits += bought - left
    }
  }

  /// Operators pay for their own work by what they earned, and see whether it is worth it.
  private mutating func chargeSelfDealing() {
    guard settings.demand.classes.contains(where: { $0.selfDealing != nil }) else { return }
    let gross = operators.owed.reduce(0, +)
    if contracts.washPaid > 0, gross > 0 {
      var shares = [Int64](repeating: 0, count: operators.count)
      Split.largestRemainder(of: contracts.washPaid, by: operators.owed, into: &shares)
      for slot in shares.indices where shares[slot] > 0 {
        charge(slot, Double(shares[slot]) / 1e6, .selfDealing)
      }
      interval.demand.washSpend += Double(contracts.washPaid) / 1e6
    }
    contracts.washPaid = 0
    let reward = contracts.workReward
    contracts.workReward = 0
    let dollars = Double(gross) / 1e6
    // Where nobody worked, the first dollar gets the whole emission.
    let isOpen = settings.token?.streams.contains { $0.isOpen && $0.rewards?.part(.work) ?? 0 > 0 }
    let gain =
      dollars > 0
      ? settings.payment.provider + settings.payment.rewardShare + reward / dollars - 1
      : isOpen == true ? .infinity : -1
    for index in users.indices {
      guard let rule = settings.demand.classes[index].selfDealing else { continue }
      users[index].eagerness = rule.share(gain: gain)
    }
    contracts.washGain = gain.isFinite ? gain : .nan
  }

  /// Takes in the last row of the series where a class waits for a measure.
  mutating func lookAtGates() {
    guard let row = series.last else { return }
    for index in users.indices {
      guard let gate = settings.demand.classes[index].gate else { continue }
      users[index].gate.learn(row.values[gate.measure], days: interval.days, gate)
      users[index].respond(settings.demand.classes[index])
    }
  }

  /// Puts what is measured at the end of an interval into its totals.
  mutating func closeDemand() {
    var gates = 0.0
    var open = 0.0
    for index in users.indices {
      let demand = settings.demand.classes[index]
      if demand.gate != nil {
        gates += 1
        if users[index].gate.isOpen { open += 1 }
      }
      if demand.contract.prepaid != nil {
        interval.demand.prepaidCredits = Double(contracts.credits) / 1e6
      }
      if demand.selfDealing != nil { interval.demand.washGain = contracts.washGain }
    }
    if gates > 0 { interval.demand.adoption.add(open / gates, days: interval.days) }
  }
}
