public import Kernel

/// The books did not balance, or the arithmetic left its range: ours to mend.
public struct InvariantFailure: Error, Sendable {
  /// What broke, in a sentence.
  public let message: String
  /// Account, posting and event, where the traced second run found them.
  public let report: String
}

/// How many events a run has handled.
public struct EventCounts: Sendable {
  /// All events taken from the queue, stale ones included.
  public let total: Int
  /// Events whose entity had moved on.
  public let stale: Int
  public let byKind: [(name: String, count: Int)]
}

/// One replicate of one variant: a network from its opening to its horizon.
///
/// A copy runs on by itself and gives the same rows as the original.
public struct NetworkRun: Sendable {
  /// Where time goes, where that was asked for before the run; it changes no result.
  public var profile: EventProfile?
  private var simulation: Simulation<NetworkModel>
  private let stages: [(day: Double, settings: EconomySettings)]
  private let measureEvery: SimDuration
  private let burnIn: SimDuration
  private let luck: Luck
  private let tamper: Tamper?
  private var isClosed = false

  /// - Parameters:
  ///   - stages: the settings from each day on; the first is from day 0.
  ///   - start: the date of day 0.
  ///   - horizon: the end; what is due at that instant still happens.
  ///   - burnIn: whole days before day 0 in which jobs come and nodes serve, while prices and who
  ///     takes part stay as they are and nothing is counted.
  ///   - replicate: from 1.
  ///   - look: called every so many nodes and events until the network is open, which may take
  ///     long; what it throws ends that.
  public init<Stop: Error>(
    stages: [(day: Double, settings: EconomySettings)], start: CalendarDate, horizon: SimTime,
    measureEvery: SimDuration, burnIn: SimDuration = .zero, seed: UInt64, replicate: UInt32,
    look: () throws(Stop) -> Void
  ) throws(Stop) {
    try self.init(
      stages: stages, horizon: horizon, measureEvery: measureEvery, burnIn: burnIn,
      luck: Luck(seed: seed, replicate: replicate), tamper: nil, journalAfter: nil, look: look)
  }

  /// The same, without a look.
  public init(
    stages: [(day: Double, settings: EconomySettings)], start: CalendarDate, horizon: SimTime,
    measureEvery: SimDuration, burnIn: SimDuration = .zero, seed: UInt64, replicate: UInt32
  ) {
    self.init(
      stages: stages, horizon: horizon, measureEvery: measureEvery, burnIn: burnIn,
      luck: Luck(seed: seed, replicate: replicate), tamper: nil, journalAfter: nil)
  }

  init(
    stages: [(day: Double, settings: EconomySettings)], horizon: SimTime,
    measureEvery: SimDuration, burnIn: SimDuration = .zero, luck: Luck, tamper: Tamper?,
    journalAfter: Int?
  ) {
    self.init(
      stages: stages, horizon: horizon, measureEvery: measureEvery, burnIn: burnIn, luck: luck,
      tamper: tamper, journalAfter: journalAfter, look: { () throws(Never) in })
  }

  private init<Stop: Error>(
    stages: [(day: Double, settings: EconomySettings)], horizon: SimTime,
    measureEvery: SimDuration, burnIn: SimDuration, luck: Luck, tamper: Tamper?,
    journalAfter: Int?, look: () throws(Stop) -> Void
  ) throws(Stop) {
    precondition(!stages.isEmpty, "a run needs settings from day 0 on")
    self.stages = stages
    self.measureEvery = measureEvery
    self.burnIn = burnIn
    self.luck = luck
    self.tamper = tamper
    var state = try NetworkState(
      stages: stages, horizon: horizon, measureEvery: measureEvery, luck: luck, look: look)
    state.ledger.tamper = tamper
    state.journalAfter = journalAfter
    // Memory that is not used yet costs nothing; an array that grows is there twice for a while.
    state.jobs.reserve(state.nodes.count)
    let queue = EventQueue<NetworkEvent>(reserving: 2 * state.nodes.count)
    simulation = Simulation(model: NetworkModel(state: state), queue: queue)
    try simulation.model.state.enter(&simulation.queue, look: look)
    if burnIn > .zero { try simulation.model.burnIn(for: burnIn, &simulation.queue, look: look) }
    simulation.model.state.open(&simulation.queue)
  }

  /// Leaves a warm-up out of ``summary()``, to be said before the run.
  public mutating func leaveOut(until end: SimTime) {
    simulation.model.state.warmUpEnd = end
    simulation.model.state.settled = simulation.model.state.interval.next
  }

  public var now: SimTime { simulation.queue.now }

  var state: NetworkState { simulation.model.state }

  /// Runs every event up to `time`, which may not be after the horizon, or the first `most` of them.
  ///
  /// Returns whether none is left.
  @discardableResult
  public mutating func run(
    until time: SimTime, atMost most: Int = .max
  ) throws(InvariantFailure) -> Bool {
    var handled = 0
    if simulation.model.state.failure == nil {
      if let profiled = profile?.run(&simulation, until: time, atMost: most) {
        handled = profiled
      } else {
        handled = simulation.run(until: time, atMost: most)
      }
    }
    if let failure = simulation.model.state.failure {
      throw InvariantFailure(message: failure, report: trace() ?? failure)
    }
    guard handled < most else { return false }
    if time >= simulation.model.state.horizon, !isClosed {
      isClosed = true
      simulation.model.state.takeFlowRows(at: time)
    }
    return true
  }

  /// Rows measured since the last call; the first is of time 0.
  public mutating func takeSeries() -> [SeriesRow] {
    defer { simulation.model.state.series.removeAll(keepingCapacity: true) }
    return simulation.model.state.series
  }

  public mutating func takeFlows() -> [FlowRow] {
    defer { simulation.model.state.flowRows.removeAll(keepingCapacity: true) }
    return simulation.model.state.flowRows
  }

  /// Each measure over the whole run, aligned with ``Measure/all``; NaN where undefined.
  public func summary() -> [Double] {
    Measure.all.map { $0.value(state.settled ?? state.whole) }
  }

  public var events: EventCounts {
    EventCounts(
      total: state.handled, stale: state.stale,
      byKind: NetworkEvent.Kind.allCases.map { kind in
        ("\(kind)", state.counts[Int(kind.rawValue)])
      })
  }

  /// What a reader of the results should know.
  public var warnings: [String] {
    var warnings: [String] = []
    let days = state.horizon.inDays
    for shock in state.settings.shocks {
      guard let day = shock.day, day > days else { continue }
      warnings.append("shock \(shock.name) comes on day \(day), after the end (day \(days))")
    }
    for stage in state.stageDays where stage > days {
      warnings.append("an amendment comes on day \(stage), after the end (day \(days))")
    }
    let clipped = state.whole.rateClipped / state.whole.rateAsked
    if clipped > 0.001 {
      warnings.append(
        """
        \((clipped * 1000).rounded() / 10) % of demand was above the ceiling and is missing: \
        raise headroom of the demand classes
        """)
    }
    if state.venue?.ranDry == true {
      warnings.append(
        """
        the counterparty of the given price ran out of tokens or dollars: what was traded then is \
        less than the price says
        """)
    }
    if state.venue?.hasSpentMakers == true {
      warnings.append(
        """
        market makers ran out of tokens or dollars: the price went to where what they had left \
        sufficed, which is far from what the order book says; raise makersShareOfCap
        """)
    }
    if state.token.shortOfTreasury > 0 {
      let missing = (state.token.shortOfTreasury / state.tokenScale).rounded()
      warnings.append(
        """
        amendments set aside \(missing) tokens more than the treasury had: pools and vesting classes \
        got what there was
        """)
    }
    if state.overflowed {
      warnings.append(
        "tokens or dollars left what can be held; issuing and capital stopped: grade dead")
    }
    if state.vaults.overIssued > 0 {
      let most = state.ledger.text(state.vaults.overIssued, .token)
      warnings.append("redeemed credits issued up to \(most) tokens above the cap")
    }
    return warnings
  }

  /// Runs again with the same luck and a journal since the last good settlement, and names
  /// account, posting and event.
  private func trace() -> String? {
    var run = NetworkRun(
      stages: stages, horizon: state.horizon, measureEvery: measureEvery, burnIn: burnIn,
      luck: luck,
      tamper: tamper, journalAfter: state.settlements - 1)
    _ = run.simulation.run(until: now)
    return run.state.failure
  }
}
