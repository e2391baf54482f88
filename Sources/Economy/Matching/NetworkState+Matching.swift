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
    let users = settings.demand.classes[Int(job.kind)].needs.users
    if users.isOne { return users.column(at: 0) }
    var stream = luck.stream(.userRegion, entity: job.identity)
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
      after = jobs[job].order
      let needs = settings.demand.classes[Int(jobs[job].kind)].needs
      if needs.gpus == 1 {
        guard let rate = loneRate(of: node, for: jobs[job]) else { continue }
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
  @inline(never)
  mutating func leave(
    node: Int, was before: NodeState, job: Int, _ queue: inout EventQueue<NetworkEvent>
  ) {
    if match.hasNodeQueues, before.isOnline {
      match.online.remove(node, of: Int(nodes[node].hardware))
    }
    if before == .serving {
      noteWork(of: node, since: jobs[job].start, queue.now)
      let others = freeOthers(of: job, but: node, queue.now)
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
    let (share, rest) = dollars.quotientAndRemainder(dividingBy: Int64(members.count))
    for (place, node) in members.enumerated() {
      endWork(of: node, since: job.start, queue.now)
      // The first ones take the units that do not divide.
      work[node].owed += share + (place < rest ? 1 : 0)
    }
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

// Starting and ending on several nodes.
extension NetworkState {
  private mutating func start(
    job: Int, _ match: Match, _ queue: inout EventQueue<NetworkEvent>
  ) {
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
    let rate = isCut(.nodesToRevenue) ? 0 : match.rate * gpus * users[kind].priceFactor
    let speed = settings.speed(of: column, for: kind) * gpus
    let hours =
      savesProgress
      ? hoursFromCheckpoint(job: job, on: match.leader, speed: speed) : jobs[job].work / speed
    let fixed = savesProgress ? priceLeft(of: job) : jobs[job].fixedPrice
    let dollars = payAhead(class: kind, fixed: fixed, rate: rate, hours: hours)
    start(job: job, on: match.leader, hours: hours, dollars: dollars, &queue)
  }

  /// The nodes of the gang that one of them leads, itself first.
  private func gang(ledBy leader: Int) -> [Int] {
    if match.nextOfGang.isEmpty { return [leader] }
    var members = [leader]
    var node = match.nextOfGang[leader]
    while node >= 0 {
      members.append(Int(node))
      node = match.nextOfGang[Int(node)]
    }
    return members
  }

  private mutating func alone(on node: Int, _ rate: Double) -> Match {
    if !match.nextOfGang.isEmpty { match.nextOfGang[node] = -1 }
    return Match(leader: node, rate: rate)
  }

  /// Makes a node idle that has worked since `start`.
  private mutating func endWork(of node: Int, since start: SimTime, _ now: SimTime) {
    noteWork(of: node, since: start, now)
    gauges.busyNodes.change(by: -1, at: now)
    work[node].busy += (now - max(start, lastSettlement)).microseconds
    idle.release(node, &nodes)
  }

  private mutating func noteWork(of node: Int, since start: SimTime, _ now: SimTime) {
    if !match.worked.isEmpty { match.worked[node] += (now - start).microseconds }
  }

  /// Frees the other nodes of a job that has lost one; what they did for it is lost too.
  private mutating func freeOthers(of job: Int, but lost: Int, _ now: SimTime) -> [Int] {
    let start = jobs[job].start
    let others = gang(ledBy: Int(jobs[job].node)).filter { $0 != lost }
    for node in others {
      interval.lostHours += (now - start).inHours
      interval.lostInside += (now - max(start, health.lastMeasurement)).inHours
      endWork(of: node, since: start, now)
    }
    return others
  }

  /// The asked price of a node [USD/GPU-h].
  private func posted(on node: Int) -> Double {
    settings.hardware[Int(nodes[node].hardware)].hourlyPrice * priceLevel
  }
}

// Choosing among idle nodes.
extension NetworkState {
  /// The idle nodes that a job gets, linked; nil where there are not enough.
  private mutating func choose(for job: Int, _ now: SimTime) -> Match? {
    let row = jobs[job]
    let needs = settings.demand.classes[Int(row.kind)].needs
    let keepers = classesKeepingNodes(from: row)
    if needs.isPlain, keepers.isEmpty, let quick = quickChoice(for: row) {
      return quick < 0 ? nil : alone(on: quick, posted(on: quick))
    }
    if case .leastWorked(let rule) = settings.matching, match.look(now, every: rule.staleness) {
      match.seen = match.worked
    }
    var candidates: [Candidate] = []
    swap(&candidates, &match.scratch)
    candidates.removeAll(keepingCapacity: true)
    gather(&candidates, for: row, needs, keepers: keepers)
    let found =
      needs.gpus == 1 ? first(of: candidates) : firstGang(of: needs.gpus, in: &candidates)
    var choice: Match?
    if let found {
      let nodes = found.range.map { Int(candidates[$0].node) }
      link(nodes)
      let last = candidates[found.range.upperBound - 1]
      choice = Match(
        leader: nodes[0], rate: rate(of: nodes[0], for: row, last.rank, next: found.next))
    }
    swap(&candidates, &match.scratch)
    return choice
  }

  /// A node for a job that asks for nothing special, under rules that need no comparison: -1 where
  /// none is idle; nil under other rules.
  private func quickChoice(for job: JobRow) -> Int? {
    let hardware = settings.demand.classes[Int(job.kind)].hardware
    var best: (column: Int, price: Double)?
    switch settings.matching {
    case .randomIdle:
      best = hardware.first { idle.count(of: $0) > 0 }.map { ($0, 0) }
    case .postedPrice:
      for column in hardware where idle.count(of: column) > 0 {
        let price = workPrice(of: column, for: Int(job.kind))
        if best.map({ price < $0.price }) ?? true { best = (column, price) }
      }
    case .cheapestBid, .nearest, .leastLoaded, .weighted, .leastWorked: return nil
    }
    guard let best else { return -1 }
    var stream = luck.stream(.assignment, entity: job.identity, index: job.attempts)
    return idle.node(stream.below(idle.count(of: best.column)), of: best.column)
  }

  private func workPrice(of column: Int, for kind: Int) -> Double {
    settings.hardware[column].hourlyPrice / settings.speed(of: column, for: kind)
  }

  private mutating func link(_ members: [Int]) {
    if match.nextOfGang.isEmpty { return }
    for (node, next) in zip(members, members.dropFirst() + [-1]) {
      match.nextOfGang[node] = Int32(next)
    }
  }

  /// The idle nodes that may serve a job, or as many of them as the rule looks at.
  ///
  /// - Parameter keepers: classes that keep the nodes that they could use.
  private func gather(
    _ candidates: inout [Candidate], for job: JobRow, _ needs: Requirements, keepers: [Int]
  ) {
    let hardware = settings.demand.classes[Int(job.kind)].hardware
    let total = hardware.reduce(0) { $0 + Int(idle.count(of: $1)) }
    guard total >= needs.gpus else { return }
    var stream = luck.stream(.assignment, entity: job.identity, index: job.attempts)
    let salt = stream.nextWord64()
    let user = userRegion(of: job)
    func consider(_ number: Int, of place: Int) {
      let node = idle.node(UInt32(number), of: hardware[place])
      let region = region(of: node)
      guard needs.allows(region: region), !match.leaving.contains(node) else { return }
      let isKept = keepers.contains { kind in
        settings.demand.classes[kind].needs.allows(region: region)
          && settings.demand.classes[kind].hardware.contains(hardware[place])
      }
      guard !isKept else { return }
      let lot = Self.lot(salt, nodeIdentities[node])
      let rank = rank(of: node, hardware[place], place, lot, region: region, user: user, job)
      guard rank < .infinity else { return }
      let group =
        switch needs.gang {
        case .anywhere: 0
        case .region: region
        case .operator: Int(nodeOwners[node])
        }
      candidates.append(
        Candidate(
          node: UInt32(node), group: UInt64(place) << 32 | UInt64(group), rank: rank, lot: lot))
    }
    if let among = settings.matching.among, total > max(among, needs.gpus) {
      for number in stream.distinct(max(among, needs.gpus), below: total) {
        var (place, number) = (0, number)
        while number >= Int(idle.count(of: hardware[place])) {
          number -= Int(idle.count(of: hardware[place]))
          place += 1
        }
        consider(number, of: place)
      }
    } else {
      for place in hardware.indices {
        for number in 0..<Int(idle.count(of: hardware[place])) { consider(number, of: place) }
      }
    }
  }

  /// A node's number in the lottery of a job: of the job's draw and the node's identity, so that it
  /// depends neither on who else is idle nor on where nodes stand in memory.
  ///
  /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
  private static func lot(_ salt: UInt64, _ identity: UInt64) -> UInt64 {
    var bits = identity ^ salt
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// What candidates are compared by; infinite where one will not do.
  private func rank(
    of node: Int, _ column: Int, _ place: Int, _ lot: UInt64, region: Int, user: Int, _ job: JobRow
  ) -> Double {
    let kind = Int(job.kind)
    switch settings.matching {
    case .randomIdle, .leastLoaded: return Double(place)
    case .postedPrice: return workPrice(of: column, for: kind)
    case .cheapestBid(let rule):
      return bid(of: node, rule).map { $0 / settings.speed(of: column, for: kind) } ?? .infinity
    case .nearest: return settings.roundTrips.between(user, region)
    case .leastWorked: return Double(match.seen.isEmpty ? match.worked[node] : match.seen[node])
    case .weighted:
      // The first of exponential clocks with these rates is a lot with chances in proportion, and
      // so on for the next ones.
      let uniform = (Double(lot >> 12) + 0.5) * 0x1p-52
      return -Elementary.log(uniform) / matchWeight(of: node)
    }
  }

  /// What a node asks for an hour; nil where that is above the reserve [USD/GPU-h].
  private func bid(of node: Int, _ rule: CheapestBid) -> Double? {
    let slot = Int(nodeOwners[node])
    let type = settings.operators.types[Int(nodes[node].type)]
    let kilowatts = settings.hardware[Int(nodes[node].hardware)].busyWatts / 1000
    let power = kilowatts * operators.tariff[slot] * electricityFactor
    let cost = (power + type.costs.operating / Span.hoursPerDay) * operators.costFactor[slot]
    let bid = cost * (1 + rule.markup) * match.bidFactors[node]
    return bid <= rule.reserveShare * posted(on: node) ? bid : nil
  }

  /// The best candidate, and what the second best asks for the work.
  private func first(
    of candidates: [Candidate]
  ) -> (range: Range<Int>, next: Double)? {
    guard !candidates.isEmpty else { return nil }
    func isBefore(_ one: Candidate, _ other: Candidate) -> Bool {
      // Of equals the preferred hardware, then the lot.
      one.rank == other.rank && one.group >> 32 != other.group >> 32
        ? one.group < other.group : one.precedes(other)
    }
    var best = 0
    var next = Double.infinity
    for index in 1..<max(candidates.count, 1) {
      if isBefore(candidates[index], candidates[best]) {
        next = candidates[best].rank
        best = index
      } else {
        next = min(next, candidates[index].rank)
      }
    }
    return (best..<best + 1, next)
  }

  /// The nodes of one group that together rank lowest, side by side, and the rank of the next one.
  private func firstGang(
    of gpus: Int, in candidates: inout [Candidate]
  ) -> (range: Range<Int>, next: Double)? {
    candidates.sort { $0.group != $1.group ? $0.group < $1.group : $0.precedes($1) }
    var best: (range: Range<Int>, next: Double, total: Double)?
    var begin = 0
    while begin < candidates.count {
      let group = candidates[begin].group
      let end = candidates[begin...].firstIndex { $0.group != group } ?? candidates.count
      if end - begin >= gpus {
        let range = begin..<begin + gpus
        let total = candidates[range].reduce(0) { $0 + $1.rank }
        let isBest =
          best.map {
            let other = candidates[$0.range.lowerBound]
            if total != $0.total { return total < $0.total }
            let isSameHardware = group >> 32 == other.group >> 32
            return isSameHardware && candidates[begin].lot < other.lot
          } ?? true
        if isBest {
          best = (
            range, range.upperBound < end ? candidates[range.upperBound].rank : .infinity, total
          )
        }
      }
      begin = end
    }
    return best.map { ($0.range, $0.next) }
  }

  /// What an hour costs on the nodes chosen [USD/GPU-h].
  ///
  /// - Parameters:
  ///   - rank: of the last of them.
  ///   - next: of the first that was not chosen.
  private func rate(of node: Int, for job: JobRow, _ rank: Double, next: Double) -> Double {
    guard case .cheapestBid(let rule) = settings.matching else { return posted(on: node) }
    let speed = settings.speed(of: Int(nodes[node].hardware), for: Int(job.kind))
    switch rule.pays {
    case .winning: return rank * speed
    case .second: return min(next * speed, rule.reserveShare * posted(on: node))
    }
  }

  /// What an hour costs on a node to which one job is offered; nil where it cannot serve it
  /// [USD/GPU-h].
  private func loneRate(of node: Int, for job: JobRow) -> Double? {
    let needs = settings.demand.classes[Int(job.kind)].needs
    guard needs.allows(region: region(of: node)) else { return nil }
    if case .weighted = settings.matching, matchWeight(of: node) == 0 { return nil }
    guard case .cheapestBid(let rule) = settings.matching else { return posted(on: node) }
    let speed = settings.speed(of: Int(nodes[node].hardware), for: Int(job.kind))
    return bid(of: node, rule).map { rate(of: node, for: job, $0 / speed, next: .infinity) }
  }

  /// The job that came first, after one that was looked at, among the first in lines that a node can
  /// serve.
  private func firstInLine(servedBy node: Int, after order: UInt64) -> Int? {
    let column = Int(nodes[node].hardware)
    var first: Int?
    for kind in lines.indices {
      let head = Int(lines[kind].head)
      if head >= 0, jobs[head].order > order,
        settings.demand.classes[kind].hardware.contains(column),
        first.map({ jobs[head].order < jobs[$0].order }) ?? true
      {
        first = head
      }
    }
    return first
  }

  /// Classes whose first job in line came before a job and keeps idle nodes from it.
  private func classesKeepingNodes(from job: JobRow) -> [Int] {
    var keepers: [Int] = []
    for kind in lines.indices {
      let head = Int(lines[kind].head)
      if head >= 0, settings.demand.classes[kind].needs.holdsNodes, jobs[head].order < job.order {
        keepers.append(kind)
      }
    }
    return keepers
  }
}

// Lines at nodes.
extension NetworkState {
  /// Jobs that a node serves or that wait at it.
  func load(of node: Int) -> Int64 {
    Int64(match.queues[node].count) + (nodes[node].state == .serving ? 1 : 0)
  }

  /// Sends a job to the least loaded of a few nodes that are online, or to the line of its class
  /// where there is none.
  private mutating func join(
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
  private mutating func emptyQueue(of node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard case .leastLoaded(let rule) = settings.matching else { return }
    while match.queues[node].line.head >= 0 {
      let job = Int(match.queues[node].line.head)
      leaveLine(job, queue.now)
      jobs[job].leaveQueue()
      join(job: job, rule, atHead: false, isNew: false, &queue)
    }
  }
}

extension RandomStream {
  /// Different whole numbers of `0 ..< n`, in the order of drawing.
  fileprivate mutating func distinct(_ count: Int, below n: Int) -> [Int] {
    var drawn: [Int] = []
    while drawn.count < min(count, n) {
      let number = Int(below(UInt32(n)))
      if !drawn.contains(number) { drawn.append(number) }
    }
    return drawn
  }
}
