import Kernel

/// The life of a job: waiting, running, lost, finished.
///
/// What is done for every job is compiled twice: for networks where ``isPlain`` holds, without a
/// question about anything that they do not use, and for all others.
extension NetworkState {
  /// Starts a job on an idle node that can serve it, or puts it in line.
  @inline(__always)
  mutating func place(
    job: Int, atHead: Bool, plainly: Bool = false, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if isCut(.jobsToNodes) {
      let gpus = settings.demand.classes[Int(jobs[job].kind)].needs.gpus
      start(job: job, on: -1, hours: jobs[job].work / Double(gpus), dollars: 0, &queue)
    } else if !plainly, match.isGeneral {
      placeByRule(job: job, atHead: atHead, &queue)
    } else if let node = idleNode(for: job, plainly: plainly) {
      plainly ? startPlainly(job: job, on: node, &queue) : start(job: job, on: node, &queue)
    } else if !plainly, contracts.hasSpot, let node = spotNode(for: job) {
      take(node, for: job, &queue)
    } else {
      wait(job: job, atHead: atHead, &queue)
    }
  }

  /// An idle node chosen uniformly among those of the first hardware that has one.
  @inline(__always)
  private func idleNode(for job: Int, plainly: Bool = false) -> Int? {
    let kind = Int(jobs[job].kind)
    for choice in settings.demand.classes[kind].hardware.indices {
      let column = settings.demand.classes[kind].hardware[choice]
      let count = idle.count(of: column)
      if count == 0 { continue }
      if !plainly, contracts.hasReserved, isSetAside(count, of: column, from: kind) { continue }
      var stream = luck.stream(
        .assignment, entity: jobs[job].identity, index: jobs[job].attempts)
      let number = stream.below(count)
      if !plainly, trust.hasCopies, isCopy(job) {
        guard let node = apartNode(for: job, from: number, of: column) else { continue }
        return node
      }
      return idle.node(number, of: column)
    }
    return nil
  }

  mutating func wait(
    job: Int, atHead: Bool, schedulesPatience: Bool = true,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    let kind = Int(jobs[job].kind)
    if atHead {
      lines[kind].prepend(job, &jobs)
    } else {
      lines[kind].append(job, &jobs)
    }
    gauges.queuedJobs.change(by: 1, at: queue.now)
    if schedulesPatience { scheduleAbandonment(of: job, &queue) }
  }

  mutating func scheduleAbandonment(of job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if let patience = settings.demand.classes[Int(jobs[job].kind)].patience {
      var stream = luck.stream(
        .patience, entity: jobs[job].identity, index: jobs[job].attempts)
      queue.schedule(
        NetworkEvent(.jobAbandoned, slot: job, generation: jobs[job].generation),
        at: queue.now + .hours(patience.sample(using: &stream)), phase: Phases.work)
    }
  }

  /// Gives an idle node the job that came first among those it can serve, if any waits.
  mutating func offer(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    isPlain ? offer(node: node, plainly: true, &queue) : offerSpecially(node: node, &queue)
  }

  @inline(never)
  private mutating func offerSpecially(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if match.isGeneral { return offerByRule(node: node, &queue) }
    if drains.areUsed, leaveIfDrained(node, &queue) { return }
    offer(node: node, plainly: false, &queue)
  }

  @inline(__always)
  private mutating func offer(
    node: Int, plainly: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let column = Int(nodes[node].hardware)
    var first = -1
    for kind in lines.indices {
      let isApart = !plainly && trust.hasCopies
      let head = isApart ? firstApart(in: kind, from: node) : Int(lines[kind].head)
      if head >= 0, settings.demand.classes[kind].hardware.contains(column),
        first < 0 || goesBefore(head, first, plainly: plainly),
        plainly || !contracts.hasReserved
          || !isSetAside(idle.count(of: column), of: column, from: kind)
      {
        first = head
      }
    }
    if first < 0 { return }
    lines[Int(jobs[first].kind)].remove(first, &jobs)
    gauges.queuedJobs.change(by: -1, at: queue.now)
    plainly ? startPlainly(job: first, on: node, &queue) : start(job: first, on: node, &queue)
  }

  /// Starts a job that waits in line, where an idle node can take it now.
  mutating func retry(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if match.isGeneral { return retryByRule(job: job, &queue) }
    guard let node = idleNode(for: job) else { return }
    leaveLine(job, queue.now)
    start(job: job, on: node, &queue)
  }

  /// Whether a job in line comes before another: spot jobs behind all others, then by arrival.
  @inline(__always)
  private func goesBefore(_ job: Int, _ other: Int, plainly: Bool) -> Bool {
    if !plainly, contracts.hasSpot {
      let isSpot = users[Int(jobs[job].kind)].isSpot
      if isSpot != users[Int(jobs[other].kind)].isSpot { return !isSpot }
    }
    return jobs[job].order < jobs[other].order
  }

  mutating func start(job: Int, on node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    start(job: job, on: node, plainly: false, &queue)
  }

  private mutating func startPlainly(
    job: Int, on node: Int, _ queue: inout EventQueue<NetworkEvent>
  ) {
    start(job: job, on: node, plainly: true, &queue)
  }

  @inline(__always)
  private mutating func start(
    job: Int, on node: Int, plainly: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let column = Int(nodes[node].hardware)
    let kind = Int(jobs[job].kind)
    redrawWork(of: job)
    idle.assign(job, to: node, &nodes)
    gauges.busyNodes.change(by: 1, at: queue.now)
    var rate = isCut(.nodesToRevenue) ? 0 : settings.hardware[column].hourlyPrice * priceLevel
    if !plainly, !users[kind].paysPlainly {
      rate *= shareDue(class: kind, on: node, column)
    }
    let speed = settings.speed(of: column, for: kind)
    let goesOn = !plainly && savesProgress
    let hours =
      goesOn ? hoursFromCheckpoint(job: job, on: node, speed: speed) : jobs[job].work / speed
    let fixed = goesOn ? priceLeft(of: job) : jobs[job].fixedPrice
    let dollars = payAhead(
      class: kind, fixed: fixed, rate: rate, hours: hours, at: queue.now, plainly: plainly)
    if !plainly, !contracts.uptimes.isEmpty { noteUp(job, queue.now) }
    start(job: job, on: node, hours: hours, dollars: dollars, &queue)
    if !plainly, trust.hasCopies { noteStart(of: job, on: node, queue.now) }
  }

  /// Puts the dollars of an attempt in escrow, or takes them from credits that are there already.
  @inline(__always)
  mutating func payAhead(
    class kind: Int, fixed: Int64, rate: Double, hours: Double, at now: SimTime,
    plainly: Bool = false
  ) -> Int64 {
    let dollars = fixed >= 0 ? fixed : microdollars(min(rate * hours, 1e9))
    if plainly || users[kind].paysPlainly || !payWithCredits(dollars, class: kind) {
      if !plainly, vaults.creditsAsset != nil {
        depositCredits(dollars, expected: fixed, rate: rate, hours: hours, at: now)
      } else {
        deposit(dollars, expected: fixed, rate: rate, hours: hours)
      }
    }
    return dollars
  }

  /// Draws the work of an attempt after the first, where that is new every time.
  @inline(__always)
  mutating func redrawWork(of job: Int) {
    if jobs[job].attempts > 0, settings.loss.restart == .redraw {
      var stream = luck.stream(.jobSize, entity: jobs[job].identity, index: jobs[job].attempts)
      jobs[job].work = drawWork(kind: Int(jobs[job].kind), using: &stream)
    }
  }

  @inline(__always)
  mutating func start(
    job: Int, on node: Int, hours: Double, dollars: Int64,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    let delay = (now - jobs[job].arrival).inSeconds
    interval.startDelay += delay
    if jobs[job].attempts == 0 {
      interval.firstWait += delay
      interval.firstStarts += 1
      let kind = Int(jobs[job].kind)
      let timeValue = settings.demand.classes[kind].timeValue
      users[kind].totals.waitingCost += delay / 3600 * timeValue
    }
    jobs[job].begin(on: node, at: now, deposit: dollars)
    queue.schedule(
      NetworkEvent(.jobFinished, slot: job, generation: jobs[job].generation),
      at: now + .hours(hours), phase: Phases.work)
  }

  mutating func finish(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    isPlain ? finish(job: job, plainly: true, &queue) : finishSpecially(job: job, &queue)
  }

  @inline(never)
  private mutating func finishSpecially(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    finish(job: job, plainly: false, &queue)
  }

  @inline(__always)
  private mutating func finish(
    job slot: Int, plainly: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    var useful = 1.0
    if !plainly, trust.isOn {
      switch judge(job: slot, &queue) {
      case .right: break
      case .wrong: useful = 0
      case .handled: return
      }
    }
    let job = jobs[slot]
    interval.jobsCompleted += 1
    interval.servedHours += job.work
    var delay = (now - job.arrival).inHours - (now - job.start).inHours
    var paid = job.deposit
    if !plainly, savesProgress {
      delay = finishProgress(of: slot, now)
      paid += progress[slot].paid
    }
    recordUse(of: job, paid: paid, delay: delay, useful: useful)
    if !plainly {
      if isTimed { sampleRequests(of: job, until: now) }
      noteDeadline(of: job, after: (now - job.arrival).inHours)
    }
    leave(job: slot, now)
    guard job.node >= 0 else { return }
    let node = Int(job.node)
    let kind = Int(job.kind)
    var credit: Int64 = 0
    if !plainly, !users[kind].paysPlainly {
      credit = conclude(job, now)
      endContract(class: kind, on: node)
    }
    if !plainly, !contracts.uptimes.isEmpty { contracts.uptimes[kind].up.change(by: -1, at: now) }
    jobs.deposits -= job.deposit
    if !plainly, match.isGeneral { return release(job, paying: job.deposit - credit, &queue) }
    gauges.busyNodes.change(by: -1, at: now)
    work[node].busy += (now - max(job.start, lastSettlement)).microseconds
    work[node].owed += job.deposit - credit
    idle.release(node, &nodes)
    plainly
      ? offer(node: node, plainly: true, &queue) : offerSpecially(node: node, &queue)
  }

  /// What a finished job cost its users, for the measures and for their memory.
  ///
  /// - Parameters:
  ///   - dollars: what they paid for it in all [micro-dollars].
  ///   - useful: 1, or 0 where its result is wrong.
  @inline(__always)
  mutating func recordUse(of job: JobRow, paid dollars: Int64, delay: Double, useful: Double) {
    let kind = Int(job.kind)
    let paid = Double(dollars) / 1e6 * paidPerDollar
    let timeValue = settings.demand.classes[kind].timeValue
    let noticed = isCut(.capacityToCost) ? 0 : delay * timeValue
    let atCloud =
      job.work * users[kind].cloudPrice * cloudFactor + users[kind].cloudWaiting * timeValue
    users[kind].totals.usefulCost += paid + delay * timeValue
    users[kind].totals.delayCost += delay * timeValue
    users[kind].totals.usefulHours += job.work * useful
    users[kind].totals.cloudCost += atCloud * useful
    // Who pays nothing because an arrow is cut still answers to the price that is asked.
    let isFree = isCut(.jobsToNodes) || isCut(.nodesToRevenue)
    users[kind].paid += (isFree ? job.work * asked(class: kind) : paid) + noticed
    users[kind].usefulHours += job.work * useful
  }

  mutating func abandon(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if trust.hasCopies, isCopy(job) { return abandonCopy(job, &queue) }
    let now = queue.now
    let kind = Int(jobs[job].kind)
    leaveLine(job, now)
    interval.jobsAbandoned += 1
    interval.abandonedHours += jobs[job].work
    let delay =
      (now - jobs[job].arrival).inHours * settings.demand.classes[kind].timeValue
    users[kind].totals.usefulCost += delay
    users[kind].totals.delayCost += delay
    if jobs[job].attempts == 0 { users[kind].totals.waitingCost += delay }
    if !isCut(.capacityToCost) {
      users[kind].abandonedHours += jobs[job].work
      users[kind].paid += delay
    }
    if users[kind].hasDeadline { noteDeadline(of: jobs[job], after: nil) }
    if !contracts.uptimes.isEmpty, jobs[job].attempts > 0 {
      contracts.uptimes[kind].down.change(by: -1, at: now)
    }
    leave(job: job, now)
    if settings.demand.classes[kind].needs.holdsNodes { offerIdleNodes(&queue) }
  }

  @inline(__always)
  mutating func leave(job: Int, _ now: SimTime) {
    let arrival = jobs[job].arrival
    gauges.jobsInSystem.change(by: -1, at: now)
    interval.timeInSystem += Int128((now - arrival).microseconds)
    gauges.arrivalsPresent -= Int128(arrival.microseconds)
    interval.jobsLeft += 1
    jobs.remove(job)
  }

  /// Puts a job whose node went away back in line, once the network has noticed.
  mutating func lose(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    interval.restarts += 1
    if trust.hasCopies { noteLoss(of: job, queue.now) }
    refund(job: job)
    if !users[Int(jobs[job].kind)].paysPlainly {
      endContract(class: Int(jobs[job].kind), on: Int(jobs[job].node))
    }
    unassign(job, queue.now)
    if trust.hasCopies { retrySiblings(of: job, &queue) }
    if settings.loss.detection == .zero {
      requeue(job: job, &queue)
    } else {
      queue.schedule(
        NetworkEvent(.lossDetected, slot: job, generation: jobs[job].generation),
        at: queue.now + settings.loss.detection, phase: Phases.work)
    }
  }

  /// Ends an attempt without a result.
  mutating func unassign(_ job: Int, _ now: SimTime) {
    if !contracts.uptimes.isEmpty { noteDown(job, now) }
    jobs[job].lose()
  }

  mutating func requeue(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if trust.hasCopies { noteRequeue(of: job) }
    place(job: job, atHead: settings.loss.requeue == .head, &queue)
  }
}
