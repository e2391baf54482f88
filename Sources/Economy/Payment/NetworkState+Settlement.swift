import Kernel

/// The end of an epoch: work is paid, tokens are issued, costs are due, the books are checked.
extension NetworkState {
  mutating func settle(_ queue: inout EventQueue<NetworkEvent>) {
    let now = queue.now
    gatherWork(until: now)
    payReservations()
    if isHalted {
      emission.passOverEpoch()
      breakPromises(now)
    } else {
      payFinishedJobs()
      settleVaults(now)
      issue(now)
      weighSupply()
      payPromises(now)
      if subnets.isOn { settleSubnets(now) }
    }
    runTreasury(now)
    if trust.isOn { settleStakes(&queue) }
    if delegation.isOn { settleDelegation(now) }
    payCosts()
    settleDemand(&queue)
    learnPay(now)
    let busyShare = busyShareOfEpoch
    priceLevel = settings.pricing.multiplier(after: priceLevel, utilisation: busyShare)
    for index in users.indices {
      users[index].learn(
        settings.demand.classes[index], asked: asked(class: index) * users[index].netFactor,
        days: settings.epoch.inDays, memoryDays: settings.demand.memoryDays)
    }
    notePrice(at: now)
    learnOutlook(gross: operators.owed.reduce(0, +), at: now)
    audit(now)
    closeEpoch()
    if failure == nil {
      beginEpoch()
      // Prices or settings may have kept idle nodes from jobs in line.
      if match.isGeneral { offerIdleNodes(&queue) }
      schedule(.oracleReading, after: settings.epoch, Phases.oracle, &queue)
      schedule(.settlement, after: settings.epoch, Phases.settlement, &queue)
    }
  }

  /// An amendment may have made epochs longer or shorter.
  private mutating func beginEpoch() {
    let epoch = stages[stage].epoch
    if epoch == settings.epoch { return }
    settings.epoch = epoch
    emission.ofEpoch = nil
    let anchors = stages.compactMap { $0.token?.market.anchor }
    venue?.window.change(epochDays: epoch.inDays, for: anchors)
  }

  /// Charges electricity and operation; what cannot be paid becomes arrears.
  private mutating func payCosts() {
    var energy = [Double](repeating: 0, count: settings.operators.types.count)
    var nodeDays = energy
    var sideIncome = energy
    let days = settings.epoch.inDays
    let hardware = settings.operators.types.map { settings.hardware[$0.hardware] }
    for slot in 0..<operators.count {
      let type = Int(operators.type[slot])
      let isActive = operators.state[slot] == .active
      if operators.online[slot] > 0 || isActive {
        let (busyWatts, idleWatts) = (hardware[type].busyWatts, hardware[type].idleWatts)
        let operating = settings.operators.types[type].costs.operating
        let busy = Double(operators.busy[slot]) / 3.6e9
        let online = Double(operators.online[slot]) / 3.6e9
        var used = (busy * busyWatts + (online - busy) * idleWatts) / 1000
        if settings.operators.types[type].alternative != nil {
          let side = earnWhileIdle(slot, idleHours: online - busy)
          sideIncome[type] += side.dollars
          used += side.energy
        }
        let registered = isActive ? Double(registeredNodes(of: slot)) * days : 0
        energy[type] += used
        nodeDays[type] += registered
        byType[type].onlineHours += online
        byType[type].busyHours += busy
        byType[type].nodeDays += registered
        operators.spells[slot].nodeDays += registered
        let factor = operators.costFactor[slot]
        charge(
          slot, used * operators.tariff[slot] * electricityFactor * factor, .electricity)
        charge(slot, operating * registered * factor, .operatingCost)
      }
      settleArrears(slot)
    }
    for type in energy.indices {
      byType[type].nodeDays -= supply.daysMissed[type]
      supply.daysMissed[type] = 0
    }
    for type in energy.indices where nodeDays[type] > 0 {
      supply.energy[type] = energy[type] / nodeDays[type]
      guard settings.operators.types[type].alternative != nil else { continue }
      let weight = settings.operators.expectation.weight(days: days, seen: supply.seenDays[type])
      supply.sidePay[type] += weight * (sideIncome[type] / nodeDays[type] - supply.sidePay[type])
    }
  }

  mutating func charge(_ slot: Int, _ dollars: Double, _ reason: Reason) {
    if dollars == 0 { return }
    let due = microdollars(dollars)
    let paid = min(due, ledger.balance(.dollars, of: account(of: slot)))
    ledger.settle(.dollars, paid, from: account(of: slot), to: .world, reason)
    operators.arrears[slot] += due - paid
    noteCost(slot, dollars)
  }

  /// Counts a cost of an operator, however it is paid [USD].
  mutating func noteCost(_ slot: Int, _ dollars: Double) {
    operators.margin[slot] -= dollars
    operators.spells[slot].cost += dollars
    interval.providerCost += dollars
    byType[Int(operators.type[slot])].cost += dollars
  }

  /// Pays old costs out of new money; those who have left take the rest with them.
  private mutating func settleArrears(_ slot: Int) {
    let purse = ledger.balance(.dollars, of: account(of: slot))
    if purse == 0 { return }
    if operators.arrears[slot] > 0 {
      let paid = min(purse, operators.arrears[slot])
      ledger.settle(.dollars, paid, from: account(of: slot), to: .world, .operatingCost)
      operators.arrears[slot] -= paid
    } else if operators.state[slot] == .left || operators.state[slot] == .candidate {
      ledger.settle(.dollars, purse, from: account(of: slot), to: .world, .withdrawal)
    }
  }

  /// Operators see the pay of the epoch, type by type.
  private mutating func learnPay(_ now: SimTime) {
    let days = settings.epoch.inDays
    var income = [Double](repeating: 0, count: settings.operators.types.count)
    var nodeDays = income
    for slot in 0..<operators.count where operators.state[slot] == .active {
      nodeDays[Int(operators.type[slot])] += Double(registeredNodes(of: slot)) * days
    }
    // Where nobody is paid, what there is to learn is what would be.
    let isEmpty = activeNodes == 0 && nodeDays.allSatisfy { $0 == 0 }
    for type in income.indices {
      income[type] = byType[type].income - supply.incomeBefore[type] + supply.perceivedGap[type]
      supply.incomeBefore[type] = byType[type].income
      supply.perceivedGap[type] = 0
      noteForAggregate(type: type, income: income[type], nodeDays: nodeDays[type])
      let weight = settings.operators.expectation.weight(days: days, seen: supply.seenDays[type])
      income[type] -= learnTokens(type: type, nodeDays: nodeDays[type], weight: weight)
      if isEmpty { learnProspects(of: type, days: days, weight: weight, now) }
      guard nodeDays[type] > 0 else { continue }
      supply.expectedPay[type] +=
        weight * (income[type] / nodeDays[type] - supply.expectedPay[type])
      supply.seenDays[type] += days
    }
    see(at: now)
    observeMargins(days)
  }

  private mutating func learnProspects(
    of type: Int, days: Double, weight: Double, _ now: SimTime
  ) {
    let pay = prospectivePay(of: type, at: now)
    supply.expectedPay[type] += weight * (pay - supply.expectedPay[type])
    supply.seenDays[type] += days
    noteForAggregate(type: type, income: pay * days, nodeDays: days)
  }

  /// The median operator's margin, and the payback of the median node.
  ///
  /// An operator's margin is its mean over a month: rentals pay once, at their end, so that a day
  /// without pay is no loss.
  private mutating func observeMargins(_ days: Double) {
    var margins: [Double] = []
    for slot in 0..<operators.count {
      if operators.state[slot] == .active {
        let weight = Expectation.average(days: 30).weight(
          days: days, seen: operators.marginDays[slot])
        let margin = operators.margin[slot] / (Double(registeredNodes(of: slot)) * days)
        operators.meanMargin[slot] += weight * (margin - operators.meanMargin[slot])
        operators.marginDays[slot] += days
        margins.append(operators.meanMargin[slot])
      } else {
        operators.marginDays[slot] = 0
      }
      operators.margin[slot] = 0
    }
    health.medianMargin = Selection.median(of: &margins)
    interval.medianMargin.add(health.medianMargin, days: days)
    interval.payback.add(medianPayback(), days: days)
  }

  /// Months until a machine of the median active node has paid for itself, at the pay that is
  /// expected and the running cost of its type; not defined while it never does.
  private func medianPayback() -> Double {
    var months: [(months: Double, nodes: Int)] = []
    for (type, terms) in settings.operators.types.enumerated() {
      let price = settings.hardware[terms.hardware].price
      let tariff = terms.meanTariff(settings.regions) * electricityFactor
      let margin =
        learnedPay(of: type) - supply.energy[type] * tariff - terms.costs.operating
      let paid = margin > 0 ? price / (margin * Span.daysPerMonth) : .infinity
      months.append((paid, supply.activeNodes[type]))
    }
    months.sort { $0.months < $1.months }
    let total = months.reduce(0) { $0 + $1.nodes }
    var below = 0
    for entry in months {
      below += entry.nodes
      if below * 2 >= total, total > 0 { return entry.months }
    }
    return .nan
  }

  /// Busy share of the time online since the last settlement.
  private var busyShareOfEpoch: Double {
    var online = 0.0
    var busy = 0.0
    for slot in 0..<operators.count {
      online += Double(operators.online[slot])
      busy += Double(operators.busy[slot])
    }
    return online > 0 ? busy / online : 0
  }

  /// Checks the books; on a failure the run ends and says what broke.
  private mutating func audit(_ now: SimTime) {
    settlements += 1
    let escrow = ledger.balance(.dollars, of: .escrow)
    let due = whole.timeInSystem + interval.timeInSystem
    let jobTime = gauges.timeInSystem(left: due, at: now)
    // While payments are halted, what jobs are owed waits there too, but for what was spent ahead.
    let waiting = isHalted ? operators.owed.reduce(0, +) - vaults.spentAhead : 0
    // Who is suspended at a settlement is owed for what was saved of its job until the next one.
    let saved = trust.isOn && savesProgress ? work.reduce(0) { $0 + $1.owed } : 0
    let paidIn = jobs.deposits + trust.held + waiting + saved
    let inCredits = creditsAsset.map { ledger.balance($0, of: .escrow) } ?? 0
    if let sentence = ledger.discrepancy() {
      failure = sentence
    } else if escrow + inCredits != paidIn + contracts.credits + vaults.providerDollars {
      failure = """
        escrow holds \(ledger.text(escrow, .dollars)) USD, the jobs that run paid in \
        \(ledger.text(paidIn, .dollars))
        """
      if contracts.credits > 0 {
        failure? += " and credits are \(ledger.text(contracts.credits, .dollars))"
      }
      if let asset = creditsAsset {
        failure? +=
          "; it holds \(ledger.text(inCredits, asset)) in credits and "
          + "\(ledger.text(vaults.providerDollars, .dollars)) for those who will have worked"
      }
    } else if trust.isOn, let sentence = unruledStake() {
      failure = sentence
    } else if let sentence = unruledDelegation() {
      failure = sentence
    } else if let sentence = unruledSupply() ?? unruledVaults() {
      failure = sentence
    } else if subnets.isOn, let sentence = unruledSubnets() {
      failure = sentence
    } else if jobTime != whole.jobsInSystem + gauges.jobsInSystem.integral(until: now)
      + interval.jobsInSystem
    {
      failure = "Little's law: jobs in the system do not integrate to their times in it"
    }
    if failure != nil {
      failure = ledger.journal?.firstFault(in: ledger) ?? failure
      return
    }
    ledger.startControlInterval()
    if let after = journalAfter {
      ledger.journal = settlements >= after ? Journal() : nil
    }
  }

  /// What the ledger minted, burned or kept in escrow against the rules' own count, in a sentence.
  func unruledSupply() -> String? {
    guard settings.token != nil else { return nil }
    let column = Asset.token.column
    let kept = ledger.balance(.token, of: .escrow)
    let toMint = token.issued + vaults.book.reminted
    if ledger.minted[column] != toMint {
      return "the schedule issued \(ledger.text(toMint, .token)), the ledger minted "
        + ledger.text(ledger.minted[column], .token)
    }
    let toBurn =
      (token.bought &- token.passedOn) + trust.stakeBurned + token.burnedByVote + delegation.burned
      + emission.forfeitBurned
    if ledger.burned[column] != toBurn {
      return "purchases less what was passed on leave "
        + "\(ledger.text(toBurn, .token)) to burn, the ledger burned "
        + ledger.text(ledger.burned[column], .token)
    }
    if let sentence = unruledRewards() { return sentence }
    return kept == 0 ? nil : "escrow keeps \(ledger.text(kept, .token)) tokens"
  }

  private mutating func closeEpoch() {
    for slot in 0..<operators.count {
      if !isHalted { operators.owed[slot] = 0 }
      operators.online[slot] = 0
      operators.busy[slot] = 0
    }
    emission.closeEpoch()
  }
}
