import Kernel

extension Measure {
  /// What losses, cheats and the means against them cost.
  static let trust = [
    Measure(
      "lost_gpu_hours_usd", "USD", .flow, "lost_gpu_hours at the asked price of their hardware"
    ) { $0.trust.lostUSD },
    Measure(
      "checkpoint_gpu_hours", "GPU-h", .flow,
      "GPU-hours that went into checkpoints and into loading them"
    ) { $0.trust.checkpointHours },
    Measure("audits", "jobs", .flow, "finished jobs that were audited") { $0.trust.audits },
    Measure("wrong_results", "jobs", .flow, "results that were wrong, each copy by itself") {
      $0.trust.wrongResults
    },
    Measure("wrong_results_accepted", "jobs", .flow, "jobs that ended with a wrong result") {
      $0.trust.wrongAccepted
    },
    Measure(
      "faults_caught", "jobs", .flow, "wrong results that an audit, a dispute or a copy showed"
    ) { $0.trust.faultsCaught },
    Measure("disputes", "jobs", .flow, "results that went to a referee") { $0.trust.disputes },
    Measure(
      "verification_usd", "USD", .flow, "cost of audits, challenges and referees, whoever pays"
    ) { $0.trust.verificationUSD },
    Measure(
      "redundant_gpu_hours", "GPU-h", .flow, "GPU-hours of copies beside the one result of a job"
    ) { $0.trust.redundantHours },
    Measure(
      "quorum_up_share", "1", .ratio,
      "time with enough copies at work / time from first start to end of jobs with copies"
    ) { $0.trust.quorumUp / $0.trust.quorumTime },
    Measure("slashed_usd", "USD", .flow, "stake that was slashed, tokens at the oracle") {
      $0.trust.slashedUSD
    },
    Measure("staked_usd", "USD", .stock, "collateral bonded, tokens at the oracle") {
      $0.trust.stakedUSD
    },
    Measure("ejected_nodes", "nodes", .flow, "nodes that were refused or thrown out") {
      $0.trust.ejected
    },
    Measure(
      "cheating_gain_usd", "USD", .flow, "what operators saved by returning wrong results"
    ) { $0.trust.cheatingGain },
    Measure("spoofed_attempts", "nodes", .flow, "fakes that tried to register") {
      $0.trust.spoofedAttempts
    },
    Measure("usable_gpus", "GPUs", .level, "registered GPUs that are there") {
      $0.mean($0.activeNodes - $0.trust.fakeNodes)
    },
    Measure("fake_rewards_usd", "USD", .flow, "emission to operators for fakes, at the oracle") {
      $0.trust.fakeRewards
    },
  ]
}
