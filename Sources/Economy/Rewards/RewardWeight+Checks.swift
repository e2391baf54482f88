extension RewardWeight {
  /// Audits and proofs that nodes passed since the last settlement, a fake's that was not found out
  /// among them.
  static let checks = RewardWeight(
    "checks", "part shared out by audits and proofs that were passed",
    source: "Fluence: proofs of capacity; Aethir: checks; Filecoin: winning proofs",
    isByNodes: false
  ) { network in
    network.emission.checksPassed.isEmpty
      ? Array(repeating: 0, count: network.operators.count) : network.emission.checksPassed
  }
}

extension NetworkState {
  /// Counts a check that a node passed.
  mutating func notePassedCheck(of node: Int) {
    if !emission.checksPassed.isEmpty { emission.checksPassed[Int(nodeOwners[node])] += 1 }
  }

  /// Counts a round of proofs: every real node that is online has one.
  mutating func notePassedProofs() {
    if emission.checksPassed.isEmpty || settings.trust.proofs == nil { return }
    for node in nodes.indices where nodes[node].state.isOnline {
      emission.checksPassed[Int(nodeOwners[node])] += 1
    }
  }
}
