extension RewardWeight {
  /// Time that nodes were online in the epoch.
  static let online = RewardWeight(
    "online", "part shared out by time online", source: "Render RNP-006: availability",
    fakeShare: { $0.fakeTimeShare(of: $1) },
    weigh: { $0.rewardedTime })
}
