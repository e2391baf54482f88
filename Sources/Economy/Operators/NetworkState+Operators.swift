import Kernel

/// Entry and exit of operators.
extension NetworkState {
  /// Nodes of operators in the network.
  var activeNodes: Int { gauges.activeNodes.level }

  /// Cost of running one node for a day, at what a node of the type used last [USD/node-day].
  func runningCost(of slot: Int) -> Double {
    let type = Int(operators.type[slot])
    let power = supply.energy[type] * operators.tariff[slot] * electricityFactor
    return (power + settings.operators.types[type].costs.operating) * operators.costFactor[slot]
  }

  /// What one machine of an operator would fetch [USD].
  func resaleValue(of slot: Int, at now: SimTime) -> Double {
    let hardware = settings.hardware[settings.operators.types[Int(operators.type[slot])].hardware]
    let bought = operators.ownsMachines[slot] ? SimTime.zero : operators.enteredAt[slot]
    let years = operators.age[slot] + (now - bought).inDays / Span.daysPerYear
    return hardware.resaleValue(years: years)
  }

  func account(of slot: Int) -> Account { accounts.operator(slot) }

  /// A look of an operator at the network: enter, leave, or stay as it is.
  mutating func decide(operator slot: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let type = Int(operators.type[slot])
    if let rule = settings.operators.types[type].aggregate {
      return adjust(type: type, rule, &queue)
    }
    guard let rule = settings.operators.types[type].decisions else { return }
    let look = operators.looks[slot]
    operators.looks[slot] += 1
    let now = queue.now
    if now.inDays >= settings.operators.frozenDays {
      switch operators.state[slot] {
      case .candidate:
        if wantsIn(slot, rule, now) { enter(slot, lead: lead(slot, rule, look), &queue) }
      case .active:
        if isClosed(toOperator: slot) {
          expel(slot, &queue)
        } else if !isLeaving(operator: slot), wantsOut(slot, rule, look, now),
          !giveNotice(operator: slot, &queue)
        {
          exit(slot, mayReturn: rule.reentry, &queue)
        }
      case .arriving, .left: break
      }
    }
    let next = now + rule.every
    if next <= horizon, operators.state[slot] != .left || rule.reentry {
      queue.schedule(
        NetworkEvent(.operatorDecision, slot: slot), at: next, phase: Phases.decisions)
    }
  }

  /// Pay per node and day that a type expects; one that has no nodes yet goes by the others, those
  /// with the same hardware first. Nil before the first settlement [USD/node-day].
  ///
  /// With an amendment announced it is what that will make of it.
  func expectedPay(of type: Int, at now: SimTime) -> Double? {
    if case .given(let path) = settings.operators.expectation { return path.pay(from: now.inDays) }
    let pay = knownPay(of: type)
    return outlook.isUsed ? pay.map { $0 * anticipation(at: now) } : pay
  }

  /// Pay per node and day that a type knows of [USD/node-day].
  private func knownPay(of type: Int) -> Double? {
    if supply.seenDays[type] > 0, supply.activeNodes[type] > 0 { return learnedPay(of: type) }
    let types = settings.operators.types
    for wanted in [true, false] {
      let known = types.indices.filter {
        supply.activeNodes[$0] > 0 && supply.seenDays[$0] > 0
          && (types[$0].hardware == types[type].hardware) == wanted
      }
      if !known.isEmpty {
        return known.reduce(0) { $0 + learnedPay(of: $1) * comparison(of: type, with: $1) }
          / Double(known.count)
      }
    }
    return supply.seenDays[type] > 0 ? learnedPay(of: type) : nil
  }

  /// What a type has learned to expect, other uses of idle nodes included [USD/node-day].
  func learnedPay(of type: Int) -> Double {
    let tokens = foresight.map { $0.perNodeDay[type] * $0.price } ?? 0
    return supply.expectedPay[type] + tokens + supply.sidePay[type]
  }

  /// How the pay of a new generation compares with that of other hardware: as their hourly prices do.
  private func comparison(of type: Int, with other: Int) -> Double {
    let types = settings.operators.types
    let (mine, theirs) = (
      settings.hardware[types[type].hardware], settings.hardware[types[other].hardware]
    )
    guard mine.availableFrom != nil, theirs.hourlyPrice > 0 else { return 1 }
    return mine.hourlyPrice / theirs.hourlyPrice
  }

  private func wantsIn(_ slot: Int, _ rule: DecisionRule, _ now: SimTime) -> Bool {
    let type = Int(operators.type[slot])
    guard !isCut(.payToEntry), isAvailable(type: type, at: now), !isClosed(toOperator: slot),
      operators.leftAt[slot] == .farFuture || now - operators.leftAt[slot] >= rule.reentryAfter,
      let pay = expectedPay(of: type, at: now)
    else { return false }
    var asked = rule.entryPay(
      running: runningCost(of: slot), capital: capital(of: slot, at: now) + placeCost(of: type),
      elsewhere: alternativePay(of: slot, at: now), owns: operators.ownsMachines[slot])
    if trust.isOn { asked += rule.entryMultiple * stakeCost(of: type, hurdle: rule.hurdle, now) }
    return pay > asked
  }

  /// What the machine of a candidate is worth, or would cost [USD].
  private func capital(of slot: Int, at now: SimTime) -> Double {
    let type = settings.operators.types[Int(operators.type[slot])]
    return operators.ownsMachines[slot]
      ? resaleValue(of: slot, at: now) : settings.hardware[type.hardware].price
  }

  private mutating func wantsOut(
    _ slot: Int, _ rule: DecisionRule, _ look: UInt32, _ now: SimTime
  ) -> Bool {
    let identity = operators.identity(slot)
    if rule.attrition > 0 {
      var stream = luck.stream(.attrition, entity: identity, index: look)
      let chance = -Elementary.expm1(-rule.attrition * rule.every.inDays / Span.daysPerYear)
      if stream.uniform() < chance { return true }
    }
    guard !isCut(.payToEntry), let pay = expectedPay(of: Int(operators.type[slot]), at: now) else {
      return false
    }
    let running = runningCost(of: slot)
    // Bills are left unpaid for what sales fetched: behind the cut that is no reason to leave.
    let unpaid = isCut(.priceToPay) ? 0 : Double(operators.arrears[slot]) / 1e6
    if unpaid > running * Double(operators.nodes[slot]) * Span.daysPerMonth { return true }
    let exitPay = rule.exitPay(
      running: running, resale: resaleValue(of: slot, at: now),
      elsewhere: alternativePay(of: slot, at: now))
    guard isPatienceOver(slot, isLoss: pay < exitPay, rule, now) else { return false }
    var stream = luck.stream(.actOnLoss, entity: identity, index: look)
    return stream.uniform() < rule.actOnLoss
  }

  /// Whether looks have said leave for as long as an operator waits.
  private mutating func isPatienceOver(
    _ slot: Int, isLoss: Bool, _ rule: DecisionRule, _ now: SimTime
  ) -> Bool {
    if operators.lossSince.isEmpty { return isLoss }
    let since = isLoss ? min(operators.lossSince[slot], now) : .farFuture
    operators.lossSince[slot] = since
    return isLoss && now - since >= rule.patience
  }

  private func lead(_ slot: Int, _ rule: DecisionRule, _ look: UInt32) -> SimDuration {
    var stream = luck.stream(.leadTime, entity: operators.identity(slot), index: look)
    return .days(rule.lead.sample(using: &stream))
  }

  /// A candidate decides to enter; its nodes come after the lead time.
  mutating func enter(
    _ slot: Int, lead: SimDuration, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let count = Int(operators.nodes[slot])
    interval.entries += Double(count)
    byType[Int(operators.type[slot])].entries += Double(count)
    if isCut(.entryToCapacity) {
      operators.state[slot] = .left
      return
    }
    invest(slot, queue.now)
    operators.state[slot] = .arriving
    operators.enteredAt[slot] = queue.now
    if !operators.lossSince.isEmpty { operators.lossSince[slot] = .farFuture }
    queue.schedule(
      NetworkEvent(.nodesArrived, slot: slot), at: queue.now + lead, phase: Phases.work)
  }

  /// Capital comes in, and pays for machines that are not owned yet.
  private mutating func invest(_ slot: Int, _ now: SimTime) {
    let type = settings.operators.types[Int(operators.type[slot])]
    let count = Double(operators.nodes[slot])
    let machines =
      operators.ownsMachines[slot]
      ? 0 : microdollars(settings.hardware[type.hardware].price * count)
    operators.spells[slot] = Spell(invested: capital(of: slot, at: now) * count)
    let cash = microdollars(runningCost(of: slot) * type.costs.cashDays * count)
    let brought = bringCapital(machines + cash, to: slot)
    ledger.settle(
      .dollars, min(machines, brought), from: account(of: slot), to: .world, .hardwarePurchase)
    if trust.isOn { bringStake(slot, now) }
    if subnets.isOn { bringPlaces(slot) }
  }

  /// Capital of an operator, as far as the ledger can hold it; what was brought [micro-dollars].
  @discardableResult
  mutating func bringCapital(_ due: Int64, to slot: Int) -> Int64 {
    let brought = dollarsThatFit(due)
    ledger.settle(.dollars, brought, from: .world, to: account(of: slot), .capital)
    return brought
  }

  /// What the ledger can still hold of dollars that come in [micro-dollars].
  mutating func dollarsThatFit(_ due: Int64) -> Int64 {
    let most = min(due, max(0, Int64(4.6e18) + ledger.balance(.dollars, of: .world)))
    if most < due { overflowed = true }
    return most
  }

  /// All nodes of an operator come online.
  mutating func activate(operator slot: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if !emission.joinedAt.isEmpty { noteJoining(of: slot, queue.now) }
    if trust.isOn { return activateUnderTrust(operator: slot, &queue) }
    operators.state[slot] = .active
    countNodes(of: slot, by: Int(operators.nodes[slot]), at: queue.now)
    if !ages.isEmpty { setAges(ofMachinesOf: slot) }
    for node in operators.nodeRange(slot) { begin(node: node, &queue) }
  }

  /// Nodes of an operator join the network, or leave it.
  mutating func countNodes(of slot: Int, by change: Int, at now: SimTime) {
    let type = Int(operators.type[slot])
    gauges.activeNodes.change(by: change, at: now)
    supply.activeNodes[type] += change
    // Who is there at a settlement is counted for all of its epoch.
    supply.daysMissed[type] += Double(change) * (now - lastSettlement).inDays
  }

  /// An operator leaves, to sell its machines or to use them elsewhere.
  mutating func exit(
    _ slot: Int, mayReturn: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let count = registeredNodes(of: slot)
    interval.exits += Double(count)
    byType[Int(operators.type[slot])].exits += Double(count)
    if isCut(.entryToCapacity) { return }
    let now = queue.now
    if trust.isOn { retireFakes(of: slot, now) }
    match.leaving = operators.nodeRange(slot)
    for node in operators.nodeRange(slot) where nodes[node].state != .absent {
      goOffline(node, .retired, &queue)
    }
    match.leaving = 0..<0
    countNodes(of: slot, by: -count, at: now)
    sellUp(slot, mayReturn: mayReturn, now)
  }

  /// Sells what an operator has that leaves, but for machines that have another use.
  mutating func sellUp(_ slot: Int, mayReturn: Bool, _ now: SimTime) {
    let keepsMachines = prefersOtherUse(slot, now)
    let value = resaleValue(of: slot, at: now) * Double(operators.nodes[slot])
    operators.spells[slot].recovered = value
    let proceeds = microdollars(keepsMachines ? 0 : value)
    ledger.settle(.dollars, proceeds, from: .world, to: account(of: slot), .hardwareResale)
    if trust.isOn {
      unbond(slot, now)
      trust.isSuspended[slot] = false
    }
    if emission.hasLocks { forfeitOnExit(slot) }
    operators.leave(slot, at: now, mayReturn: mayReturn, keepsMachines: keepsMachines)
    if drains.areUsed { drains.isLeaving[slot] = false }
    operators.toSell[slot] = ledger.tokens(of: account(of: slot))
  }

  /// Whether machines earn more in their other use than interest on what they would fetch.
  private func prefersOtherUse(_ slot: Int, _ now: SimTime) -> Bool {
    let type = settings.operators.types[Int(operators.type[slot])]
    guard type.alternative?.keepsMachines == true, let rule = type.decisions else { return false }
    let interest = resaleValue(of: slot, at: now) * rule.interest / Span.daysPerYear
    return alternativePay(of: slot, at: now) > interest
  }

  /// Shares of active nodes: sum of squares, and the fewest operators above one half.
  func concentrationOfNodes() -> (herfindahl: Double, nakamoto: Double) {
    let total = activeNodes
    guard total > 0 else { return (.nan, .nan) }
    var fleets: [Int] = []
    for slot in 0..<operators.count where operators.state[slot] == .active {
      fleets.append(Int(operators.nodes[slot]))
    }
    fleets.sort(by: >)
    var squares = 0.0
    var sum = 0
    var nakamoto = 0
    for (rank, fleet) in fleets.enumerated() {
      let share = Double(fleet) / Double(total)
      squares += share * share
      if sum * 2 <= total { nakamoto = rank + 1 }
      sum += fleet
    }
    return (squares, Double(nakamoto))
  }

  /// Gini of the income of operators that had any, and a new start of the count.
  ///
  /// (2 Σ i xᵢ) / (n Σ x) - (n + 1) / n with x ascending (model-facts §7.2).
  mutating func takeIncomeGini() -> Double {
    var incomes: [Double] = []
    for slot in 0..<operators.count where operators.income[slot] > 0 {
      incomes.append(operators.income[slot])
      operators.income[slot] = 0
    }
    guard !incomes.isEmpty else { return .nan }
    incomes.sort()
    var sum = 0.0
    var ranked = 0.0
    for (index, income) in incomes.enumerated() {
      sum += income
      ranked += Double(index + 1) * income
    }
    let count = Double(incomes.count)
    return 2 * ranked / (count * sum) - (count + 1) / count
  }
}

extension Ledger {
  /// Tokens of an account; 0 where there is no token.
  func tokens(of account: Account) -> Int64 {
    assets.count > 1 ? balance(.token, of: account) : 0
  }
}
