import Kernel

/// What users of one class remember, and what they have met since the last settlement.
struct UserMemory: Sendable {
  /// State: remembered cost of a useful GPU-hour [USD/GPU-h] and share of demand served [1].
  var cost: Double
  var service = 1.0
  /// Parameter: the opening price, which elasticity is measured from [USD/GPU-h].
  let reference: Double
  /// Cache: the share of base demand that comes, before demand shocks [1].
  var response = 1.0
  /// Counter: of jobs that left since the last settlement [USD], [GPU-h].
  var paid = 0.0
  var usefulHours = 0.0
  var abandonedHours = 0.0
  /// Counter: of jobs that left since the last measurement.
  var totals = ClassTotals(weight: 0)
  /// Number of the next potential arrival; for a trace, row and place in it.
  var nextArrival: UInt64 = 0
  var nextRow = 0
  /// Cache: whether a user has a budget or a cloud to go to.
  var chooses = false
  /// State: integrated ceiling up to the next potential arrival, and up to the last that became a
  /// job [jobs]; kept only where ``countsGaps``.
  var load = 0.0
  private var loadAtJob = 0.0
  /// State: the cheapest cloud; nil: there is none.
  var outside: OutsideView?
  /// State: what is remembered of the measure that the class waits for.
  var gate = AdoptionGate.Memory()
  /// State: share of the rate of self-dealing that pays [1]; 1 for other classes.
  var eagerness = 1.0
  /// State: credits bought ahead, and the term they are of [micro-dollars].
  var credits: Int64 = 0
  var creditTerm = -1
  /// State: nodes set aside for the class now, and jobs that its term covers and that run; of
  /// reserved classes alone.
  var reserved = 0
  var running = 0
  /// Counter: paid for finished jobs since the last settlement, and credits for broken promises that
  /// the treasury owes; of classes with terms alone [micro-dollars].
  var settledPay: Int64 = 0
  var creditsDue: Int64 = 0
  /// Cache: price against the price list, and what a user bears of it after grants [1].
  var priceFactor = 1.0
  var netFactor = 1.0
  /// Cache: whether gaps between arrivals are measured, arrivals are observed ones, come from
  /// clients, are not organic, and whether something is due when a job is done.
  var countsGaps = false
  var isObserved = false
  var hasClients = false
  var isInorganic = false
  var hasDealings = false
  var hasDeadline = false
  var isSpot = false
  var isReserved = false
  var isPrepaid = false
  /// Cache: whether none of these holds of its arrivals, and of its payments.
  var comesPlainly = true
  var paysPlainly = true
  /// Cache: price and waiting time of the cheapest cloud before shocks; NaN: there is none
  /// [USD/GPU-h of speed 1], [h].
  var cloudPrice = Double.nan
  var cloudWaiting = Double.nan
  private var isSelfDealing = false
  /// Cache: the ceiling where it is the same at all times and not 0 [jobs/h].
  var flatCeiling: Double?

  init(reference: Double) {
    self.reference = reference
    cost = reference
  }

  /// Memory of a class on day 0, when its users know the price list [USD/GPU-h].
  init(_ demand: DemandClass, list: Double) {
    self.init(reference: list * demand.contract.priceFactor)
    prepare(demand)
    cost *= netFactor
  }

  /// Looks up what the settings say of the class.
  mutating func prepare(_ demand: DemandClass) {
    priceFactor = demand.contract.priceFactor
    netFactor = 1 - (demand.subsidy?.share ?? 0)
    isObserved = demand.ceiling?.trace != nil
    countsGaps = isObserved || demand.ceiling.map { $0.law != .poisson } ?? false
    hasClients = demand.clients != nil
    isInorganic = demand.tag != .organic
    hasDealings = demand.terms != nil || demand.subsidy != nil || demand.selfDealing != nil
    hasDeadline = demand.deadline != nil
    isSpot = demand.contract.isSpot
    isReserved = demand.contract.reserved != nil
    isPrepaid = demand.contract.prepaid != nil
    comesPlainly = !(isObserved || countsGaps || isInorganic)
    paysPlainly = !(hasDealings || isSpot || isReserved || isPrepaid)
    let isDealer = demand.selfDealing != nil
    if isDealer != isSelfDealing {
      // What it would gain is known from the next settlement on.
      eagerness = isDealer ? 0 : 1
      isSelfDealing = isDealer
    }
    respond(demand)
  }

  /// A potential arrival becomes a job.
  mutating func noteGap(at load: Double) {
    let gap = load - loadAtJob
    loadAtJob = load
    totals.gaps += 1
    totals.gapSum += gap
    totals.gapSquares += gap * gap
  }

  /// Forgets a little and learns what the epoch brought; where nothing finished, what is `asked`
  /// is all that users see [USD/GPU-h].
  mutating func learn(_ demand: DemandClass, asked: Double, days: Double, memoryDays: Double) {
    let weight = -Elementary.expm1(-days / memoryDays)
    let met = usefulHours > 0 ? paid / usefulHours : asked
    cost += weight * (met - cost)
    let ended = usefulHours + abandonedHours
    if ended > 0 { service += weight * (usefulHours / ended - service) }
    paid = 0
    usefulHours = 0
    abandonedHours = 0
    respond(demand)
  }

  /// Works out how demand answers to what is remembered.
  mutating func respond(_ demand: DemandClass) {
    var factor = 1.0
    if demand.elasticity != 0, reference > 0 {
      factor *= Elementary.pow(max(cost, 1e-9) / reference, demand.elasticity)
    }
    if demand.serviceElasticity != 0 {
      factor *= Elementary.pow(max(service, 1e-9), demand.serviceElasticity)
    }
    if demand.gate != nil, !gate.isOpen { factor = 0 }
    response = factor * eagerness
    chooses = demand.budget != nil || demand.outside != nil
  }
}
