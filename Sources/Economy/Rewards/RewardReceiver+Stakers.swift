extension RewardReceiver {
  /// Holders who have bonded tokens; while there are none, those to come see what they would get.
  static let stakers = RewardReceiver(
    "stakers", "part for holders who have bonded tokens", source: "Akash: Cosmos mint; Livepeer"
  ) { network, part, source in
    guard network.delegation.bonded > 0 else {
      if network.delegation.isOn { network.offerToNobody(Double(part) / network.tokenScale) }
      return 0
    }
    network.rewardStakers(.token, part, from: source.account, source.reason)
    return part
  }
}
