import Kernel

/// Lines at nodes.
extension NetworkState {
  /// Jobs that a node serves or that wait at it.
  func load(of node: Int) -> Int64 {
    Int64(match.queues[node].count) + (nodes[node].state == .serving ? 1 : 0)
  }

  /// Sends a job to the least loaded of a few nodes that are online, or to the line of its class
  /// where there is none.
  mutating func join(
    job: Int, _ rule: LeastLoaded, atHead: Bool, isNew: Bool,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    if match.look(queue.now, every: rule.staleness) {
      match.seen = nodes.indices.map(load(of:))
    }
    guard let node = leastLoaded(of: rule.choices, for: jobs[job]) else {
      return wait(job: job, atHead: atHead, schedulesPatience: isNew, &queue)
    }
    if nodes[node].state == .idle {
      return start(job: job, alone(on: node, posted(on: node)), &queue)
    }
    jobs[job].wait(at: node)
    if atHead {
      match.queues[node].line.prepend(job, &jobs)
    } else {
      match.queues[node].line.append(job, &jobs)
    }
    match.queues[node].count += 1
    gauges.queuedJobs.change(by: 1, at: queue.now)
    if isNew { scheduleAbandonment(of: job, &queue) }
  }

  private func leastLoaded(of choices: Int, for job: JobRow) -> Int? {
    let needs = settings.demand.classes[Int(job.kind)].needs
    let hardware = settings.demand.classes[Int(job.kind)].hardware
    let total = hardware.reduce(0) { $0 + match.online.count(of: $1) }
    guard total > 0 else { return nil }
    var best: (node: Int, load: Int64)?
    func consider(_ number: Int) {
      var (place, number) = (0, number)
      while number >= match.online.count(of: hardware[place]) {
        number -= match.online.count(of: hardware[place])
        place += 1
      }
      let node = match.online.node(number, of: hardware[place])
      guard needs.allows(region: region(of: node)) else { return }
      let load = match.seen.isEmpty ? load(of: node) : match.seen[node]
      // The first one drawn wins among equals.
      if best.map({ load < $0.load }) ?? true { best = (node, load) }
    }
    var stream = luck.stream(.assignment, entity: job.identity, index: job.attempts)
    let count = min(choices, total)
    if needs.allowed == nil {
      for number in stream.distinct(count, below: total) { consider(number) }
    } else {
      // Draws go on until one of the regions allowed is found; after many, all are looked at.
      for _ in 0..<64 where best == nil { consider(Int(stream.below(UInt32(total)))) }
      for _ in 1..<max(count, 1) where best != nil {
        consider(Int(stream.below(UInt32(total))))
      }
      if best == nil { for number in 0..<total { consider(number) } }
    }
    return best?.node
  }

  /// Sends what waits at a node that is away to other nodes, first come first.
  mutating func emptyQueue(of node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard case .leastLoaded(let rule) = settings.matching else { return }
    while match.queues[node].line.head >= 0 {
      let job = Int(match.queues[node].line.head)
      leaveLine(job, queue.now)
      jobs[job].leaveQueue()
      join(job: job, rule, atHead: false, isNew: false, &queue)
    }
  }
}
