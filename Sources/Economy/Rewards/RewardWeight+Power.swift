extension RewardWeight {
  /// Time online x the multiplier of the hardware.
  static let power = RewardWeight(
    "power", "part shared out by time online x rewardMultiplier of the hardware",
    source: "io.net block rewards: B200 30 … RTX 4090 1.25; Render RNP-021: H200 5 … RTX 4090 1",
    fakeShare: { $0.fakeTimeShare(of: $1) },
    weigh: { network in
      // Milliseconds, so that years of large fleets fit.
      whole(
        network.rewardedTime.enumerated().map { slot, time in
          time == 0 ? 0 : Double(time) / 1000 * network.rewardMultiplier(of: slot)
        })
    })
}
