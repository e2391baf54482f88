public import Kernel

/// A row of the series: the measures of one interval.
public struct SeriesRow: Sendable {
  public let time: SimTime
  /// Aligned with ``Measure/all``; NaN where undefined.
  public let values: [Double]
}

/// Tokens or dollars that moved in one interval between two groups for one reason.
public struct FlowRow: Sendable {
  public let time: SimTime
  public let asset: String
  public let reason: String
  public let from: String
  public let to: String
  /// Exact decimal, in units of the asset.
  public let amount: String
}

/// What is watched day by day.
struct Health: Sendable {
  var detector = SpiralDetector()
  var medianMargin = Double.nan
  var highestPrice = 0.0
  var peakCapacity = 0.0
  var priceDrawdown = 0.0
  var capacityDrawdown = 0.0
  /// Counter: GPU-hours finished and abandoned before the last look.
  var servedBefore = 0.0
  var abandonedBefore = 0.0
  var lastMeasurement = SimTime.zero
  var lastConcentration = SimTime.zero
  var gini = Double.nan
}

extension NetworkState {
  mutating func measure(_ queue: inout EventQueue<NetworkEvent>) {
    let now = queue.now
    close(at: now)
    let days = interval.days
    let concentration = concentrationOfNodes()
    interval.concentration.add(concentration.herfindahl, days: days)
    interval.nakamoto.add(concentration.nakamoto, days: days)
    if now - health.lastConcentration >= settings.concentrationEvery {
      health.gini = takeIncomeGini()
      health.lastConcentration = now
      interval.gini.add(health.gini, days: days)
    }
    emitRow(at: now)
    lookAtConditions(&queue)
    lookAtGates()
    whole.append(interval)
    if now > warmUpEnd { settled?.append(interval) }
    interval = interval.next
    if now < horizon {
      queue.schedule(
        NetworkEvent(.measurement), at: min(now + measureEvery, horizon),
        phase: Phases.measurement)
    }
  }

  /// Puts what is measured by time and at the end into the interval's totals.
  private mutating func close(at now: SimTime) {
    gauges.close(&interval, at: now)
    if trust.isOn { closeTrust(at: now) }
    for index in users.indices {
      interval.classes[index].append(users[index].totals)
      users[index].totals = ClassTotals(weight: 0)
    }
    interval.days = (now - health.lastMeasurement).inDays
    health.lastMeasurement = now
    observeExtremes()
    interval.openingOperatorsShare = openingOperatorsShare()
    if let market = settings.token?.market, let venue {
      interval.price = venue.price(marketRule(market), ledger)
      interval.circulating = circulatingTokens
      closeDelegation()
      interval.priceDrawdown = health.priceDrawdown
      closeMarket(market, venue)
      if Venue.counterparty(marketRule(market)) == .exchange {
        interval.outsideFlow =
          Double(openingExchangeDollars - ledger.balance(.dollars, of: .exchange)) / 1e6
      }
    }
    closeVaults(at: now)
    closeTreasury()
    closeDemand()
    if subnets.isOn { closeSubnets() }
    closeEmission()
    interval.capacityDrawdown = health.capacityDrawdown
    interval.grade = overflowed ? .dead : health.detector.worst
  }

  /// Operators that have been there since day 0, among those that were there then.
  private func openingOperatorsShare() -> Double {
    var opening = 0
    var stayed = 0
    var slot = 0
    for type in settings.operators.types {
      for candidate in slot..<slot + type.roster.activeAtStart {
        opening += 1
        if operators.leftAt[candidate] == .farFuture { stayed += 1 }
      }
      slot += type.roster.candidates
    }
    return Double(stayed) / Double(opening)
  }

  private mutating func observeExtremes() {
    let capacity = Double(activeNodes)
    health.peakCapacity = max(health.peakCapacity, capacity)
    if health.peakCapacity > 0 {
      health.capacityDrawdown = max(
        health.capacityDrawdown, 1 - capacity / health.peakCapacity)
    }
    guard let market = settings.token?.market, let venue else { return }
    let price = venue.price(marketRule(market), ledger)
    health.highestPrice = max(health.highestPrice, price)
    health.priceDrawdown = max(health.priceDrawdown, 1 - price / health.highestPrice)
  }

  /// A day's look for the spiral grade and the extremes.
  mutating func checkHealth(_ queue: inout EventQueue<NetworkEvent>) {
    observeExtremes()
    let served = whole.servedHours + interval.servedHours
    let abandoned = whole.abandonedHours + interval.abandonedHours
    let ended = served - health.servedBefore + abandoned - health.abandonedBefore
    let fill = ended > 0 ? (served - health.servedBefore) / ended : nil
    health.servedBefore = served
    health.abandonedBefore = abandoned
    let price = settings.token.flatMap { terms in
      venue?.price(marketRule(terms.market), ledger)
    }
    health.detector.observe(
      price: price, margin: health.medianMargin.isNaN ? nil : health.medianMargin,
      capacity: Double(activeNodes), fill: fill)
    schedule(.healthCheck, after: .days(1), Phases.measurement, &queue)
  }

  private mutating func emitRow(at now: SimTime) {
    series.append(SeriesRow(time: now, values: Measure.all.map { $0.value(interval) }))
  }

  /// The row of time 0: states as they are, nothing has flowed.
  mutating func emitOpeningRow() {
    close(at: .zero)
    let concentration = concentrationOfNodes()
    interval.concentration.add(concentration.herfindahl, days: 1)
    interval.nakamoto.add(concentration.nakamoto, days: 1)
    // A level over no time is what it is now: as if it had been so for a day.
    var opening = interval
    let day = Int128(SimDuration.days(1).microseconds)
    opening.days = 1
    opening.activeNodes = Int128(gauges.activeNodes.level) * day
    opening.pendingNodes = Int128(gauges.pendingNodes.level) * day
    opening.onlineNodes = Int128(gauges.onlineNodes.level) * day
    opening.trust.unverifiedNodes = Int128(trust.unverified.level) * day
    opening.trust.fakeNodes = Int128(trust.fake.level) * day
    opening.queuedJobs = Int128(gauges.queuedJobs.level) * day
    opening.jobsInSystem = Int128(gauges.jobsInSystem.level) * day
    let values = Measure.all.map { measure in
      switch measure.kind {
      case .stock, .level, .extreme, .grade: measure.value(opening)
      case .flow, .ratio: Double.nan
      }
    }
    series.append(SeriesRow(time: .zero, values: values))
    let (attempts, refused) = (interval.trust.spoofedAttempts, interval.trust.ejected)
    interval = interval.next
    // Fakes of day 0 have come to the door too.
    interval.trust.spoofedAttempts = attempts
    interval.trust.ejected = refused
  }

  mutating func reportFlows(_ queue: inout EventQueue<NetworkEvent>) {
    takeFlowRows(at: queue.now)
    schedule(.flowReport, after: settings.flowsEvery, Phases.measurement, &queue)
  }

  mutating func takeFlowRows(at now: SimTime) {
    for flow in ledger.takeFlows() {
      flowRows.append(
        FlowRow(
          time: now, asset: ledger.assets[flow.asset.column].name, reason: flow.reason.name,
          from: flow.from, to: flow.to, amount: ledger.text(flow.amount, flow.asset)))
    }
  }
}
