import Kernel

/// Starting and ending jobs on one node or on several at once.
extension NetworkState {
  mutating func start(job: Int, _ match: Match, _ queue: inout EventQueue<NetworkEvent>) {
    redrawWork(of: job)
    let column = Int(nodes[match.leader].hardware)
    if jobs[job].attempts == 0 {
      let delay = (queue.now - jobs[job].arrival).inSeconds
      self.match.waits[Int(jobs[job].kind)].add(delay)
    }
    let members = gang(ledBy: match.leader)
    for node in members { idle.assign(job, to: node, &nodes) }
    gauges.busyNodes.change(by: members.count, at: queue.now)
    let gpus = Double(members.count)
    let kind = Int(jobs[job].kind)
    let share =
      users[kind].paysPlainly
      ? users[kind].priceFactor : shareDue(class: kind, onAll: members, column)
    let rate = isCut(.nodesToRevenue) ? 0 : match.rate * gpus * share
    let speed = settings.speed(of: column, for: kind) * gpus
    let hours =
      savesProgress
      ? hoursFromCheckpoint(job: job, on: match.leader, speed: speed) : jobs[job].work / speed
    let fixed = savesProgress ? priceLeft(of: job) : jobs[job].fixedPrice
    let dollars = payAhead(
      class: kind, fixed: fixed, rate: rate, hours: hours, at: queue.now)
    if !contracts.uptimes.isEmpty { noteUp(job, queue.now) }
    start(job: job, on: match.leader, hours: hours, dollars: dollars, &queue)
    if trust.hasCopies { noteStart(of: job, on: match.leader, queue.now) }
  }

  /// The nodes of the gang that one of them leads, itself first.
  func gang(ledBy leader: Int) -> [Int] {
    if match.nextOfGang.isEmpty { return [leader] }
    var members = [leader]
    var node = match.nextOfGang[leader]
    while node >= 0 {
      members.append(Int(node))
      node = match.nextOfGang[Int(node)]
    }
    return members
  }

  /// Nodes that a job runs on [1].
  func width(of job: Int) -> Int {
    match.nextOfGang.isEmpty ? 1 : gang(ledBy: Int(jobs[job].node)).count
  }

  /// Work an hour of all the nodes that a job runs on, against its reference GPU [1].
  func speed(of job: Int) -> Double {
    let column = Int(nodes[Int(jobs[job].node)].hardware)
    return settings.speed(of: column, for: Int(jobs[job].kind)) * Double(width(of: job))
  }

  mutating func alone(on node: Int, _ rate: Double) -> Match {
    if !match.nextOfGang.isEmpty { match.nextOfGang[node] = -1 }
    return Match(leader: node, rate: rate)
  }

  /// Makes a gang of nodes, the first of which leads it.
  mutating func link(_ members: [Int]) {
    if match.nextOfGang.isEmpty { return }
    for (node, next) in zip(members, members.dropFirst() + [-1]) {
      match.nextOfGang[node] = Int32(next)
    }
  }

  /// Makes a node idle that has worked since `start`.
  mutating func endWork(of node: Int, since start: SimTime, _ now: SimTime) {
    stopWork(of: node, since: start, now)
    idle.release(node, &nodes)
  }

  /// Counts the work of a node that ends, and leaves the node as it is.
  mutating func stopWork(of node: Int, since start: SimTime, _ now: SimTime) {
    noteWork(of: node, since: start, now)
    gauges.busyNodes.change(by: -1, at: now)
    work[node].busy += (now - max(start, lastSettlement)).microseconds
  }

  mutating func noteWork(of node: Int, since start: SimTime, _ now: SimTime) {
    if !match.worked.isEmpty { match.worked[node] += (now - start).microseconds }
  }

  /// Frees the other nodes of a job that has lost one; of their hours as many are lost.
  mutating func freeOthers(
    of job: Int, but gone: Int, lost hours: Double, _ now: SimTime
  ) -> [Int] {
    let start = jobs[job].start
    let others = gang(ledBy: Int(jobs[job].node)).filter { $0 != gone }
    for node in others {
      noteLost(hours, class: Int(jobs[job].kind), on: node, since: start, now)
      endWork(of: node, since: start, now)
    }
    return others
  }

  /// Pays nodes alike; the first ones take the units that do not divide.
  mutating func owe(_ dollars: Int64, to members: [Int]) {
    let (share, rest) = dollars.quotientAndRemainder(dividingBy: Int64(members.count))
    for (place, node) in members.enumerated() { work[node].owed += share + (place < rest ? 1 : 0) }
  }

  /// The asked price of a node [USD/GPU-h].
  func posted(on node: Int) -> Double {
    settings.hardware[Int(nodes[node].hardware)].hourlyPrice * priceLevel
  }
}
