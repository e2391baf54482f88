import Kernel

/// Nodes under contracts: those that spot jobs lose, and those that are set aside.
extension NetworkState {
  /// A node that serves a spot job and could serve this one, which is not spot.
  func spotNode(for job: Int) -> Int? {
    let kind = Int(jobs[job].kind)
    if users[kind].isSpot { return nil }
    for column in settings.demand.classes[kind].hardware {
      let count = contracts.spotNodes.count(of: column)
      if count == 0 { continue }
      var stream = luck.stream(
        .preemption, entity: jobs[job].identity, index: jobs[job].attempts)
      let first = Int(stream.below(UInt32(count)))
      if !trust.hasCopies || !isCopy(job) { return contracts.spotNodes.node(first, of: column) }
      for step in 0..<count {
        let node = contracts.spotNodes.node((first + step) % count, of: column)
        if isApart(job, from: node) { return node }
      }
    }
    return nil
  }

  /// Gives the node of a spot job to another job; the spot job goes back in line at once.
  mutating func take(_ node: Int, for job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let victim = Int(nodes[node].link)
    preempt(victim, on: node, queue.now)
    start(job: job, on: node, &queue)
    requeue(job: victim, &queue)
    if trust.hasCopies { retrySiblings(of: victim, &queue) }
  }

  /// Starts a job on nodes that are idle or serve spot jobs, which go back in line at once; what else
  /// they had is offered to others.
  mutating func take(
    _ wanted: [Int], rate: Double, for job: Int, _ queue: inout EventQueue<NetworkEvent>
  ) {
    var victims: [Int] = []
    var freed: [Int] = []
    for node in wanted where nodes[node].state == .serving {
      let victim = Int(nodes[node].link)
      victims.append(victim)
      freed += preempt(victim, on: node, queue.now)
    }
    link(wanted)
    start(job: job, Match(leader: wanted[0], rate: rate), &queue)
    for victim in victims {
      requeue(job: victim, &queue)
      if trust.hasCopies { retrySiblings(of: victim, &queue) }
    }
    for node in freed where nodes[node].state == .idle { offerByRule(node: node, &queue) }
  }

  /// Ends the attempt of a spot job, whose nodes are idle then.
  /// - Returns: these nodes.
  @discardableResult
  private mutating func preempt(_ victim: Int, on node: Int, _ now: SimTime) -> [Int] {
    let kind = Int(jobs[victim].kind)
    let start = jobs[victim].start
    let members = gang(ledBy: Int(jobs[victim].node))
    let lost = hoursLost(of: victim, on: node, elapsed: (now - start).inHours)
    for member in members {
      noteLost(lost, class: kind, on: member, since: start, now)
      stopWork(of: member, since: start, now)
    }
    interval.demand.preemptions += 1
    interval.restarts += 1
    if trust.hasCopies { noteLoss(of: victim, now) }
    refund(job: victim)
    endContract(class: kind, on: Int(jobs[victim].node))
    unassign(victim, now)
    for member in members { idle.release(member, &nodes) }
    return members
  }

  /// Notes that a job of a class starts on a node, and says what it pays of the price list [1].
  mutating func shareDue(class kind: Int, on node: Int, _ column: Int) -> Double {
    if users[kind].isSpot { contracts.spotNodes.insert(node, of: column) }
    guard users[kind].isReserved, users[kind].running < users[kind].reserved,
      settings.demand.classes[kind].hardware.first == column
    else { return users[kind].priceFactor }
    users[kind].running += 1
    contracts.isCovered[node] = true
    return 0
  }

  /// The same of a job on several nodes: its term covers all of them, or none.
  mutating func shareDue(class kind: Int, onAll members: [Int], _ column: Int) -> Double {
    if members.count == 1 { return shareDue(class: kind, on: members[0], column) }
    if users[kind].isSpot {
      for node in members { contracts.spotNodes.insert(node, of: column) }
    }
    guard users[kind].isReserved, users[kind].running + members.count <= users[kind].reserved,
      settings.demand.classes[kind].hardware.first == column
    else { return users[kind].priceFactor }
    users[kind].running += members.count
    for node in members { contracts.isCovered[node] = true }
    return 0
  }

  /// Pays an attempt out of credits, where there are enough [micro-dollars].
  mutating func payWithCredits(_ dollars: Int64, class kind: Int) -> Bool {
    guard users[kind].isPrepaid, users[kind].credits >= dollars else { return false }
    users[kind].credits -= dollars
    contracts.credits -= dollars
    jobs.deposits += dollars
    return true
  }

  /// A job of a class has left its nodes, of which one leads the others.
  mutating func endContract(class kind: Int, on leader: Int) {
    guard users[kind].isSpot || users[kind].isReserved else { return }
    for node in gang(ledBy: leader) { endContract(class: kind, onOne: node) }
  }

  private mutating func endContract(class kind: Int, onOne node: Int) {
    if users[kind].isSpot { contracts.spotNodes.remove(node, of: Int(nodes[node].hardware)) }
    if users[kind].isReserved, contracts.isCovered[node] {
      users[kind].running -= 1
      contracts.isCovered[node] = false
    }
  }

  /// Whether all of the idle nodes of a hardware class are kept for other classes than this one.
  func isSetAside(_ count: UInt32, of column: Int, from kind: Int) -> Bool {
    var kept = 0
    for other in users.indices where other != kind && users[other].isReserved {
      if settings.demand.classes[other].hardware.first == column {
        kept += max(0, users[other].reserved - users[other].running)
      }
    }
    return Int(count) <= kept
  }

  /// Of the idle nodes of a hardware class, how many a job may take where it takes one in a region,
  /// `[regions]`: what is left when those are kept that are set aside for other classes, for each of
  /// these by itself and for all of them together. Nil where none is set aside.
  func sparedNodes(of column: Int, from kind: Int) -> [Int]? {
    guard contracts.hasReserved else { return nil }
    let keepers = users.indices.filter {
      $0 != kind && users[$0].isReserved && users[$0].reserved > users[$0].running
        && settings.demand.classes[$0].hardware.first == column
    }
    if keepers.isEmpty { return nil }
    var there = [Int](repeating: 0, count: max(1, settings.regions.count))
    for number in 0..<idle.count(of: column) {
      let node = idle.node(number, of: column)
      if !match.leaving.contains(node) { there[region(of: node)] += 1 }
    }
    func allows(_ keeper: Int, _ region: Int) -> Bool {
      settings.demand.classes[keeper].needs.allows(region: region)
    }
    func spare(_ keepers: [Int]) -> Int {
      let usable = there.indices.reduce(0) { sum, region in
        keepers.contains { allows($0, region) } ? sum + there[region] : sum
      }
      return keepers.reduce(usable) { $0 - (users[$1].reserved - users[$1].running) }
    }
    return there.indices.map { region in
      let here = keepers.filter { allows($0, region) }
      return here.isEmpty ? .max : here.reduce(spare(here)) { min($0, spare([$1])) }
    }
  }

  /// Whether an idle node is not set aside from a job.
  func isSpared(_ node: Int, for job: JobRow) -> Bool {
    sparedNodes(of: Int(nodes[node].hardware), from: Int(job.kind))
      .map { $0[region(of: node)] > 0 } ?? true
  }

  /// Looks up how many nodes are set aside.
  mutating func reserve(on day: Double) {
    guard contracts.hasReserved else { return }
    for index in users.indices {
      guard let terms = settings.demand.classes[index].contract.reserved else { continue }
      users[index].reserved = terms.holds(on: day) ? terms.nodes : 0
    }
  }

  /// Looks up again how many nodes are set aside; those that no longer are take jobs that wait.
  mutating func renewReservations(_ queue: inout EventQueue<NetworkEvent>) {
    guard contracts.hasReserved else { return }
    let before = users.map(\.reserved)
    reserve(on: queue.now.inDays)
    for index in users.indices where users[index].reserved < before[index] {
      guard let column = settings.demand.classes[index].hardware.first else { continue }
      var count = idle.count(of: column)
      while count > 0 {
        offer(node: idle.node(0, of: column), &queue)
        if idle.count(of: column) == count { break }
        count = idle.count(of: column)
      }
    }
  }

  /// Users pay for the nodes set aside since the last settlement, as far as such nodes were online;
  /// the fee is the operators' by the time their nodes of that kind were.
  mutating func payReservations() {
    guard contracts.hasReserved, !isCut(.nodesToRevenue) else { return }
    for index in users.indices where users[index].reserved > 0 {
      guard let terms = settings.demand.classes[index].contract.reserved,
        let column = settings.demand.classes[index].hardware.first
      else { continue }
      let weights = (0..<operators.count).map { slot in
        let isMeant =
          settings.operators.types[Int(operators.type[slot])].hardware == column
          && settings.demand.classes[index].needs.allows(region: Int(operators.region[slot]))
        return isMeant ? operators.online[slot] : 0
      }
      let online = Double(weights.reduce(0, +)) / 3.6e9
      let hours = min(Double(users[index].reserved) * settings.epoch.inHours, online)
      let price = settings.hardware[column].hourlyPrice * priceLevel
      let fee = microdollars(min(hours * price * (1 - terms.discount), 1e9))
      if fee == 0 { continue }
      let due = Int64(
        Elementary.rounded(min((1 - terms.discount) * (price * hours), 1e9) * 1e6))
      var shares = [Int64](repeating: 0, count: operators.count)
      Split.largestRemainder(of: fee, by: weights, into: &shares)
      for slot in shares.indices { operators.owed[slot] += shares[slot] }
      ledger.depositInEscrow(fee, expected: due)
      interval.demand.reservationFees += Double(fee) / 1e6
      bill(class: index, Double(fee) / 1e6)
    }
  }

  /// Notes what a class paid beside the price of its jobs [USD]; below 0 where it got something back.
  mutating func bill(class index: Int, _ dollars: Double) {
    users[index].totals.usefulCost += dollars
    users[index].paid += dollars
  }
}
