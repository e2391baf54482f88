import Kernel

/// Finished jobs that are judged before they count.
extension NetworkState {
  /// What becomes of a finished job.
  enum Verdict {
    /// It counts as it always did.
    case right
    /// It counts, and its result is wrong.
    case wrong
    /// It does not count, or not yet.
    case handled
  }

  /// Makes room for what is remembered where some stage asks for it.
  mutating func openTrust() {
    savesProgress = stages.contains { $0.loss.restart == .checkpoint }
    trust.isOn = stages.contains { $0.needsTrust }
    trust.hasCopies = stages.contains { ($0.trust.redundancy?.copies ?? 1) > 1 }
    guard trust.isOn else { return }
    let start = settings.trust.reputation?.start ?? Reputation(alpha: 1, beta: 0)
    trust.nodes = Array(repeating: NodeTrust(reputation: start), count: nodes.count)
    trust.ejected = Array(repeating: 0, count: operators.count)
    trust.fakes = trust.ejected
    trust.isSuspended = Array(repeating: false, count: operators.count)
    trust.staked = Array(repeating: 0, count: operators.count)
    trust.posts = Array(repeating: TrustState.Post(), count: operators.count)
    trust.stakeAsset = stages.lazy.compactMap(\.collateral).first?.asset ?? .dollars
    drawFakes()
  }

  /// Nodes of an operator that are registered while it is in the network.
  @inline(__always)
  func registeredNodes(of slot: Int) -> Int {
    Int(operators.nodes[slot]) - (trust.isOn ? Int(trust.ejected[slot]) : 0)
  }

  /// Reputation of a node, or of its operator, between 0 and 1; 1 where nobody keeps any.
  func reputation(of node: Int) -> Double {
    trust.isOn ? trust.nodes[judged(node)].reputation.value : 1
  }

  /// The node whose entry holds a node's reputation: its own, or the first of its operator.
  private func judged(_ node: Int) -> Int {
    settings.trust.reputation?.unit == .operator
      ? Int(operators.firstNode[Int(nodeOwners[node])]) : node
  }

  /// Looks at a job that has run to its end.
  mutating func judge(job slot: Int, _ queue: inout EventQueue<NetworkEvent>) -> Verdict {
    let job = jobs[slot]
    guard job.node >= 0 else { return .right }
    let isCopy = trust.hasCopies && isCopy(slot)
    let members = gang(ledBy: Int(job.node))
    // The result of several nodes is wrong where one of them cheats.
    let cheats = members.filter { doesCheat(on: job, $0, share: members.count, isCopy: isCopy) }
    let isRight = cheats.isEmpty
    if !isRight { interval.trust.wrongResults += 1 }
    for node in cheats { gain(by: job, on: node, share: members.count) }
    if isCaught(job, on: members, isRight: isRight, isCopy: isCopy) {
      reject(job: slot, on: members, for: cheats, &queue)
      return .handled
    }
    if isCopy {
      finishCopy(slot, isRight: isRight, &queue)
      return .handled
    }
    if !isRight { interval.trust.wrongAccepted += 1 }
    return isRight ? .right : .wrong
  }

  /// Whether a node cheats on a job: its operator is one that does, and this is such a job.
  ///
  /// - Parameter count: nodes of the job, which share its reward.
  private func doesCheat(on job: JobRow, _ node: Int, share count: Int, isCopy: Bool) -> Bool {
    guard let cheating = settings.operators.types[Int(nodes[node].type)].cheating else {
      return false
    }
    let owner = Int(nodeOwners[node])
    let share = min(1, cheating.operators * trust.fraudFactor)
    if share < 1 {
      var stream = luck.stream(.cheater, entity: operators.identity(owner))
      guard stream.uniform() < share else { return false }
    }
    switch cheating.rule {
    case .slips(let jobs):
      var stream = luck.stream(.cheat, entity: job.identity, index: job.attempts)
      return stream.uniform() < jobs
    case .rational:
      let price = Double(job.deposit) / 1e6 / Double(count)
      return cheating.pays(
        caught: chanceCaught(isCopy: isCopy), reward: price * settings.payment.provider,
        stake: slashable(owner, price: price))
    }
  }

  /// Probability that a wrong result is found out, as a cheat who knows the rules sees it: all others
  /// are honest.
  private func chanceCaught(isCopy: Bool) -> Double {
    var missed = 1.0
    if let audits = settings.trust.audits { missed *= 1 - audits.share * audits.detection }
    if isCopy {
      let agree = (settings.trust.redundancy?.needed ?? 1) > 1 || settings.trust.disputes != nil
      return agree ? 1 : 1 - missed
    }
    if let disputes = settings.trust.disputes { missed *= 1 - disputes.challenge }
    return 1 - missed
  }

  /// What the operator saved: the machine earned it elsewhere.
  private mutating func gain(by job: JobRow, on node: Int, share count: Int) {
    guard let cheating = settings.operators.types[Int(nodes[node].type)].cheating else { return }
    let owner = Int(nodeOwners[node])
    let reward = Double(job.deposit) / 1e6 / Double(count) * settings.payment.provider
    let dollars = reward * cheating.saves
    ledger.settle(
      .dollars, microdollars(dollars), from: .world, to: account(of: owner), .alternativeIncome)
    operators.margin[owner] += dollars
    interval.trust.cheatingGain += dollars
  }

  /// Whether an audit or a challenger finds the result wrong; both are paid for in any case.
  private mutating func isCaught(
    _ job: JobRow, on members: [Int], isRight: Bool, isCopy: Bool
  ) -> Bool {
    let price = Double(job.deposit) / 1e6
    if let audits = settings.trust.audits {
      var stream = luck.stream(.audit, entity: job.identity, index: job.attempts)
      if stream.uniform() < audits.share {
        interval.trust.audits += 1
        payVerification(price * audits.cost, audits.payer, kind: Int(job.kind))
        var luckOfAudit = luck.stream(.auditDetection, entity: job.identity, index: job.attempts)
        if !isRight, luckOfAudit.uniform() < audits.detection { return true }
        notePassedCheck(of: Int(job.node))
        if let rule = settings.trust.reputation {
          var seen: [Int] = []
          for entry in members.map(judged) where !seen.contains(entry) {
            seen.append(entry)
            _ = trust.nodes[entry].reputation.observe(passed: true, rule)
          }
        }
      }
    }
    if let disputes = settings.trust.disputes, !isCopy {
      var stream = luck.stream(.challenge, entity: job.identity, index: job.attempts)
      if stream.uniform() < disputes.challenge {
        payVerification(price * disputes.replay, disputes.payer, kind: Int(job.kind))
        if !isRight {
          callReferee(price: price, disputes, kind: Int(job.kind))
          return true
        }
      }
    }
    return false
  }

  mutating func callReferee(price: Double, _ disputes: DisputeSettings, kind: Int) {
    interval.trust.disputes += 1
    payVerification(price * disputes.referee, disputes.payer, kind: kind)
  }

  /// Pays for a look at a job.
  private mutating func payVerification(_ dollars: Double, _ payer: VerificationPayer, kind: Int) {
    interval.trust.verificationUSD += dollars
    let due = microdollars(dollars)
    switch payer {
    case .user:
      let income = max(0, due - ledger.balance(.dollars, of: .users))
      ledger.settle(.dollars, income, from: .world, to: .users, .userIncome)
      ledger.settle(.dollars, due, from: .users, to: .world, .verification)
      users[kind].totals.usefulCost += dollars
      users[kind].totals.verificationCost += dollars
      users[kind].paid += dollars
    case .protocol:
      users[kind].totals.protocolChecks += dollars
      let paid = min(due, max(0, ledger.balance(.dollars, of: .treasury)))
      ledger.settle(.dollars, paid, from: .treasury, to: .world, .verification)
    }
  }

  /// Throws out a result that was found wrong: no pay, a slash, and the job once more.
  private mutating func reject(
    job slot: Int, on members: [Int], for cheats: [Int],
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    let job = jobs[slot]
    let elapsed = (queue.now - job.start).inHours
    for node in members {
      noteLost(elapsed, class: Int(job.kind), on: node, since: job.start, queue.now)
    }
    if trust.hasCopies { noteLoss(of: slot, queue.now) }
    stopWork(of: slot, queue.now)
    // What was saved is as doubtful; what was paid for it stays paid.
    if savesProgress { progress[slot] = JobProgress(paid: progress[slot].paid) }
    refund(job: slot)
    unassign(slot, queue.now)
    if trust.hasCopies { retrySiblings(of: slot, &queue) }
    for node in members { idle.release(node, &nodes) }
    let price = job.deposit / Int64(members.count)
    interval.trust.faultsCaught += 1
    for node in cheats { punish(node, price: price, kind: Int(job.kind), &queue) }
    requeue(job: slot, &queue)
    for node in members where nodes[node].state == .idle { offer(node: node, &queue) }
  }

  /// Ends the work of a job's nodes in the gauges and in their accounts of time, and its contract.
  /// - Returns: these nodes, which still are the job's.
  @discardableResult
  mutating func stopWork(of slot: Int, _ now: SimTime) -> [Int] {
    let members = gang(ledBy: Int(jobs[slot].node))
    for node in members { stopWork(of: node, since: jobs[slot].start, now) }
    if !users[Int(jobs[slot].kind)].paysPlainly {
      endContract(class: Int(jobs[slot].kind), on: members[0])
    }
    return members
  }

  /// What a proven fault costs: stake, reputation, perhaps the place in the network.
  mutating func punish(
    _ node: Int, price: Int64, kind: Int, _ queue: inout EventQueue<NetworkEvent>
  ) {
    slash(Int(nodeOwners[node]), price: Double(price) / 1e6, kind: kind)
    if emission.hasLocks { forfeitForFault(Int(nodeOwners[node])) }
    guard let rule = settings.trust.reputation else { return }
    guard trust.nodes[judged(node)].reputation.observe(passed: false, rule) else { return }
    switch rule.unit {
    case .node: eject(node, &queue)
    case .operator:
      for other in operators.nodeRange(Int(nodeOwners[node])) { eject(other, &queue) }
    }
  }

  /// Throws a node out for good; an operator with none left goes with it.
  mutating func eject(_ node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard !trust.nodes[node].isEjected, nodes[node].state != .absent else { return }
    let owner = Int(nodeOwners[node])
    if trust.nodes[node].isFake { unregisterFake(node, queue.now) }
    trust.nodes[node].isEjected = true
    trust.nodes[node].isHeld = false
    trust.ejected[owner] += 1
    interval.trust.ejected += 1
    goOffline(node, .retired, &queue)
    countNodes(of: owner, by: -1, at: queue.now)
    guard registeredNodes(of: owner) == 0, operators.state[owner] == .active else { return }
    sellUp(owner, mayReturn: false, queue.now)
  }
}
