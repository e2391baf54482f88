import Kernel

/// Matching where more is asked for than a random idle node for a job of one GPU.
extension NetworkState {
  /// Nodes that a job gets: the first, the others linked behind it, and what an hour of each costs.
  struct Match {
    let leader: Int
    /// Price of an hour of a GPU [USD/GPU-h].
    let rate: Double
  }

  /// What chances of a node are in proportion to, under the weighted rule; the same for all where
  /// nobody keeps it.
  func matchWeight(of node: Int) -> Double {
    guard trust.isOn, case .weighted(let rule) = settings.matching else { return 1 }
    switch rule.by {
    case .reputation: return reputation(of: node)
    case .stake:
      guard settings.collateral != nil else { return 1 }
      let owner = Int(nodeOwners[node])
      let nodes = max(1, registeredNodes(of: owner))
      return Double(trust.staked[owner]) / stakeUnits / Double(nodes)
    }
  }

  func region(of node: Int) -> Int { Int(operators.region[Int(nodeOwners[node])]) }

  /// The region that a job's user is in, always the same one.
  func userRegion(of job: JobRow) -> Int {
    userRegion(of: job.identity, class: Int(job.kind))
  }

  func userRegion(of identity: UInt64, class kind: Int) -> Int {
    let users = settings.demand.classes[kind].needs.users
    if users.isOne { return users.column(at: 0) }
    var stream = luck.stream(.userRegion, entity: identity)
    return users.column(at: stream.uniform())
  }

  /// Starts a job on the nodes that the rule gives it, or puts it in line.
  @inline(never)
  mutating func placeByRule(
    job: Int, atHead: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if case .leastLoaded(let rule) = settings.matching {
      join(job: job, rule, atHead: atHead, isNew: true, &queue)
    } else if let match = choose(for: job, queue.now) {
      start(job: job, match, &queue)
    } else if contracts.hasSpot, let taken = chooseToTake(for: job) {
      take(taken.nodes, rate: taken.rate, for: job, &queue)
    } else {
      wait(job: job, atHead: atHead, &queue)
    }
  }

  /// Gives an idle node work, the job that came first among those it can serve, if any waits.
  @inline(never)
  mutating func offerByRule(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if match.leaving.contains(node) { return }
    if drains.areUsed, leaveIfDrained(node, &queue) { return }
    var after: UInt64 = 0
    while nodes[node].state == .idle {
      if match.hasNodeQueues, match.queues[node].line.head >= 0 {
        let job = Int(match.queues[node].line.head)
        leaveLine(job, queue.now)
        return start(job: job, alone(on: node, posted(on: node)), &queue)
      }
      guard let job = firstInLine(servedBy: node, after: after) else { return }
      after = turn(of: jobs[job])
      let needs = settings.demand.classes[Int(jobs[job].kind)].needs
      if needs.gpus == 1 {
        guard isSpared(node, for: jobs[job]), let rate = loneRate(of: node, for: jobs[job]) else {
          continue
        }
        leaveLine(job, queue.now)
        return start(job: job, alone(on: node, rate), &queue)
      }
      guard needs.allows(region: region(of: node)) else { continue }
      if let match = choose(for: job, queue.now) {
        leaveLine(job, queue.now)
        start(job: job, match, &queue)
        if needs.holdsNodes { offerIdleNodes(&queue) }
        after = 0
      } else if needs.holdsNodes {
        return
      }
    }
  }

  /// Starts a job that waits in line, where idle nodes can take it now.
  mutating func retryByRule(job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard let match = choose(for: job, queue.now) else { return }
    leaveLine(job, queue.now)
    start(job: job, match, &queue)
  }

  /// Looks through all idle nodes again: something that kept them from the jobs in line has gone.
  mutating func offerIdleNodes(_ queue: inout EventQueue<NetworkEvent>) {
    guard lines.contains(where: { $0.head >= 0 }) else { return }
    for column in settings.hardware.indices {
      let idleNow = (0..<idle.count(of: column)).map { idle.node($0, of: column) }
      for node in idleNow where nodes[node].state == .idle { offerByRule(node: node, &queue) }
    }
  }

  /// What a rule needs when a node has gone: its job is lost, those that shared it are free, and
  /// what waited at it waits elsewhere.
  ///
  /// - Parameter lost: hours of the node that nothing is left of, and so of each that shared the job.
  @inline(never)
  mutating func leave(
    node: Int, was before: NodeState, job: Int, lost: Double,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    if match.hasNodeQueues, before.isOnline {
      match.online.remove(node, of: Int(nodes[node].hardware))
    }
    if before == .serving {
      noteWork(of: node, since: jobs[job].start, queue.now)
      let others = freeOthers(of: job, but: node, lost: lost, queue.now)
      lose(job: job, &queue)
      for other in others { offerByRule(node: other, &queue) }
    }
    if match.hasNodeQueues { emptyQueue(of: node, &queue) }
  }

  /// Ends a finished job on all its nodes, pays them alike and offers them other work.
  @inline(never)
  mutating func release(
    _ job: JobRow, paying dollars: Int64, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let members = gang(ledBy: Int(job.node))
    let column = Int(nodes[members[0]].hardware)
    match.served[Int(job.kind) * settings.hardware.count + column] += job.work
    for node in members { endWork(of: node, since: job.start, queue.now) }
    owe(dollars, to: members)
    for node in members { offerByRule(node: node, &queue) }
  }

  /// Takes a job out of the line in which it waits.
  mutating func leaveLine(_ job: Int, _ now: SimTime) {
    if let node = jobs[job].queueNode {
      match.queues[node].line.remove(job, &jobs)
      match.queues[node].count -= 1
    } else {
      lines[Int(jobs[job].kind)].remove(job, &jobs)
    }
    gauges.queuedJobs.change(by: -1, at: now)
  }
}
