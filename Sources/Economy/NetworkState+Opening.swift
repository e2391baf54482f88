import Kernel

/// How a run begins: who is there, what they hold, and what is due to happen.
extension NetworkState {
  init(
    stages: [(day: Double, settings: EconomySettings)], horizon: SimTime,
    measureEvery: SimDuration, luck: Luck
  ) {
    self.init(
      stages: stages, horizon: horizon, measureEvery: measureEvery, luck: luck,
      look: { () throws(Never) in })
  }

  /// - Parameter look: called every so many nodes; what it throws ends the enrolment.
  init<Stop: Error>(
    stages: [(day: Double, settings: EconomySettings)], horizon: SimTime,
    measureEvery: SimDuration, luck: Luck, look: () throws(Stop) -> Void
  ) throws(Stop) {
    let aligned = EconomySettings.aligned(stages.map(\.settings))
    let settings = aligned[0]
    let types = settings.operators.types
    self.stages = aligned
    stageDays = stages.map(\.day)
    self.settings = settings
    self.horizon = horizon
    self.measureEvery = measureEvery
    self.luck = luck
    accounts = AccountPlan(
      unvestedClasses: settings.token?.vesting.map(\.name) ?? [],
      operators: types.reduce(0) { $0 + $1.roster.candidates })
    idle = IdleNodes(placesFor: [])
    lines = Array(repeating: WaitingLine(), count: settings.demand.classes.count)
    match = Matchmaker(stages: [], nodes: [], luck)
    let zeros = [Double](repeating: 0, count: types.count)
    supply = SupplyState(
      expectedPay: zeros, seenDays: zeros,
      energy: types.map { type in
        let hardware = settings.hardware[type.hardware]
        return (hardware.busyWatts + hardware.idleWatts) / 2 * Span.hoursPerDay / 1000
      }, incomeBefore: zeros, activeNodes: Array(repeating: 0, count: types.count),
      daysMissed: zeros,
      perceivedGap: zeros, sidePay: zeros)
    users = settings.demand.classes.enumerated().map { kind, demand in
      let prices = demand.hardware.map {
        settings.hardware[$0].hourlyPrice / settings.speed(of: $0, for: kind)
      }
      return UserMemory(demand, list: prices.min() ?? 0)
    }
    ledger = Ledger(plan: accounts, assets: [.dollars])
    interval = Totals(classWeights: [])
    whole = interval
    byType = Array(repeating: TypeTotals(), count: types.count)
    freeCrews = settings.operators.repairCrew ?? 0
    if let terms = settings.token {
      venue = Venue(
        terms.market, token: terms, epochDays: settings.epoch.inDays, payment: settings.payment,
        anchors: self.stages.compactMap { $0.token?.market.anchor })
      var assets = [AssetTerms.dollars, NetworkState.assetTerms(terms)]
      if self.stages.contains(where: { $0.payment.usesCredits }) {
        vaults.creditsAsset = Asset(column: assets.count)
        assets.append(.credits)
        vaults.creditsAreRedeemed = settings.payment.remint != nil
      }
      ledger = Ledger(plan: accounts, assets: assets)
    }
    outlook.isUsed = self.stages.contains { ($0.passage?.announcedDays ?? 0) > 0 }
    let reach = NetworkState.reach(of: self.stages)
    if reach > .zero { oracle.prices = PriceHistory(reach: reach) }
    token.vesting = settings.token?.vesting ?? []
    token.kept = Array(repeating: 0, count: token.vesting.count)
    shockIsOn = Array(repeating: false, count: settings.shocks.count)
    if settings.shocks.contains(where: { $0.condition != nil }) {
      shockWatches = Array(repeating: ShockWatch(), count: settings.shocks.count)
    }
    try enrol(look)
    enrolAggregates()
    if self.stages.contains(where: { $0.subnets != nil }) {
      let assets = ledger.assets + prepareSubnets(behind: ledger.assets)
      ledger = Ledger(plan: accounts, assets: assets)
    }
    if settings.operators.expectation.seesPrices { foresight = Foresight(types: types.count) }
    let decisions = stages.flatMap { $0.settings.operators.types.compactMap(\.decisions) }
    if decisions.contains(where: { $0.patience > .zero }) {
      operators.lossSince = Array(repeating: .farFuture, count: operators.count)
    }
    idle = IdleNodes(placesFor: nodes)
    match = Matchmaker(stages: self.stages, nodes: nodeIdentities, luck)
    work = Array(repeating: NodeWork(), count: nodes.count)
    if stages.contains(where: { $0.settings.operators.types.contains { $0.churn?.failure != nil } })
    {
      wear = Array(repeating: Wear(), count: nodes.count)
    }
    prepareChurn()
    openTrust()
    delegation.isOn = stages.contains { $0.settings.token?.staking != nil }
    openEmission()
    for index in users.indices {
      users[index].flatCeiling = settings.demand.classes[index].ceiling?.flat(nodes: openingNodes)
    }
    interval = Totals(
      classWeights: baseDemand(),
      isTimed: self.stages.contains { $0.demand.classes.contains { $0.latency != nil } })
    isTimed = !interval.latency.classes.isEmpty
    whole = interval
    lookOutside(at: .zero)
    contracts = ContractState(
      of: settings.demand.classes, hardware: settings.hardware.count, nodes: nodes.count)
    if self.stages.contains(where: { $0.demand.classes.contains { $0.terms?.uptime != nil } }) {
      contracts.uptimes = Array(repeating: ClassUptime(), count: settings.demand.classes.count)
    }
    reserve(on: 0)
    lookIfPlain()
  }

  /// Makes every candidate and its nodes; identity is (type, candidate, node), never a count.
  private mutating func enrol<Stop: Error>(_ look: () throws(Stop) -> Void) throws(Stop) {
    var unseen = 0
    for (type, terms) in settings.operators.types.enumerated() {
      for number in 0..<terms.roster.candidates {
        let identity = Identity.candidate(type: type, number: number)
        func draw(_ purpose: Purpose) -> RandomStream { luck.stream(purpose, entity: identity) }
        var tariff = draw(.tariff)
        var spread = draw(.costSpread)
        var ownership = draw(.ownership)
        var age = draw(.hardwareAge)
        let region = terms.region(of: number, type: type, luck)
        let law = terms.tariff(in: region, of: settings.regions)
        let count = terms.fleet(of: number, type: type, luck)
        let active = number < terms.roster.activeAtStart
        let owns = active || ownership.uniform() < terms.costs.ownedShare
        operators.append(
          type: type, number: number, region: region, firstNode: nodes.count, nodes: count,
          tariff: min(max(0, law.sample(using: &tariff)), 1000),
          costFactor: min(
            Elementary.exp(terms.costs.spread * Elementary.normalQuantile(spread.uniform())), 1000),
          ownsMachines: owns, age: owns ? 2 * age.uniform() : 0, active: active)
        if active { openingNodes += count }
        for index in 0..<count {
          nodes.append(NodeRow(type: type, hardware: terms.hardware))
          nodeOwners.append(UInt32(operators.count - 1))
          nodeIdentities.append(Identity.node(type: type, candidate: number, index: index))
        }
        unseen += count
        if unseen >= Self.nodesBetweenLooks {
          try look()
          unseen = 0
        }
      }
    }
  }

  /// Enrolled or brought online in some hundredths of a second.
  private static let nodesBetweenLooks = 1 << 16

  private static func assetTerms(_ terms: TokenSettings) -> AssetTerms {
    let scale = Elementary.pow(10, Double(terms.decimals)).rounded()
    let units =
      [terms.circulating, terms.treasuryLeft] + terms.vesting.map(\.tokens)
      + terms.streams.compactMap(\.pool)
    return AssetTerms(
      name: terms.name, decimals: terms.decimals,
      genesis: units.reduce(0) { $0 + Int64(($1 * scale).rounded()) })
  }

  /// Hands out what everybody holds at day 0 and brings the first nodes online.
  mutating func enter(_ queue: inout EventQueue<NetworkEvent>) {
    enter(&queue, look: { () throws(Never) in })
  }

  mutating func enter<Stop: Error>(
    _ queue: inout EventQueue<NetworkEvent>, look: () throws(Stop) -> Void
  ) throws(Stop) {
    var unseen = 0
    if journalAfter == -1 { ledger.journal = Journal() }
    endow()
    openSubnets()
    openTreasury()
    turnCredits(on: 0)
    readOracle(at: .zero)
    foresee(at: .zero)
    if trust.isOn { agreeAtOpening() }
    for slot in 0..<operators.count where operators.state[slot] == .active {
      let cash =
        runningCost(of: slot) * Double(operators.nodes[slot])
        * settings.operators.types[Int(operators.type[slot])].costs.cashDays
      give(.dollars, microdollars(cash), to: account(of: slot))
      if trust.isOn { openStake(of: slot) }
      operators.spells[slot].invested =
        resaleValue(of: slot, at: .zero) * Double(operators.nodes[slot])
      activate(operator: slot, &queue)
      unseen += Int(operators.nodes[slot])
      if unseen >= Self.nodesBetweenLooks {
        try look()
        unseen = 0
      }
    }
    openDelegation()
    if let circulating = settings.token?.circulating, circulating > 0 {
      let freeShare = circulatingTokens / circulating
      if (freeShare - 1).magnitude > 1e-9 { venue?.window.scale(by: freeShare) }
    }
  }

  /// Schedules what is known to come.
  mutating func open(_ queue: inout EventQueue<NetworkEvent>) {
    if let sentence = ledger.discrepancy() {
      failure = ledger.journal?.firstFault(in: ledger) ?? sentence
      return
    }
    ledger.startControlInterval()
    if let after = journalAfter { ledger.journal = after == 0 ? Journal() : nil }
    emitOpeningRow()
    scheduleOpening(&queue)
  }

  /// The token's opening balances, and the dollars of those who trade it.
  private mutating func endow() {
    guard let terms = settings.token, let venue else { return }
    func units(_ tokens: Double) -> Int64 { Int64((tokens * venue.scale).rounded()) }
    give(.token, units(terms.treasuryLeft), to: .treasury)
    for (index, stream) in terms.streams.enumerated() {
      give(.token, emission.streams[index].fill(units(stream.pool ?? 0)), to: .rewardPools)
    }
    for (index, vesting) in terms.vesting.enumerated() {
      give(.token, units(vesting.tokens), to: accounts.unvested(index))
    }
    var free = units(terms.circulating)
    func take(_ tokens: Int64) -> Int64 {
      let taken = min(tokens, free)
      free -= taken
      return taken
    }
    let cap = terms.circulating * venue.openingPrice
    let rule = marketRule(terms.market)
    if Venue.counterparty(rule) == .exchange {
      openingExchangeDollars = microdollars(min(1000 * cap, 1e12))
      give(.dollars, openingExchangeDollars, to: .exchange)
      give(.token, take(free), to: .exchange)
    } else {
      for part in terms.market.endowments {
        give(.token, take(units(terms.circulating * part.tokenShare)), to: part.account)
        give(.dollars, microdollars(cap * part.dollarShare), to: part.account)
      }
    }
    give(.token, free, to: .holders)
  }

  mutating func give(_ asset: Asset, _ amount: Int64, to account: Account) {
    ledger.settle(asset, amount, from: .world, to: account, .openingBalance)
  }

  private mutating func scheduleOpening(_ queue: inout EventQueue<NetworkEvent>) {
    for index in settings.demand.classes.indices {
      scheduleArrival(class: index, after: .zero, &queue)
    }
    scheduleLooks(&queue)
    scheduleOutages(&queue)
    schedule(.oracleReading, after: settings.epoch, Phases.oracle, &queue)
    schedule(.settlement, after: settings.epoch, Phases.settlement, &queue)
    if let market = settings.token?.market {
      schedule(.marketStep, after: market.every, Phases.market, &queue)
    }
    schedule(.healthCheck, after: .days(1), Phases.measurement, &queue)
    schedule(.flowReport, after: settings.flowsEvery, Phases.measurement, &queue)
    scheduleProof(&queue)
    queue.schedule(
      NetworkEvent(.measurement), at: min(.zero + measureEvery, horizon),
      phase: Phases.measurement)
    scheduleUnlocks(&queue)
    for stage in stageDays.indices.dropFirst() {
      schedule(.amendment, slot: stage, day: stageDays[stage], Phases.shocks, &queue)
      guard let days = stages[stage].passage?.announcedDays, days > 0 else { continue }
      let known = max(0, stageDays[stage] - days)
      schedule(.amendment, slot: stages.count + stage, day: known, Phases.shocks, &queue)
    }
    for column in settings.hardware.indices {
      if let day = settings.hardware.daySuperseded(column) {
        schedule(.newGeneration, slot: column, day: day, Phases.shocks, &queue)
      }
    }
    for (index, shock) in settings.shocks.enumerated() {
      guard let day = shock.day else { continue }
      schedule(.shockOn, slot: index, day: day, Phases.shocks, &queue)
      if let lasting = shock.lasting {
        schedule(.shockOff, slot: index, day: day + lasting, Phases.shocks, &queue)
      }
    }
  }

  func schedule(
    _ kind: NetworkEvent.Kind, slot: Int, generation: UInt32 = 0, day: Double, _ phase: Phase,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard day >= 0, SimTime.days(day) <= horizon else { return }
    queue.schedule(
      NetworkEvent(kind, slot: slot, generation: generation), at: .days(day), phase: phase)
  }

  /// First looks: of operators that are there, spread over one interval; of candidates, as their
  /// type says.
  private func scheduleLooks(_ queue: inout EventQueue<NetworkEvent>) {
    for (type, state) in aggregates.enumerated()
    where settings.operators.types[type].aggregate != nil {
      schedule(
        .operatorDecision, slot: Int(state.order.min() ?? 0), after: AggregateRule.month,
        Phases.decisions, &queue)
    }
    for slot in 0..<operators.count {
      let type = settings.operators.types[Int(operators.type[slot])]
      guard let rule = type.decisions else { continue }
      var stream = luck.stream(.firstLook, entity: operators.identity(slot))
      let day =
        operators.state[slot] == .active
        ? stream.uniform() * rule.every.inDays : rule.firstLook.sample(using: &stream)
      schedule(.operatorDecision, slot: slot, day: max(day, 0), Phases.decisions, &queue)
    }
  }
}
