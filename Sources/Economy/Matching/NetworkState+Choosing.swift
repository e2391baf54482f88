import Kernel

/// Choosing among idle nodes.
extension NetworkState {
  /// The idle nodes that a job gets, linked; nil where there are not enough.
  mutating func choose(for job: Int, _ now: SimTime) -> Match? {
    let row = jobs[job]
    let needs = settings.demand.classes[Int(row.kind)].needs
    let keepers = classesKeepingNodes(from: row)
    let isCopy = trust.hasCopies && isCopy(job)
    if needs.isPlain, keepers.isEmpty, !isCopy, !users[Int(row.kind)].isReserved,
      let quick = quickChoice(for: row)
    {
      return quick < 0 ? nil : alone(on: quick, posted(on: quick))
    }
    if case .leastWorked(let rule) = settings.matching, match.look(now, every: rule.staleness) {
      match.seen = match.worked
    }
    var candidates: [Candidate] = []
    swap(&candidates, &match.scratch)
    candidates.removeAll(keepingCapacity: true)
    gather(&candidates, for: job, needs, keepers: keepers)
    var choice: Match?
    if let (nodes, rate) = best(of: &candidates, for: row, needs) {
      link(nodes)
      choice = Match(leader: nodes[0], rate: rate)
    }
    swap(&candidates, &match.scratch)
    return choice
  }

  /// Nodes for a job that finds too few idle ones: those, and nodes that serve spot jobs, of which it
  /// takes as few as will do; nil where they are too few together, and for spot jobs.
  mutating func chooseToTake(for job: Int) -> (nodes: [Int], rate: Double)? {
    let row = jobs[job]
    guard !users[Int(row.kind)].isSpot else { return nil }
    let needs = settings.demand.classes[Int(row.kind)].needs
    var candidates: [Candidate] = []
    gather(
      &candidates, for: job, needs, keepers: classesKeepingNodes(from: row), takesBack: true)
    return best(of: &candidates, for: row, needs)
  }

  private func best(
    of candidates: inout [Candidate], for job: JobRow, _ needs: Requirements
  ) -> (nodes: [Int], rate: Double)? {
    let found =
      needs.gpus == 1 ? first(of: candidates) : firstGang(of: needs.gpus, in: &candidates)
    guard let found else { return nil }
    let nodes = found.range.map { Int(candidates[$0].node) }
    let last = candidates[found.range.upperBound - 1]
    return (nodes, rate(of: nodes[0], for: job, last.rank, next: found.next))
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

  /// The idle nodes that may serve a job, or as many of them as the rule looks at.
  ///
  /// - Parameters:
  ///   - slot: the job's.
  ///   - keepers: classes that keep the nodes that they could use.
  ///   - takesBack: whether nodes that serve spot jobs are among them; the rule then looks at all.
  private func gather(
    _ candidates: inout [Candidate], for slot: Int, _ needs: Requirements, keepers: [Int],
    takesBack: Bool = false
  ) {
    let job = jobs[slot]
    let kind = Int(job.kind)
    let hardware = settings.demand.classes[kind].hardware
    let total = hardware.reduce(0) { $0 + Int(idle.count(of: $1)) }
    guard takesBack || total >= needs.gpus else { return }
    var stream = luck.stream(
      takesBack ? .preemption : .assignment, entity: job.identity, index: job.attempts)
    let salt = stream.nextWord64()
    let user = userRegion(of: job)
    let isCopy = trust.hasCopies && isCopy(slot)
    let spared = hardware.map { sparedNodes(of: $0, from: kind) }
    func consider(_ number: Int, of place: Int) {
      let node = idle.node(UInt32(number), of: hardware[place])
      if let spared = spared[place], spared[region(of: node)] < needs.gpus { return }
      consider(node: node, of: place, tier: 0)
    }
    func consider(node: Int, of place: Int, tier: UInt8) {
      let region = region(of: node)
      guard needs.allows(region: region), !match.leaving.contains(node) else { return }
      if isCopy, !isApart(slot, from: node) { return }
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
          node: UInt32(node), tier: tier, group: UInt64(place) << 32 | UInt64(group), rank: rank,
          lot: lot))
    }
    if takesBack {
      for place in hardware.indices {
        for number in 0..<contracts.spotNodes.count(of: hardware[place]) {
          consider(node: contracts.spotNodes.node(number, of: hardware[place]), of: place, tier: 1)
        }
      }
    }
    if !takesBack, let among = settings.matching.among, total > max(among, needs.gpus) {
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

  /// The nodes of one group that together rank lowest, side by side, and the rank of the next one;
  /// first of all as few as will do that have to be taken from other jobs.
  private func firstGang(
    of gpus: Int, in candidates: inout [Candidate]
  ) -> (range: Range<Int>, next: Double)? {
    candidates.sort { $0.group != $1.group ? $0.group < $1.group : $0.precedes($1) }
    var best: (range: Range<Int>, next: Double, total: Double, taken: Int)?
    var begin = 0
    while begin < candidates.count {
      let group = candidates[begin].group
      let end = candidates[begin...].firstIndex { $0.group != group } ?? candidates.count
      if end - begin >= gpus {
        let range = begin..<begin + gpus
        let total = candidates[range].reduce(0) { $0 + $1.rank }
        let taken = candidates[range].reduce(0) { $0 + Int($1.tier) }
        let isBest =
          best.map {
            let other = candidates[$0.range.lowerBound]
            if taken != $0.taken { return taken < $0.taken }
            if total != $0.total { return total < $0.total }
            let isSameHardware = group >> 32 == other.group >> 32
            return isSameHardware && candidates[begin].lot < other.lot
          } ?? true
        if isBest {
          best = (
            range, range.upperBound < end ? candidates[range.upperBound].rank : .infinity, total,
            taken
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
  func loneRate(of node: Int, for job: JobRow) -> Double? {
    let needs = settings.demand.classes[Int(job.kind)].needs
    guard needs.allows(region: region(of: node)) else { return nil }
    if case .weighted = settings.matching, matchWeight(of: node) == 0 { return nil }
    guard case .cheapestBid(let rule) = settings.matching else { return posted(on: node) }
    let speed = settings.speed(of: Int(nodes[node].hardware), for: Int(job.kind))
    return bid(of: node, rule).map { rate(of: node, for: job, $0 / speed, next: .infinity) }
  }

  /// The job that came first, after one that was looked at, among the first in lines that a node can
  /// serve.
  func firstInLine(servedBy node: Int, after order: UInt64) -> Int? {
    let column = Int(nodes[node].hardware)
    var first: Int?
    for kind in lines.indices {
      let head =
        trust.hasCopies ? firstApart(in: kind, from: node) : Int(lines[kind].head)
      if head >= 0, turn(of: jobs[head]) > order,
        settings.demand.classes[kind].hardware.contains(column),
        first.map({ turn(of: jobs[head]) < turn(of: jobs[$0]) }) ?? true
      {
        first = head
      }
    }
    return first
  }

  /// When a job's turn comes: spot jobs behind all others, then by arrival.
  func turn(of job: JobRow) -> UInt64 {
    contracts.hasSpot && users[Int(job.kind)].isSpot ? job.order | 1 << 63 : job.order
  }

  /// Classes whose first job in line came before a job and keeps idle nodes from it.
  private func classesKeepingNodes(from job: JobRow) -> [Int] {
    var keepers: [Int] = []
    for kind in lines.indices {
      let head = Int(lines[kind].head)
      if head >= 0, settings.demand.classes[kind].needs.holdsNodes,
        turn(of: jobs[head]) < turn(of: job)
      {
        keepers.append(kind)
      }
    }
    return keepers
  }
}

extension RandomStream {
  /// Different whole numbers of `0 ..< n`, in the order of drawing.
  mutating func distinct(_ count: Int, below n: Int) -> [Int] {
    var drawn: [Int] = []
    while drawn.count < min(count, n) {
      let number = Int(below(UInt32(n)))
      if !drawn.contains(number) { drawn.append(number) }
    }
    return drawn
  }
}
