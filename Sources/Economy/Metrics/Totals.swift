import Kernel

/// Everything measured over one stretch of time: flows are summed, states are as at its end.
///
/// Two of them are kept, of the interval that runs and of the whole run; every measure is computed
/// from either by the same formula.
struct Totals: Sendable {
  /// Length of the stretch [days].
  var days = 0.0

  // Sums.
  var minted = 0.0
  var burned = 0.0
  var burnedUSD = 0.0
  var entries = 0.0
  var exits = 0.0
  var demandHours = 0.0
  var servedHours = 0.0
  var abandonedHours = 0.0
  var lostHours = 0.0
  /// Of the lost hours, those inside the stretch.
  var lostInside = 0.0
  var rateAsked = 0.0
  var rateClipped = 0.0
  var considered = 0.0
  var pricedOut = 0.0
  var jobsArrived = 0.0
  var jobsCompleted = 0.0
  var jobsAbandoned = 0.0
  var restarts = 0.0
  var firstStarts = 0.0
  var firstWait = 0.0
  var startDelay = 0.0
  var userSpend = 0.0
  var protocolRevenue = 0.0
  var providerIncome = 0.0
  var providerRealised = 0.0
  var providerCost = 0.0
  var emissionToOperators = 0.0
  var sessionsEnded = 0.0
  var drained = 0.0
  var failures = 0.0
  var transientErrors = 0.0
  var outages = 0.0
  var demand = DemandTotals()
  var alternativeIncome = 0.0
  var forcedSales = 0.0

  // Integrals over time, exact [unit x µs].
  var activeNodes: Int128 = 0
  var pendingNodes: Int128 = 0
  var onlineNodes: Int128 = 0
  var busyNodes: Int128 = 0
  var queuedJobs: Int128 = 0
  var jobsInSystem: Int128 = 0
  var cutOffNodes: Int128 = 0
  var brokenNodes: Int128 = 0
  /// Time in the system of jobs that left [µs].
  var timeInSystem: Int128 = 0
  var jobsLeft = 0.0

  var vaults = VaultTotals()
  var treasury = TreasuryTotals()
  var trust = TrustTotals()
  var subnets = SubnetTotals()
  var market = MarketTotals()
  var delegation = DelegationTotals()
  var emission = EmissionTotals()
  var classes: [ClassTotals]
  var latency: LatencyTotals

  // States at the end, and integrals over days of those that are averaged.
  var price = Double.nan
  var circulating = Double.nan
  var outsideFlow = Double.nan
  var openingOperatorsShare = Double.nan
  var medianMargin = DayMean()
  var payback = DayMean()
  var gini = DayMean()
  var concentration = DayMean()
  var nakamoto = DayMean()

  // Extremes so far.
  var priceDrawdown = Double.nan
  var capacityDrawdown = 0.0
  var grade = SpiralGrade.none

  /// - Parameter isTimed: whether latencies are counted by class.
  init(classWeights: [Double], isTimed: Bool = false) {
    classes = classWeights.map { ClassTotals(weight: $0) }
    latency = LatencyTotals(classes: isTimed ? classWeights.count : 0)
  }

  /// Totals of nothing, for the stretch that follows.
  var next: Totals {
    Totals(classWeights: classes.map(\.weight), isTimed: !latency.classes.isEmpty)
  }

  /// Puts the stretch that follows behind this one.
  mutating func append(_ next: Totals) {
    days += next.days
    minted += next.minted
    burned += next.burned
    burnedUSD += next.burnedUSD
    entries += next.entries
    exits += next.exits
    demandHours += next.demandHours
    servedHours += next.servedHours
    abandonedHours += next.abandonedHours
    lostHours += next.lostHours
    lostInside += next.lostHours
    rateAsked += next.rateAsked
    rateClipped += next.rateClipped
    considered += next.considered
    pricedOut += next.pricedOut
    jobsArrived += next.jobsArrived
    jobsCompleted += next.jobsCompleted
    jobsAbandoned += next.jobsAbandoned
    restarts += next.restarts
    firstStarts += next.firstStarts
    firstWait += next.firstWait
    startDelay += next.startDelay
    userSpend += next.userSpend
    protocolRevenue += next.protocolRevenue
    providerIncome += next.providerIncome
    providerRealised += next.providerRealised
    providerCost += next.providerCost
    emissionToOperators += next.emissionToOperators
    sessionsEnded += next.sessionsEnded
    drained += next.drained
    failures += next.failures
    transientErrors += next.transientErrors
    outages += next.outages
    demand.append(next.demand)
    alternativeIncome += next.alternativeIncome
    forcedSales += next.forcedSales
    activeNodes += next.activeNodes
    pendingNodes += next.pendingNodes
    onlineNodes += next.onlineNodes
    busyNodes += next.busyNodes
    queuedJobs += next.queuedJobs
    jobsInSystem += next.jobsInSystem
    cutOffNodes += next.cutOffNodes
    brokenNodes += next.brokenNodes
    timeInSystem += next.timeInSystem
    jobsLeft += next.jobsLeft
    trust.append(next.trust)
    subnets.append(next.subnets)
    market.append(next.market)
    vaults.append(next.vaults)
    treasury.append(next.treasury)
    delegation.append(next.delegation)
    emission.append(next.emission)
    for index in classes.indices { classes[index].append(next.classes[index]) }
    latency.append(next.latency)
    price = next.price
    circulating = next.circulating
    outsideFlow = next.outsideFlow
    openingOperatorsShare = next.openingOperatorsShare
    medianMargin.append(next.medianMargin)
    payback.append(next.payback)
    gini.append(next.gini)
    concentration.append(next.concentration)
    nakamoto.append(next.nakamoto)
    priceDrawdown = next.priceDrawdown
    capacityDrawdown = next.capacityDrawdown
    grade = next.grade
  }

  /// Emission to operators for each reference GPU-hour whose result is right, of any class
  /// [USD/GPU-h].
  var emissionPerUsefulHour: Double {
    emissionToOperators / classes.reduce(0) { $0 + $1.usefulHours }
  }

  /// Hours of an integral over time [unit x h].
  static func hours(_ integral: Int128) -> Double {
    Double(integral) / 3.6e9
  }
}

/// Totals of the finished jobs of one class of demand.
struct ClassTotals: BitwiseCopyable, Sendable {
  /// Parameter: base demand [GPU-h/h].
  let weight: Double
  /// What they cost their users, and would have cost at the cloud [USD].
  var usefulCost = 0.0
  var cloudCost = 0.0
  /// Of the first, the value of all delay, and of that before first starts [USD].
  var delayCost = 0.0
  var waitingCost = 0.0
  /// Of the first, what missed deadlines cost [USD].
  var deadlineCost = 0.0
  /// Of the first, what copies beside the result and checks cost their users [USD].
  var redundancyCost = 0.0
  var verificationCost = 0.0
  /// Beside the first: attempts that nothing is left of, at the asked price; checks that the protocol
  /// pays for; and what the treasury gave users for copies, in grants and in credits [USD].
  var lostCost = 0.0
  var protocolChecks = 0.0
  var treasuryCost = 0.0
  /// Their work in hours of a GPU of speed 1 [GPU-h].
  var usefulHours = 0.0
  /// Of bursty or observed arrivals: integrated ceiling between two jobs that came, their number,
  /// sum and sum of squares [jobs].
  var gaps = 0.0
  var gapSum = 0.0
  var gapSquares = 0.0

  init(weight: Double) {
    self.weight = weight
  }

  /// What they cost all, emission left out, which belongs to no class [USD].
  var socialCost: Double { usefulCost + lostCost + protocolChecks + treasuryCost }

  mutating func append(_ next: ClassTotals) {
    usefulCost += next.usefulCost
    cloudCost += next.cloudCost
    delayCost += next.delayCost
    waitingCost += next.waitingCost
    deadlineCost += next.deadlineCost
    redundancyCost += next.redundancyCost
    verificationCost += next.verificationCost
    lostCost += next.lostCost
    protocolChecks += next.protocolChecks
    treasuryCost += next.treasuryCost
    usefulHours += next.usefulHours
    gaps += next.gaps
    gapSum += next.gapSum
    gapSquares += next.gapSquares
  }
}

/// A mean over the days on which something was defined.
struct DayMean: Sendable {
  private var sum = 0.0
  private var days = 0.0

  var value: Double { days > 0 ? sum / days : .nan }

  mutating func add(_ value: Double, days: Double) {
    guard value.isFinite else { return }
    sum += value * days
    self.days += days
  }

  mutating func append(_ next: DayMean) {
    sum += next.sum
    days += next.days
  }
}
