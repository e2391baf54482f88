extension RewardWeight {
  /// Nodes in the network.
  static let registered = RewardWeight(
    "registered", "part shared out by nodes", source: "Aethir: checker licences",
    fakeShare: { Double($0.trust.fakes[$1]) / Double($0.registeredNodes(of: $1)) },
    weigh: { network in
      (0..<network.operators.count).map {
        network.operators.state[$0] == .active ? Int64(network.registeredNodes(of: $0)) : 0
      }
    })
}
