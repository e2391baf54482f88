import Kernel

/// Potential arrivals, and what makes one a job.
extension NetworkState {
  /// Jobs an hour of GPU work that would come at the opening cost, by class [GPU-h/h].
  func baseDemand() -> [Double] {
    settings.demand.classes.map { demand in
      demand.ceiling.map { $0.base(nodes: openingNodes) * demand.size.mean } ?? 1
    }
  }

  /// Schedules the arrival after the one at `time`, where there is one before the horizon.
  mutating func scheduleArrival(
    class index: Int, after time: SimTime, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let isReplayed = settings.demand.classes[index].trace != nil
    // Before time 0 nothing was observed.
    if isReplayed || users[index].isObserved, burnIn > .zero { return }
    let at = isReplayed ? nextRowArrival(class: index) : nextArrival(class: index, after: time)
    if let at, at <= (burnIn > .zero ? .zero + burnIn : horizon) {
      queue.schedule(NetworkEvent(.jobArrived, slot: index), at: at, phase: Phases.work)
    }
  }

  /// The next arrival under the ceiling, after a unit exponential of integrated ceiling [jobs].
  @inline(__always)
  private mutating func nextArrival(class index: Int, after time: SimTime) -> SimTime? {
    let identity = Identity.arrival(class: index, number: users[index].nextArrival)
    if users[index].countsGaps { return nextBurst(class: index, identity, after: time) }
    var stream = luck.stream(.interarrival, entity: identity)
    let load = -Elementary.log(stream.uniform())
    if let rate = users[index].flatCeiling {
      return ArrivalCeiling.next(after: time, load: load, flat: rate)
    }
    return nextArrival(class: index, after: time, load: load)
  }

  /// The arrival at which the integrated ceiling has grown by a load [jobs].
  private func nextArrival(class index: Int, after time: SimTime, load: Double) -> SimTime? {
    guard let ceiling = settings.demand.classes[index].ceiling else { return nil }
    let base = ceiling.base(nodes: openingNodes)
    if burnIn > .zero {
      let date = SimTime(microseconds: time.microseconds - burnIn.microseconds)
      return ceiling.next(after: date, load: load, base: base, horizon: .zero).map { $0 + burnIn }
    }
    return ceiling.next(after: time, load: load, base: base, horizon: horizon)
  }

  /// The next arrival of a class with bursts, or of a table of arrivals.
  @inline(never)
  private mutating func nextBurst(
    class index: Int, _ identity: UInt64, after time: SimTime
  ) -> SimTime? {
    guard let ceiling = settings.demand.classes[index].ceiling else { return nil }
    if let trace = ceiling.trace {
      let next = trace.arrival(users[index].nextArrival)
      users[index].load = ((next ?? time) - .zero).inHours * trace.perHour
      return next
    }
    var stream = luck.stream(.interarrival, entity: identity)
    let load = ceiling.law.load(using: &stream)
    users[index].load += load
    if let rate = users[index].flatCeiling {
      return ArrivalCeiling.next(after: time, load: load, flat: rate)
    }
    return nextArrival(class: index, after: time, load: load)
  }

  /// The next arrival of a table of spending that is replayed.
  @inline(never)
  private mutating func nextRowArrival(class index: Int) -> SimTime? {
    guard let trace = settings.demand.classes[index].trace else { return nil }
    while users[index].nextRow < trace.rows.count,
      Int(users[index].nextArrival) >= trace.jobs(in: users[index].nextRow)
    {
      users[index].nextRow += 1
      users[index].nextArrival = 0
    }
    guard users[index].nextRow < trace.rows.count else { return nil }
    return trace.arrival(row: users[index].nextRow, number: Int(users[index].nextArrival))
  }

  mutating func arrive(class index: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let number = users[index].nextArrival
    let row = users[index].nextRow
    let load = users[index].load
    users[index].nextArrival += 1
    scheduleArrival(class: index, after: queue.now, &queue)
    if settings.demand.classes[index].trace != nil {
      return replay(class: index, row: row, number: number, &queue)
    }
    let identity = Identity.arrival(class: index, number: number)
    guard comes(index, identity) else { return }
    if isPlain {
      var stream = luck.stream(.jobSize, entity: identity)
      let work = drawWork(kind: index, using: &stream)
      admit(index, identity, work: work, fixedPrice: -1, plainly: true, &queue)
    } else {
      admitSpecially(index, identity, load: load, &queue)
    }
  }

  /// Lets the job of a row of a table come.
  @inline(never)
  private mutating func replay(
    class index: Int, row: Int, number: UInt64, _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard let trace = settings.demand.classes[index].trace else { return }
    let identity = Identity.arrival(class: index, number: UInt64(row) << 24 | number)
    let jobs = Int64(trace.jobs(in: row))
    let total = microdollars(trace.rows[row].dollars)
    // Equal jobs; the first ones take the units that do not divide.
    let dollars = total / jobs + (Int64(number) < total % jobs ? 1 : 0)
    let price = asked(class: index)
    admit(
      index, identity, work: price > 0 ? Double(dollars) / 1e6 / price : 0,
      fixedPrice: isCut(.nodesToRevenue) ? 0 : dollars, plainly: false, &queue)
  }

  /// Work of a potential arrival: drawn, or as it was observed [GPU-h].
  @inline(never)
  func work(class index: Int, _ identity: UInt64) -> Double {
    if users[index].isObserved, let trace = settings.demand.classes[index].ceiling?.trace,
      let work = trace.work(Identity.number(ofArrival: identity))
    {
      return DemandClass.work(drawn: work)
    }
    var stream = luck.stream(.jobSize, entity: identity)
    return drawWork(kind: index, using: &stream)
  }

  /// Work of a job [GPU-h].
  func drawWork(kind: Int, using stream: inout RandomStream) -> Double {
    DemandClass.work(drawn: settings.demand.classes[kind].size.sample(using: &stream))
  }

  /// Whether a potential arrival becomes a job: thinning by state, then its own purse.
  @inline(__always)
  private mutating func comes(_ index: Int, _ identity: UInt64) -> Bool {
    let headroom = settings.demand.classes[index].ceiling?.headroom ?? 1
    let responds = !isCut(.costToDemand)
    let rate =
      isCut(.demandToJobs) ? 1 : demandFactor * (responds ? users[index].response : 1)
    interval.rateAsked += rate
    interval.rateClipped += max(0, rate - headroom)
    let who = users[index].hasClients ? client(class: index, identity) : identity
    // At the ceiling all of them come, whatever the draw.
    if rate < headroom {
      var stream = luck.stream(.thinning, entity: who)
      guard stream.uniform() * headroom < rate else { return false }
    }
    if !closures.users.isEmpty, isClosed(toArrival: identity, by: who, class: index) {
      return false
    }
    interval.considered += 1
    guard responds, users[index].chooses, !isCut(.demandToJobs) else { return true }
    if isAboveBudget(index, by: who) || goesToCloud(class: index, identity, by: who) {
      interval.pricedOut += 1
      return false
    }
    return true
  }

  /// The client that an arrival comes from.
  @inline(never)
  private func client(class index: Int, _ identity: UInt64) -> UInt64 {
    guard let clients = settings.demand.classes[index].clients else { return identity }
    var stream = luck.stream(.client, entity: identity)
    return Identity.client(class: index, number: clients.client(at: stream.uniform()))
  }

  @inline(never)
  private func isAboveBudget(_ index: Int, by who: UInt64) -> Bool {
    guard let budget = settings.demand.classes[index].budget else { return false }
    var stream = luck.stream(.budget, entity: who)
    return asked(class: index) * users[index].netFactor > budget.sample(using: &stream)
  }

  /// Price of the cheapest hardware that serves a class, under its contract and before grants
  /// [USD/GPU-h of speed 1].
  func asked(class index: Int) -> Double {
    var lowest = Double.infinity
    for choice in settings.demand.classes[index].hardware.indices {
      let column = settings.demand.classes[index].hardware[choice]
      let price = settings.hardware[column].hourlyPrice
      lowest = min(lowest, price / settings.speed(of: column, for: index))
    }
    return lowest * priceLevel * users[index].priceFactor
  }

  @inline(never)
  private mutating func admitSpecially(
    _ index: Int, _ identity: UInt64, load: Double, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if users[index].countsGaps { users[index].noteGap(at: load) }
    admit(
      index, identity, work: work(class: index, identity), fixedPrice: -1, plainly: false, &queue)
  }

  @inline(__always)
  private mutating func admit(
    _ index: Int, _ identity: UInt64, work: Double, fixedPrice: Int64, plainly: Bool,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    if !plainly, trust.hasCopies,
      admitCopies(index, identity, work: work, fixedPrice: fixedPrice, &queue)
    {
      return
    }
    let job = jobs.add(
      JobRow(kind: index, identity: identity, at: queue.now, work: work, fixedPrice: fixedPrice))
    gauges.jobsInSystem.change(by: 1, at: queue.now)
    gauges.arrivalsPresent += Int128(queue.now.microseconds)
    interval.jobsArrived += 1
    interval.demandHours += work
    if !plainly {
      if users[index].isInorganic { interval.demand.inorganicHours += work }
      if savesProgress { startProgress(of: job) }
    }
    place(job: job, atHead: false, plainly: plainly, &queue)
  }
}
