import Kernel

/// Everything that a run of the network remembers; a copy of it runs on to the same end.
struct NetworkState: Sendable {
  // Parameters of the run.
  /// Settings of each stage, aligned.
  let stages: [EconomySettings]
  let horizon: SimTime
  let measureEvery: SimDuration
  let luck: Luck
  let accounts: AccountPlan
  /// Days on which the stages begin.
  let stageDays: [Double]
  /// State: what the clock shows at time 0 while the burn-in before it runs; zero from then on.
  var burnIn = SimDuration.zero

  /// State: the settings in force; an amendment replaces them.
  var settings: EconomySettings
  /// State: which stage they are of.
  var stage = 0

  // Supply.
  var nodes: [NodeRow] = []
  var work: [NodeWork] = []
  /// State: since when ``work`` is counted.
  var lastSettlement = SimTime.zero
  /// Parameter: slots of the nodes' operators, and keys of their luck, `[nodes]`.
  var nodeOwners: [UInt32] = []
  var nodeIdentities: [UInt64] = []
  /// State: `[nodes]` where something can fail at some stage, else empty.
  var wear: [Wear] = []
  /// State: operating age at the start of the session, `[nodes]` where failures come with age at some
  /// stage, else empty.
  var ages: [SimDuration] = []
  var outages = OutageState()
  var drains = DrainState()
  /// Cache: whether a node that is ready may have to wait, for the clock or for an outage, or a
  /// session may follow a rule, at some stage.
  var startsAreWatched = false
  var operators = Operators()
  var idle: IdleNodes
  var supply: SupplyState
  /// State: of each type, where some follow an aggregate rule, else empty.
  var aggregates: [AggregateState] = []
  /// State: nil where operators do not foresee prices.
  var foresight: Foresight?
  /// State: nodes that wait for a repair crew, and crews that are free; unused without a crew.
  var broken: [BrokenNode] = []
  var brokenHead = 0
  var freeCrews = 0
  /// State: when the node that registered last will have been looked at; unused without approval.
  var reviewedUntil = SimTime.zero

  // Demand.
  var jobs = Jobs()
  var lines: [WaitingLine]
  var users: [UserMemory]
  var contracts = ContractState()

  // Loss and trust.
  /// State: what is safe of each job, `[job slots]` where some stage saves progress, else empty.
  var progress: [JobProgress] = []
  var savesProgress = false
  var trust = TrustState()

  /// Cache: whether every job is one GPU's, for a random idle node, paid as it runs, for no date, and neither
  /// checked, copied, saved nor timed, and no node gives notice.
  var isPlain = false

  // Money.
  var ledger: Ledger
  var venue: Venue?
  var token = TokenState()
  var oracle = OracleState()
  var outlook = Outlook()
  var vaults = VaultState()
  var treasury = TreasuryState()
  var delegation = DelegationState()
  var emission = EmissionState()
  /// State: multiplier of the price list, and of tariffs, cloud prices and demand by shocks.
  var priceLevel = 1.0
  var electricityFactor = 1.0
  var cloudFactor = 1.0
  var cloudAvailability = 1.0
  var demandFactor = 1.0
  var rivalFactor = 1.0
  var closures = Closures()
  /// State: shocks that have begun and are not over, as the scenario lists them.
  var shockIsOn: [Bool]
  /// State: what is remembered of each shock, `[shocks]` where some wait for a condition, else empty.
  var shockWatches: [ShockWatch] = []
  /// Cache: what a dollar of work cost its users at the last settlement, with what their credits cost
  /// above their face [1].
  var paidPerDollar = 1.0
  /// Counter: what users owe to clouds since the last settlement [micro-dollars].
  var cloudBill: Int64 = 0
  /// Counter: tokens burned since tokens were last issued [tokens].
  var epochBurned = 0.0
  /// Parameter: nodes active at the start, and what the exchange was given [micro-dollars].
  var openingNodes = 0
  var openingExchangeDollars: Int64 = 0

  // Measurement.
  var gauges = Gauges()
  var interval: Totals
  var whole: Totals
  /// Parameter: end of the warm-up, and counter: what has been measured after it; nil: all counts.
  var warmUpEnd = SimTime.zero
  var settled: Totals?
  var health = Health()
  var byType: [TypeTotals]
  var series: [SeriesRow] = []
  var flowRows: [FlowRow] = []
  var readAhead = ReadAhead()
  /// Counter: events by kind, of which there are fewer.
  var counts = InlineArray<32, Int>(repeating: 0)
  var stale = 0
  /// What broke, where the books or a limit of the arithmetic broke.
  var failure: String?
  /// Whether tokens or dollars have left what the ledger can hold; issuing and capital stop there.
  var overflowed = false
  /// The settlement after which a journal is kept, when a failure is being traced.
  var journalAfter: Int?
  var settlements = 0

  // What few scenarios ask for stands behind what every event touches.
  var match: Matchmaker
  /// Parameter: whether a class asks at any stage how long requests take.
  var isTimed = false
  var ranks = RankState()
  var subnets = SubnetState()

  /// Counts an event and, while a failure is traced, names it in the journal.
  mutating func begin(_ event: NetworkEvent, _ now: SimTime) {
    counts[Int(event.kind.rawValue)] += 1
    if ledger.journal != nil { noteInJournal(event, now) }
  }

  private mutating func noteInJournal(_ event: NetworkEvent, _ now: SimTime) {
    let moment = Journal.Moment(
      ordinal: handled, kind: "\(event.kind) \(event.slot)", days: now.inDays)
    ledger.journal?.begin(moment)
  }

  /// Events so far.
  var handled: Int { counts.indices.reduce(0) { $0 + counts[$1] } }

  mutating func isStale(job: Int, _ event: NetworkEvent) -> Bool {
    let isStale = event.isStale(jobs[job].generation)
    if isStale { stale += 1 }
    return isStale
  }

  mutating func isStale(node: Int, _ event: NetworkEvent) -> Bool {
    let isStale = event.isStale(nodes[node].generation)
    if isStale { stale += 1 }
    return isStale
  }

  /// Looks whether jobs need more than the plainest network has.
  mutating func lookIfPlain() {
    isPlain =
      creditsAsset == nil && !match.isGeneral && !drains.areUsed && !trust.isOn && !savesProgress
      && !isTimed && contracts.uptimes.isEmpty
      && users.allSatisfy { $0.comesPlainly && $0.paysPlainly && !$0.hasDeadline }
  }

  func isCut(_ arrow: Arrow) -> Bool { settings.cut.contains(arrow) }
}

/// The token's state beside the ledger and the venue.
struct TokenState: Sendable {
  /// Price of the last oracle reading [USD/token].
  var oraclePrice = 0.0
  var steps = 0
  /// Counter: base units that the schedule issued, that settlements bought, and that these passed
  /// on to receivers; the latter two wrap, as what is turned over many times may, and their
  /// difference is exact.
  var issued: Int64 = 0
  var bought: Int64 = 0
  /// Counter: base units that amendments burned.
  var burnedByVote: Int64 = 0
  var passedOn: Int64 = 0
  /// Counter: base units that amendments were to set aside and that the treasury did not have.
  var shortOfTreasury = 0.0
  /// Base units that holders sell at the next market step.
  var holdersToSell: Int64 = 0
  /// Sales of tokens that became free, under way.
  var instalments: [Instalments] = []
  /// Counter: free tokens that each vesting class has kept, `[classes]` [base units].
  var kept: [Int64] = []
  /// State: what of each class becomes free when, `[classes]`, and how often that was changed.
  var vesting: [VestingClass] = []
  var vestingTurn: UInt32 = 0
}

/// Tokens that are sold in equal parts over so many market steps [base units].
struct Instalments: Sendable {
  /// The vesting class whose tokens they are.
  let owner: Int
  var left: Int64
  var steps: Int64
}

/// What operators know of pay, by type.
struct SupplyState: Sendable {
  /// Expected pay, and days that stand behind it [USD/node-day].
  var expectedPay: [Double]
  var seenDays: [Double]
  /// Energy of a node by the last settlement [kWh/node-day].
  var energy: [Double]
  /// Counter: income of the type before the last settlement [USD], and its active nodes.
  var incomeBefore: [Double]
  var activeNodes: [Int]
  /// Counter: since the last settlement, node-days before those that are there came, less those of
  /// nodes that left.
  var daysMissed: [Double]
  /// Counter: pay at the price that decisions see, less pay at the oracle, since the last
  /// settlement [USD].
  var perceivedGap: [Double]
  /// Mean income of idle nodes from other uses [USD/node-day].
  var sidePay: [Double]
}

/// Counters by operator type over the whole run.
struct TypeTotals: Sendable {
  var nodeDays = 0.0
  var income = 0.0
  var cost = 0.0
  var onlineHours = 0.0
  var busyHours = 0.0
  var entries = 0.0
  var exits = 0.0
}
