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
      return contracts.spotNodes.node(Int(stream.below(UInt32(count))), of: column)
    }
    return nil
  }

  /// Gives the node of a spot job to another job; the spot job goes back in line at once.
  mutating func take(_ node: Int, for job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let now = queue.now
    let victim = Int(nodes[node].link)
    let start = jobs[victim].start
    interval.lostHours += (now - start).inHours
    interval.lostInside += (now - max(start, health.lastMeasurement)).inHours
    interval.demand.preemptions += 1
    interval.restarts += 1
    work[node].busy += (now - max(start, lastSettlement)).microseconds
    gauges.busyNodes.change(by: -1, at: now)
    refund(job: victim)
    endContract(class: Int(jobs[victim].kind), on: node)
    jobs[victim].lose()
    idle.release(node, &nodes)
    self.start(job: job, on: node, &queue)
    requeue(job: victim, &queue)
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

  /// Pays an attempt out of credits, where there are enough [micro-dollars].
  mutating func payWithCredits(_ dollars: Int64, class kind: Int) -> Bool {
    guard users[kind].isPrepaid, users[kind].credits >= dollars else { return false }
    users[kind].credits -= dollars
    contracts.credits -= dollars
    jobs.deposits += dollars
    return true
  }

  /// A job of a class has left its node.
  mutating func endContract(class kind: Int, on node: Int) {
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
        settings.operators.types[Int(operators.type[slot])].hardware == column
          ? operators.online[slot] : 0
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
