extension RewardWeight {
  /// Nodes x the multiplier of the hardware, online or not.
  static let capacity = RewardWeight(
    "capacity", "part shared out by nodes x rewardMultiplier of the hardware",
    source: "Filecoin: quality-adjusted power",
    fakeShare: registered.fakeShare
  ) { network in
    whole(
      registered.weigh(network).enumerated().map { slot, nodes in
        nodes == 0 ? 0 : Double(nodes) * 1e6 * network.rewardMultiplier(of: slot)
      })
  }
}
