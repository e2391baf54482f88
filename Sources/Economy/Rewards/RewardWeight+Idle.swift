import Kernel

extension RewardWeight {
  /// Time that nodes were online and had no job.
  static let idle = RewardWeight(
    "idle", "part shared out by time online without a job",
    source: "Aethir: proof of capacity; Render RNP-015: availability by idle time",
    fakeShare: { network, slot in
      let fakes = Double(network.trust.fakes[slot]) * Double(network.settings.epoch.microseconds)
      let real = max(0, network.operators.online[slot] - network.operators.busy[slot])
      return fakes / (fakes + Double(real))
    },
    weigh: { network in
      network.rewardedTime.enumerated().map { slot, time in
        max(0, time - network.operators.busy[slot])
      }
    })
}
