import Kernel

/// Jobs in copies, each on a node of another operator.
extension NetworkState {
  @inline(__always)
  func isCopy(_ job: Int) -> Bool { job < trust.copies.count && trust.copies[job].group >= 0 }

  /// Lets a job come in copies; false where it comes alone.
  mutating func admitCopies(
    _ kind: Int, _ identity: UInt64, work: Double, fixedPrice: Int64,
    _ queue: inout EventQueue<NetworkEvent>
  ) -> Bool {
    guard let terms = settings.trust.redundancy, terms.applies(to: kind), !isCut(.jobsToNodes)
    else {
      return false
    }
    interval.jobsArrived += 1
    interval.demandHours += work
    let group = openGroup(
      CopyGroup(kind: kind, identity: identity, arrival: queue.now, needed: terms.needed))
    let row = JobRow(
      kind: kind, identity: identity, at: queue.now, work: work, fixedPrice: fixedPrice)
    // All of them first, so that a copy in line is known before another is placed.
    for _ in 0..<terms.copies { addCopy(of: row, to: group, queue.now) }
    for number in 0..<terms.copies {
      place(job: Int(trust.groups[group].members[number]), atHead: false, &queue)
    }
    return true
  }

  private mutating func openGroup(_ group: CopyGroup) -> Int {
    guard trust.unusedGroup >= 0 else {
      trust.groups.append(group)
      return trust.groups.count - 1
    }
    let slot = Int(trust.unusedGroup)
    trust.unusedGroup = trust.groups[slot].next
    trust.groups[slot] = group
    return slot
  }

  @discardableResult
  private mutating func addCopy(of row: JobRow, to group: Int, _ now: SimTime) -> Int {
    let number = trust.groups[group].issued
    let job = jobs.add(
      JobRow(
        kind: Int(row.kind), identity: Identity.copy(number, of: trust.groups[group].identity),
        at: now, work: row.work, fixedPrice: row.fixedPrice))
    while trust.copies.count < jobs.slots { trust.copies.append(CopyPlace()) }
    trust.copies[job] = CopyPlace(group: Int32(group), number: UInt8(number))
    trust.groups[group].members[number] = Int32(job)
    trust.groups[group].issued += 1
    if savesProgress { startProgress(of: job) }
    gauges.jobsInSystem.change(by: 1, at: now)
    gauges.arrivalsPresent += Int128(now.microseconds)
    return job
  }

  /// Whether no other copy of the job runs with the node's operator, or has.
  func isApart(_ job: Int, from node: Int) -> Bool {
    guard isCopy(job) else { return true }
    let owner = Int32(nodeOwners[node])
    let group = Int(trust.copies[job].group)
    let own = Int(trust.copies[job].number)
    for number in 0..<trust.groups[group].issued
    where number != own && trust.groups[group].owners[number] == owner {
      return false
    }
    return true
  }

  /// An idle node of another operator, the first from a place on; nil where there is none.
  func apartNode(for job: Int, from start: UInt32, of column: Int) -> Int? {
    let count = idle.count(of: column)
    for step in 0..<count {
      let number = start < count - step ? start + step : start - (count - step)
      let node = idle.node(number, of: column)
      if isApart(job, from: node) { return node }
    }
    return nil
  }

  /// The first job in line that may run on a node, or -1.
  func firstApart(in line: Int, from node: Int) -> Int {
    var job = Int(lines[line].head)
    while job >= 0, !isApart(job, from: node) { job = Int(jobs[job].next) }
    return job
  }

  mutating func noteStart(of job: Int, on node: Int, _ now: SimTime) {
    guard isCopy(job) else { return }
    let (group, number) = (Int(trust.copies[job].group), Int(trust.copies[job].number))
    trust.groups[group].owners[number] = Int32(nodeOwners[node])
    trust.groups[group].nodes[number] = Int32(node)
    count(group, by: 1, now)
  }

  /// A copy loses its node, or its result.
  mutating func noteLoss(of job: Int, _ now: SimTime) {
    guard isCopy(job) else { return }
    let (group, number) = (Int(trust.copies[job].group), Int(trust.copies[job].number))
    trust.groups[group].owners[number] = -1
    trust.copies[job].isUnnoticed = true
    count(group, by: -1, now)
  }

  /// Starts copies in line that only the operator of a lost one kept from an idle node.
  mutating func retrySiblings(of job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard isCopy(job) else { return }
    let group = Int(trust.copies[job].group)
    for number in 0..<trust.groups[group].issued {
      let other = Int(trust.groups[group].members[number])
      if other >= 0, other != job, jobs[other].node < 0, !trust.copies[other].isUnnoticed {
        retry(job: other, &queue)
      }
    }
  }

  mutating func noteRequeue(of job: Int) {
    if isCopy(job) { trust.copies[job].isUnnoticed = false }
  }

  /// Enters the time since the last change of a group, then the change.
  mutating func count(_ group: Int, by change: Int, _ now: SimTime) {
    if trust.groups[group].hasStarted, !trust.groups[group].isClosed {
      let hours = (now - trust.groups[group].since).inHours
      interval.trust.quorumTime += hours
      if trust.groups[group].atWork >= trust.groups[group].needed {
        interval.trust.quorumUp += hours
      }
      if !contracts.uptimes.isEmpty {
        let kind = Int(trust.groups[group].kind)
        if trust.groups[group].atWork >= trust.groups[group].needed {
          contracts.uptimes[kind].copiesUp += hours
        } else {
          contracts.uptimes[kind].copiesDown += hours
        }
      }
    }
    if change > 0 { trust.groups[group].hasStarted = true }
    trust.groups[group].since = now
    trust.groups[group].atWork += change
  }

  /// A copy has run to its end: its dollars wait until a result is accepted.
  mutating func finishCopy(
    _ job: Int, isRight: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let row = jobs[job]
    let node = Int(row.node)
    let (group, number) = (Int(trust.copies[job].group), Int(trust.copies[job].number))
    let members = stopWork(of: job, queue.now)
    if !match.served.isEmpty {
      match.served[
        Int(row.kind) * settings.hardware.count + Int(nodes[node].hardware)] += row.work
    }
    var paid = row.deposit
    if savesProgress {
      _ = finishProgress(of: job, queue.now)
      trust.groups[group].spent += progress[job].paid
      paid += progress[job].paid
    }
    jobs.deposits -= row.deposit
    trust.held += row.deposit
    trust.groups[group].held[number] = row.deposit
    trust.groups[group].results[number] = isRight ? .right : .wrong
    remove(copy: job, queue.now)
    for member in members { idle.release(member, &nodes) }
    if trust.groups[group].isClosed {
      interval.trust.redundantHours += row.work
      bookRest(of: row, paid: paid)
      release(number, of: group)
      closeIfEmpty(group)
    } else {
      resolve(group, by: row, &queue)
    }
    for member in members where nodes[member].state == .idle { offer(node: member, &queue) }
  }

  /// Takes a copy out of its group and of the system.
  private mutating func remove(copy job: Int, _ now: SimTime) {
    let (group, number) = (Int(trust.copies[job].group), Int(trust.copies[job].number))
    trust.groups[group].members[number] = -1
    trust.copies[job] = CopyPlace()
    leave(job: job, now)
  }

  private mutating func closeIfEmpty(_ group: Int) {
    guard trust.groups[group].isClosed, trust.groups[group].pending == 0 else { return }
    trust.groups[group].hasStarted = false
    trust.groups[group].next = trust.unusedGroup
    trust.unusedGroup = Int32(group)
  }

  /// Accepts a result where there is one, asks for one more copy where all have disagreed.
  private mutating func resolve(
    _ group: Int, by row: JobRow, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let (right, wrong) = (trust.groups[group].count(.right), trust.groups[group].count(.wrong))
    let needed = trust.groups[group].needed
    if let disputes = settings.trust.disputes, right > 0, wrong > 0 {
      callReferee(price: Double(row.deposit) / 1e6, disputes, kind: Int(row.kind))
      return accept(.right, group, by: row, &queue)
    }
    if right >= needed { return accept(.right, group, by: row, &queue) }
    if wrong >= needed, needed == 1 || collude(group) {
      return accept(.wrong, group, by: row, &queue)
    }
    guard trust.groups[group].pending == 0 else { return }
    if trust.groups[group].issued < Redundancy.mostCopies {
      place(job: addCopy(of: row, to: group, queue.now), atHead: true, &queue)
    } else {
      giveUp(group, kind: Int(row.kind), work: row.work, &queue)
    }
  }

  private func collude(_ group: Int) -> Bool {
    guard let terms = settings.trust.redundancy else { return false }
    var stream = luck.stream(.collusion, entity: trust.groups[group].identity)
    return stream.uniform() < terms.collusion
  }

  /// Takes a result: who agrees is paid, who does not is punished, the rest stops or runs on.
  private mutating func accept(
    _ result: CopyGroup.Result, _ group: Int, by row: JobRow,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    let terms = settings.trust.redundancy
    count(group, by: 0, now)
    trust.groups[group].isClosed = true
    var paid = trust.groups[group].spent
    var finished = 0
    var faults: [(node: Int, price: Int64)] = []
    for number in 0..<trust.groups[group].issued {
      let found = trust.groups[group].results[number]
      if found == .none { continue }
      finished += 1
      if found == result || trust.groups[group].needed == 1 && settings.trust.disputes == nil {
        paid += trust.groups[group].held[number]
        release(number, of: group)
      } else {
        faults.append((Int(trust.groups[group].nodes[number]), trust.groups[group].held[number]))
        giveBack(number, of: group)
      }
    }
    interval.trust.redundantHours += Double(finished - 1) * row.work
    var freed: [Int] = []
    if terms?.rest != .finish { paid += cancelRest(of: group, &freed, now) }
    book(row, result, group, paid: paid, terms, now)
    for fault in faults {
      interval.trust.faultsCaught += 1
      punish(fault.node, price: fault.price, kind: Int(row.kind), &queue)
    }
    closeIfEmpty(group)
    for node in freed where nodes[node].state == .idle { offer(node: node, &queue) }
  }

  /// Books the one result of a job; copies beyond the first are the user's own, or the protocol's.
  private mutating func book(
    _ row: JobRow, _ result: CopyGroup.Result, _ group: Int, paid: Int64, _ terms: Redundancy?,
    _ now: SimTime
  ) {
    interval.jobsCompleted += 1
    interval.servedHours += row.work
    if result == .wrong { interval.trust.wrongAccepted += 1 }
    var dollars = paid
    if terms?.payer == .protocol {
      let extra = max(0, paid - row.deposit)
      let given = min(extra, max(0, ledger.balance(.dollars, of: .treasury)))
      ledger.settle(.dollars, given, from: .treasury, to: .users, .subsidy)
      dollars -= given
      users[Int(row.kind)].totals.treasuryCost += Double(given) / 1e6
    }
    let delay = (now - trust.groups[group].arrival).inHours - (now - row.start).inHours
    users[Int(row.kind)].totals.redundancyCost += Double(max(0, dollars - row.deposit)) / 1e6
    recordUse(of: row, paid: dollars, delay: delay, useful: result == .right ? 1 : 0)
    noteDeadline(of: row, after: (now - row.arrival).inHours)
  }

  /// Books a copy that ran on after a result was accepted.
  private mutating func bookRest(of row: JobRow, paid: Int64) {
    let kind = Int(row.kind)
    var dollars = paid
    if settings.trust.redundancy?.payer == .protocol {
      let given = min(dollars, max(0, ledger.balance(.dollars, of: .treasury)))
      ledger.settle(.dollars, given, from: .treasury, to: .users, .subsidy)
      users[kind].totals.treasuryCost += Double(given) / 1e6
      dollars -= given
    }
    let cost = Double(dollars) / 1e6
    users[kind].totals.usefulCost += cost
    users[kind].totals.redundancyCost += cost
    users[kind].paid += cost
  }

  /// Stops the copies that still run or wait.
  /// - Returns: what is paid for their time [micro-dollars].
  private mutating func cancelRest(
    of group: Int, _ freed: inout [Int], _ now: SimTime
  ) -> Int64 {
    var paid: Int64 = 0
    for number in 0..<trust.groups[group].issued {
      let job = Int(trust.groups[group].members[number])
      if job < 0 { continue }
      let node = Int(jobs[job].node)
      if node >= 0 {
        let elapsed = (now - jobs[job].start).inHours
        let speed = speed(of: job)
        let share = min(1, elapsed * speed / max(jobs[job].work, 1e-12))
        let kept = Int64((Double(jobs[job].deposit) * share).rounded(.down))
        interval.trust.redundantHours += elapsed * speed
        let members = stopWork(of: job, now)
        jobs[job].deposit -= kept
        jobs.deposits -= kept
        owe(kept, to: members)
        paid += kept + (savesProgress ? progress[job].paid : 0)
        refund(job: job)
        for member in members { idle.release(member, &nodes) }
        freed += members
      } else if !trust.copies[job].isUnnoticed {
        lines[Int(jobs[job].kind)].remove(job, &jobs)
        gauges.queuedJobs.change(by: -1, at: now)
      }
      remove(copy: job, now)
    }
    return paid
  }

  /// Pays a copy that has waited for the others.
  private mutating func release(_ number: Int, of group: Int) {
    let dollars = trust.groups[group].held[number]
    operators.owed[Int(trust.groups[group].owners[number])] += dollars
    takeHeld(number, of: group)
  }

  /// Gives the dollars of a copy back to its user.
  private mutating func giveBack(_ number: Int, of group: Int) {
    let dollars = trust.groups[group].held[number]
    let kind = Int(trust.groups[group].kind)
    if users[kind].isPrepaid {
      users[kind].credits += dollars
      contracts.credits += dollars
    } else {
      giveBackFromEscrow(dollars)
    }
    takeHeld(number, of: group)
  }

  private mutating func takeHeld(_ number: Int, of group: Int) {
    trust.held -= trust.groups[group].held[number]
    trust.groups[group].held[number] = 0
  }

  /// A copy has waited too long; where too few are left to agree, so has its job.
  mutating func abandonCopy(_ job: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let now = queue.now
    let row = jobs[job]
    let group = Int(trust.copies[job].group)
    lines[Int(row.kind)].remove(job, &jobs)
    gauges.queuedJobs.change(by: -1, at: now)
    remove(copy: job, now)
    let left = trust.groups[group].pending + trust.groups[group].count(.right)
    if left < trust.groups[group].needed, !trust.groups[group].isClosed {
      giveUp(group, kind: Int(row.kind), work: row.work, &queue)
    } else {
      closeIfEmpty(group)
    }
  }

  /// Ends a job without a result.
  private mutating func giveUp(
    _ group: Int, kind: Int, work: Double, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    count(group, by: 0, now)
    trust.groups[group].isClosed = true
    for number in 0..<trust.groups[group].issued { giveBack(number, of: group) }
    var freed: [Int] = []
    let paid = trust.groups[group].spent + cancelRest(of: group, &freed, now)
    let delay =
      (now - trust.groups[group].arrival).inHours * settings.demand.classes[kind].timeValue
    interval.jobsAbandoned += 1
    interval.abandonedHours += work
    users[kind].totals.usefulCost += delay + Double(paid) / 1e6
    users[kind].totals.delayCost += delay
    if !isCut(.capacityToCost) {
      users[kind].abandonedHours += work
      users[kind].paid += delay + Double(paid) / 1e6
    }
    closeIfEmpty(group)
    for node in freed where nodes[node].state == .idle { offer(node: node, &queue) }
  }
}
