import Kernel

/// The life of a job: waiting, running, lost, finished.
extension NetworkState {
  /// Starts a job on an idle node that can serve it, or puts it in line.
  mutating func place(job: Int, atHead: Bool, _ queue: inout EventQueue<NetworkEvent>) {
    if isCut(.jobsToNodes) {
      start(job: job, on: -1, speed: 1, dollars: 0, &queue)
    } else if let node = idleNode(for: job) {
      start(job: job, on: node, &queue)
    } else {
      wait(job: job, atHead: atHead, &queue)
    }
  }

  /// An idle node chosen uniformly among those of the first hardware that has one.
  private func idleNode(for job: Int) -> Int? {
    for column in settings.demand.classes[Int(jobs.kind[job])].hardware
    where !idle[column].isEmpty {
      var stream = luck.stream(
        .assignment, entity: jobs.identity[job], index: jobs.attempts[job])
      return Int(idle[column].nodes[Int(stream.below(UInt32(idle[column].count)))])
    }
    return nil
  }

  private mutating func wait(job: Int, atHead: Bool, _ queue: inout EventQueue<NetworkEvent>) {
    let index = Int(jobs.kind[job])
    jobs.state[job] = .waiting
    if atHead {
      lines[index].prepend(job, &jobs)
    } else {
      lines[index].append(job, &jobs)
    }
    gauges.queuedJobs.change(by: 1, at: queue.now)
    if let patience = settings.demand.classes[index].patience {
      var stream = luck.stream(
        .patience, entity: jobs.identity[job], index: jobs.attempts[job])
      queue.schedule(
        NetworkEvent(.jobAbandoned, slot: job, generation: jobs.generation[job]),
        at: queue.now + .hours(patience.sample(using: &stream)), phase: Phases.work)
    }
  }

  /// Gives an idle node the job that came first among those it can serve, if any waits.
  mutating func offer(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let column = Int(nodes.hardware[node])
    var first = -1
    for index in lines.indices {
      let head = Int(lines[index].head)
      if head >= 0, settings.demand.classes[index].hardware.contains(column),
        first < 0 || jobs.order[head] < jobs.order[first]
      {
        first = head
      }
    }
    if first < 0 { return }
    lines[Int(jobs.kind[first])].remove(first, &jobs)
    gauges.queuedJobs.change(by: -1, at: queue.now)
    start(job: first, on: node, &queue)
  }

  private mutating func start(job: Int, on node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let column = Int(nodes.hardware[node])
    let hardware = settings.hardware[column]
    if jobs.attempts[job] > 0, settings.loss.restart == .redraw {
      var stream = luck.stream(
        .jobSize, entity: jobs.identity[job], index: jobs.attempts[job])
      jobs.work[job] = settings.demand.classes[Int(jobs.kind[job])].work(using: &stream)
    }
    idle[column].remove(node, &nodes.place)
    nodes.step(node, .assigned)
    nodes.job[node] = Int32(job)
    nodes.busyMark[node] = queue.now
    gauges.busyNodes.change(by: 1, at: queue.now)
    let rate = isCut(.nodesToRevenue) ? 0 : hardware.hourlyPrice * priceLevel
    let hours = jobs.work[job] / hardware.speed
    let dollars =
      jobs.fixedPrice[job] >= 0 ? jobs.fixedPrice[job] : microdollars(min(rate * hours, 1e9))
    deposit(dollars, for: job, expected: jobs.fixedPrice[job], rate: rate, hours: hours)
    start(job: job, on: node, speed: hardware.speed, dollars: dollars, &queue)
  }

  private mutating func start(
    job: Int, on node: Int, speed: Double, dollars: Int64,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    let delay = (now - jobs.arrival[job]).inSeconds
    interval.startDelay += delay
    if jobs.attempts[job] == 0 {
      interval.firstWait += delay
      interval.firstStarts += 1
    }
    jobs.attempts[job] += 1
    jobs.generation[job] &+= 1
    jobs.state[job] = .running
    jobs.node[job] = Int32(node)
    jobs.start[job] = now
    jobs.deposit[job] = dollars
    queue.schedule(
      NetworkEvent(.jobFinished, slot: job, generation: jobs.generation[job]),
      at: now + .hours(jobs.work[job] / speed), phase: Phases.work)
  }

  mutating func finish(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let now = queue.now
    let index = Int(jobs.kind[job])
    let node = Int(jobs.node[job])
    let hours = (now - jobs.start[job]).inHours
    let work = jobs.work[job]
    let dollars = jobs.deposit[job]
    interval.jobsCompleted += 1
    interval.servedHours += work
    recordUse(index, work: work, dollars: dollars, delay: delay(of: job, now) - hours)
    if node >= 0 {
      let owner = Int(nodes.owner[node])
      operators.owed[owner] += dollars
      jobs.deposits -= dollars
      release(node: node, now)
    }
    leave(job: job, now)
    if node >= 0 {
      idle[Int(nodes.hardware[node])].insert(node, &nodes.place)
      offer(node: node, &queue)
    }
  }

  private func delay(of job: Int, _ now: SimTime) -> Double {
    (now - jobs.arrival[job]).inHours
  }

  /// What a finished job cost its users, for the measures and for their memory.
  private mutating func recordUse(_ index: Int, work: Double, dollars: Int64, delay: Double) {
    let demand = settings.demand.classes[index]
    let noticed = isCut(.capacityToCost) ? 0 : delay * demand.timeValue
    let paid = Double(dollars) / 1e6
    interval.usefulCost[index] += paid + delay * demand.timeValue
    interval.usefulHours[index] += work
    if let cloud = demand.cloud {
      interval.cloudCost[index] +=
        work * cloud.price * cloudFactor + cloud.waiting * demand.timeValue
    } else {
      interval.cloudCost[index] = .nan
    }
    // Who pays nothing because an arrow is cut still answers to the price that is asked.
    let isFree = isCut(.jobsToNodes) || isCut(.nodesToRevenue)
    users.paid[index] += (isFree ? work * asked(class: index) : paid) + noticed
    users.usefulHours[index] += work
    users.servedHours[index] += work
  }

  mutating func abandon(job: Int, _ now: SimTime) {
    let index = Int(jobs.kind[job])
    lines[index].remove(job, &jobs)
    gauges.queuedJobs.change(by: -1, at: now)
    interval.jobsAbandoned += 1
    interval.abandonedHours += jobs.work[job]
    let delay = delay(of: job, now) * settings.demand.classes[index].timeValue
    interval.usefulCost[index] += delay
    if !isCut(.capacityToCost) {
      users.abandonedHours[index] += jobs.work[job]
      users.paid[index] += delay
    }
    leave(job: job, now)
  }

  private mutating func leave(job: Int, _ now: SimTime) {
    gauges.jobsInSystem.change(by: -1, at: now)
    interval.timeInSystem += Int128((now - jobs.arrival[job]).microseconds)
    gauges.arrivalsPresent -= Int128(jobs.arrival[job].microseconds)
    interval.jobsLeft += 1
    jobs.remove(job)
  }

  /// Puts a job whose node went away back in line, once the network has noticed.
  mutating func lose(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    interval.restarts += 1
    refund(job: job)
    jobs.generation[job] &+= 1
    jobs.node[job] = -1
    jobs.state[job] = .lost
    if settings.loss.detection == .zero {
      requeue(job: job, &queue)
    } else {
      queue.schedule(
        NetworkEvent(.lossDetected, slot: job, generation: jobs.generation[job]),
        at: queue.now + settings.loss.detection, phase: Phases.work)
    }
  }

  mutating func requeue(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    place(job: job, atHead: settings.loss.requeue == .head, &queue)
  }

  /// Ends a node's work and accounts for the time it was busy.
  private mutating func release(node: Int, _ now: SimTime) {
    operators.busy[Int(nodes.owner[node])] += (now - nodes.busyMark[node]).microseconds
    nodes.step(node, .released)
    nodes.job[node] = -1
    gauges.busyNodes.change(by: -1, at: now)
  }
}
