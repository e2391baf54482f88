import Kernel

/// What users of each class remember, and what they have met since the last settlement.
struct UserMemory: Sendable {
  /// State: remembered cost of a useful GPU-hour [USD/GPU-h] and share of demand served [1].
  var cost: [Double]
  var service: [Double]
  /// Parameter: the opening price, which elasticity is measured from [USD/GPU-h].
  let reference: [Double]
  /// Cache: the share of base demand that comes, before demand shocks [1].
  var response: [Double]
  /// Counter: of jobs that left since the last settlement.
  var paid: [Double]
  var usefulHours: [Double]
  var servedHours: [Double]
  var abandonedHours: [Double]
  /// Number of the next potential arrival; for a trace, row and place in it.
  var nextArrival: [UInt64]
  var nextRow: [Int]

  init(reference: [Double]) {
    self.reference = reference
    cost = reference
    let zeros = [Double](repeating: 0, count: reference.count)
    service = Array(repeating: 1, count: reference.count)
    response = service
    paid = zeros
    usefulHours = zeros
    servedHours = zeros
    abandonedHours = zeros
    nextArrival = Array(repeating: 0, count: reference.count)
    nextRow = Array(repeating: 0, count: reference.count)
  }

  /// Forgets a little and learns what the epoch brought; where nothing finished, what is `asked`
  /// for a class is all that users see [USD/GPU-h].
  mutating func learn(
    _ classes: [DemandClass], asked: [Double], days: Double, memoryDays: Double
  ) {
    let weight = -Elementary.expm1(-days / memoryDays)
    for index in cost.indices {
      let met = usefulHours[index] > 0 ? paid[index] / usefulHours[index] : asked[index]
      cost[index] += weight * (met - cost[index])
      let ended = servedHours[index] + abandonedHours[index]
      if ended > 0 {
        service[index] += weight * (servedHours[index] / ended - service[index])
      }
      paid[index] = 0
      usefulHours[index] = 0
      servedHours[index] = 0
      abandonedHours[index] = 0
      respond(index, classes[index])
    }
  }

  /// Works out how demand answers to what is remembered.
  mutating func respond(_ index: Int, _ demand: DemandClass) {
    var factor = 1.0
    if demand.elasticity != 0, reference[index] > 0 {
      let ratio = max(cost[index], 1e-9) / reference[index]
      factor *= Elementary.pow(ratio, demand.elasticity)
    }
    if demand.serviceElasticity != 0 {
      factor *= Elementary.pow(max(service[index], 1e-9), demand.serviceElasticity)
    }
    response[index] = factor
  }
}
