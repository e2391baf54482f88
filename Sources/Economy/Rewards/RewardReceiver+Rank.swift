extension RewardReceiver {
  /// Operators by the rank that validators give them (``Ranking``).
  static let rank = RewardReceiver(
    "rank", "part shared out by the rank that validators give", source: "Bittensor: Yuma consensus",
    isOperators: true
  ) { network, part, source in network.rewardByRank(part, from: source) }
}
