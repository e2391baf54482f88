extension RewardWeight {
  /// What operators have bonded.
  static let stake = RewardWeight(
    "stake", "part shared out by what operators have bonded", source: "Livepeer; Fluence",
    isByNodes: false
  ) { network in
    network.trust.staked.isEmpty
      ? Array(repeating: 0, count: network.operators.count) : network.trust.staked
  }
}
