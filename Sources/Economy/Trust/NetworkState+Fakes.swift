import Kernel

/// Nodes that are claimed and not there, and nodes that are kept from work.
extension NetworkState {
  /// Draws which nodes are fakes, by identity.
  mutating func drawFakes() {
    for node in nodes.indices {
      let share = settings.operators.types[Int(nodes[node].type)].spoofedShare
      if share == 0 { continue }
      var stream = luck.stream(.spoofed, entity: nodeIdentities[node])
      trust.nodes[node].isFake = stream.uniform() < share
    }
  }

  /// The nodes of an operator register: real ones go to work, fakes only claim to.
  ///
  /// Who has not bonded enough waits for the next settlement.
  mutating func activateUnderTrust(operator slot: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if operators.state[slot] == .arriving, isShortOfStake(slot) {
      return schedule(
        .nodesArrived, slot: slot, after: settings.epoch, Phases.work, &queue)
    }
    operators.state[slot] = .active
    trust.isSuspended[slot] = false
    for node in operators.nodeRange(slot) where !trust.nodes[node].isEjected {
      trust.nodes[node].isHeld = false
      if trust.nodes[node].isFake { register(fake: node, queue.now) }
    }
    countNodes(of: slot, by: registeredNodes(of: slot), at: queue.now)
    for node in operators.nodeRange(slot) where !trust.nodes[node].isEjected {
      if trust.nodes[node].isFake {
        nodes[node].step(.arrived)
        nodes[node].step(.takenAway)
      } else {
        begin(node: node, &queue)
      }
    }
    if registeredNodes(of: slot) == 0 { sellUp(slot, mayReturn: false, queue.now) }
  }

  /// The door: some fakes are refused, some registered, some of these taken for real.
  private mutating func register(fake node: Int, _ now: SimTime) {
    interval.trust.spoofedAttempts += 1
    let identity = nodeIdentities[node]
    if let admission = settings.trust.admission {
      var door = luck.stream(.registration, entity: identity)
      if door.uniform() < admission.refused {
        trust.nodes[node].isEjected = true
        trust.ejected[Int(nodeOwners[node])] += 1
        interval.trust.ejected += 1
        return
      }
      var check = luck.stream(.verification, entity: identity)
      trust.nodes[node].isUnverified = check.uniform() >= admission.missed
    }
    if trust.nodes[node].isUnverified { trust.unverified.change(by: 1, at: now) }
    trust.fake.change(by: 1, at: now)
    trust.fakes[Int(nodeOwners[node])] += 1
    if !trust.nodes[node].isListed {
      trust.nodes[node].isListed = true
      trust.fakeNodes.append(UInt32(node))
    }
  }

  mutating func unregisterFake(_ node: Int, _ now: SimTime) {
    trust.fake.change(by: -1, at: now)
    if trust.nodes[node].isUnverified { trust.unverified.change(by: -1, at: now) }
    trust.nodes[node].isUnverified = false
    trust.fakes[Int(nodeOwners[node])] -= 1
  }

  /// The fakes of an operator that leaves.
  mutating func retireFakes(of slot: Int, _ now: SimTime) {
    if trust.fakes[slot] == 0 { return }
    for node in operators.nodeRange(slot)
    where trust.nodes[node].isFake && nodes[node].state != .absent {
      unregisterFake(node, now)
    }
  }

  /// Schedules the first round of proofs, where some stage has any.
  mutating func scheduleProof(_ queue: inout EventQueue<NetworkEvent>) {
    guard stages.contains(where: { $0.trust.proofs != nil }) else { return }
    let every = settings.trust.proofs?.every ?? settings.epoch
    schedule(.proof, after: every, Phases.work, &queue)
  }

  /// Asks all nodes for a proof; real ones have it, fakes are found out by and by.
  mutating func challengeFakes(_ queue: inout EventQueue<NetworkEvent>) {
    let round = trust.rounds
    trust.rounds &+= 1
    if let proofs = settings.trust.proofs {
      var kept: [UInt32] = []
      for slot in trust.fakeNodes {
        let node = Int(slot)
        var stream = luck.stream(.proof, entity: nodeIdentities[node], index: round)
        let isHere = nodes[node].state != .absent
        if isHere, stream.uniform() >= proofs.detection {
          kept.append(slot)
          notePassedCheck(of: node)
          continue
        }
        trust.nodes[node].isListed = false
        if isHere {
          slash(Int(nodeOwners[node]), price: 0, kind: nil)
          eject(node, &queue)
        }
      }
      trust.fakeNodes = kept
    }
    notePassedProofs()
    scheduleProof(&queue)
  }

  /// Time online as operators claim it since the last settlement, fakes all of it, `[operators]` [µs].
  var claimedTime: [Int64] {
    operators.online.indices.map {
      operators.online[$0] + Int64(trust.fakes[$0]) * settings.epoch.microseconds
    }
  }

  /// Notes what of a reward went to fakes: all of a node's part where that does not ask for work.
  mutating func noteFakeReward(_ slot: Int, tokens: Int64, by weight: RewardWeight) {
    if trust.fakes[slot] == 0 { return }
    let share = weight.fakeShare(self, slot)
    interval.trust.fakeRewards += Double(tokens) / tokenScale * token.oraclePrice * share
  }

  /// Whether a node that would come online may not, because its operator's stake is too low.
  func isHeldBack(_ node: Int) -> Bool { trust.isSuspended[Int(nodeOwners[node])] }

  /// Keeps a node away that would come online.
  mutating func holdBack(_ node: Int, _ input: NodeInput) {
    nodes[node].step(input)
    nodes[node].step(.takenAway)
    nodes[node].generation &+= 1
    trust.nodes[node].isHeld = true
  }

  /// Takes the nodes of an operator away from work.
  mutating func suspend(_ slot: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if trust.isSuspended[slot] { return }
    trust.isSuspended[slot] = true
    for node in operators.nodeRange(slot) where nodes[node].state.isInSession {
      goOffline(node, .takenAway, &queue)
      trust.nodes[node].isHeld = true
    }
  }

  /// Lets them come back.
  mutating func readmit(_ slot: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if !trust.isSuspended[slot] { return }
    trust.isSuspended[slot] = false
    for node in operators.nodeRange(slot)
    where trust.nodes[node].isHeld && nodes[node].state == .offline {
      trust.nodes[node].isHeld = false
      startSession(of: node, .returned, &queue)
    }
  }

  /// Puts levels over time and states at the end into the totals of the interval.
  mutating func closeTrust(at now: SimTime) {
    interval.trust.unverifiedNodes = trust.unverified.take(until: now)
    interval.trust.fakeNodes = trust.fake.take(until: now)
    for group in trust.groups.indices { count(group, by: 0, now) }
    let staked = Double(trust.staked.reduce(0, +))
    if trust.stakeAsset == .token { interval.trust.stakedTokens = staked / tokenScale }
    interval.trust.stakedUSD = staked / stakeUnits * stakePrice
  }
}
