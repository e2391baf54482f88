import Kernel

/// Potential arrivals, and what makes one a job.
extension NetworkState {
  /// Jobs an hour of GPU work that would come at the opening cost, by class [GPU-h/h].
  func baseDemand() -> [Double] {
    settings.demand.classes.map { demand in
      switch demand.arrivals {
      case .ceiling(let ceiling): ceiling.base(nodes: openingNodes) * demand.size.mean
      case .trace: 1
      }
    }
  }

  /// Schedules the arrival after the one at `time`, where there is one before the horizon.
  mutating func scheduleArrival(
    class index: Int, after time: SimTime, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let at: SimTime?
    switch settings.demand.classes[index].arrivals {
    case .ceiling(let ceiling):
      let identity = Identity.arrival(class: index, number: users.nextArrival[index])
      var stream = luck.stream(.interarrival, entity: identity)
      at = ceiling.next(
        after: time, load: -Elementary.log(stream.uniform()),
        base: ceiling.base(nodes: openingNodes), horizon: horizon)
    case .trace(let trace):
      while users.nextRow[index] < trace.rows.count,
        Int(users.nextArrival[index]) >= trace.jobs(in: users.nextRow[index])
      {
        users.nextRow[index] += 1
        users.nextArrival[index] = 0
      }
      at =
        users.nextRow[index] < trace.rows.count
        ? trace.arrival(row: users.nextRow[index], number: Int(users.nextArrival[index])) : nil
    }
    if let at, at <= horizon {
      queue.schedule(NetworkEvent(.jobArrived, slot: index), at: at, phase: Phases.work)
    }
  }

  mutating func arrive(class index: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let demand = settings.demand.classes[index]
    let number = users.nextArrival[index]
    let row = users.nextRow[index]
    users.nextArrival[index] += 1
    scheduleArrival(class: index, after: queue.now, &queue)
    switch demand.arrivals {
    case .ceiling(let ceiling):
      let identity = Identity.arrival(class: index, number: number)
      guard comes(index, demand, ceiling, identity) else { return }
      var stream = luck.stream(.jobSize, entity: identity)
      admit(index, identity, work: demand.work(using: &stream), fixedPrice: -1, &queue)
    case .trace(let trace):
      let identity = Identity.arrival(class: index, number: UInt64(row) << 24 | number)
      let jobs = Int64(trace.jobs(in: row))
      let total = microdollars(trace.rows[row].dollars)
      // Equal jobs; the first ones take the units that do not divide.
      let dollars = total / jobs + (Int64(number) < total % jobs ? 1 : 0)
      let price = asked(class: index)
      admit(
        index, identity, work: price > 0 ? Double(dollars) / 1e6 / price : 0,
        fixedPrice: isCut(.nodesToRevenue) ? 0 : dollars, &queue)
    }
  }

  /// Whether a potential arrival becomes a job: thinning by state, then its own purse.
  private mutating func comes(
    _ index: Int, _ demand: DemandClass, _ ceiling: ArrivalCeiling, _ identity: UInt64
  ) -> Bool {
    let responds = !isCut(.costToDemand)
    let rate =
      isCut(.demandToJobs) ? 1 : demandFactor * (responds ? users.response[index] : 1)
    interval.rateAsked += rate
    interval.rateClipped += max(0, rate - ceiling.headroom)
    var stream = luck.stream(.thinning, entity: identity)
    guard stream.uniform() * ceiling.headroom < rate else { return false }
    interval.considered += 1
    guard responds, !isCut(.demandToJobs) else { return true }
    if isPricedOut(index, demand, identity) {
      interval.pricedOut += 1
      return false
    }
    return true
  }

  private func isPricedOut(_ index: Int, _ demand: DemandClass, _ identity: UInt64) -> Bool {
    if let budget = demand.budget {
      var stream = luck.stream(.budget, entity: identity)
      if asked(class: index) > budget.sample(using: &stream) { return true }
    }
    if let cloud = demand.cloud {
      var stream = luck.stream(.cloudTaste, entity: identity)
      let taste = Elementary.exp(cloud.spread * Elementary.normalQuantile(stream.uniform()))
      let waiting = cloud.waiting * demand.timeValue / max(demand.size.mean, 1e-9)
      let there = cloud.price * cloudFactor + waiting
      if users.cost[index] > there * (1 - cloud.discountWanted) * taste { return true }
    }
    return false
  }

  /// Price of the cheapest hardware that serves a class [USD/GPU-h of speed 1].
  func asked(class index: Int) -> Double {
    var lowest = Double.infinity
    for column in settings.demand.classes[index].hardware {
      let hardware = settings.hardware[column]
      lowest = min(lowest, hardware.hourlyPrice / hardware.speed)
    }
    return lowest * priceLevel
  }

  private mutating func admit(
    _ index: Int, _ identity: UInt64, work: Double, fixedPrice: Int64,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    let job = jobs.add(
      kind: index, identity: identity, at: queue.now, work: work, fixedPrice: fixedPrice)
    gauges.jobsInSystem.change(by: 1, at: queue.now)
    gauges.arrivalsPresent += Int128(queue.now.microseconds)
    interval.jobsArrived += 1
    interval.demandHours += work
    place(job: job, atHead: false, &queue)
  }
}
