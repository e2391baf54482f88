extension RewardReceiver {
  /// The pools of subnets, while one of them is open.
  static let subnets = RewardReceiver(
    "subnets", "part that goes into the pools of subnets", source: "Bittensor", isOperators: true
  ) { network, part, source in network.fundSubnets(part, from: source) }
}
