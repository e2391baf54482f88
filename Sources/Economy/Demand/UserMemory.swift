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
  /// Cache: the ceiling where it is the same at all times and not 0 [jobs/h].
  var flatCeiling: Double?

  init(reference: Double) {
    self.reference = reference
    cost = reference
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
    response = factor
    chooses = demand.budget != nil || demand.cloud != nil
  }
}
