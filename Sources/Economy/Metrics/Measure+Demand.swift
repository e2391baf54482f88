extension Measure {
  /// Demand beside the jobs that came: how they came, and what was done elsewhere or otherwise.
  static let demand = [
    Measure(
      "arrival_dispersion", "1", .ratio,
      "squared variation of the integrated ceiling between two jobs that came, which is the index of "
        + "dispersion over long times; classes with bursts or observed arrivals, by jobs"
    ) { totals in
      var sum = 0.0
      var jobs = 0.0
      for users in totals.classes where users.gaps > 1 {
        let mean = users.gapSum / users.gaps
        sum += users.gaps * (users.gapSquares / users.gaps / (mean * mean) - 1)
        jobs += users.gaps
      }
      return sum / jobs
    },
    Measure(
      "cloud_served_gpu_hours", "GPU-h", .flow,
      "GPU-hours that users rented from clouds instead; at the mean size of a job for classes with "
        + "`cloud` alone"
    ) { $0.demand.cloudHours },
    Measure("cloud_spend_usd", "USD", .flow, "dollars that users paid to clouds") {
      $0.demand.cloudSpend
    },
    Measure(
      "cloud_unserved_share", "1", .ratio,
      "requests that a cloud did not serve at once / requests to clouds that are not always free"
    ) { $0.demand.cloudUnserved / $0.demand.cloudRequests },
    Measure(
      "users_bill_usd_per_gpu_hour", "USD/GPU-h", .ratio,
      "(user_spend_usd + breakage_usd - what the treasury gave back + cloud_spend_usd) / "
        + "(served_gpu_hours + cloud_served_gpu_hours)"
    ) { totals in
      let back = totals.demand.subsidies + totals.demand.treasuryCredits
      let paid = totals.userSpend + totals.demand.breakage - back + totals.demand.cloudSpend
      return paid / (totals.servedHours + totals.demand.cloudHours)
    },
    Measure(
      "subsidies_usd", "USD", .flow, "dollars that the treasury paid back to users of grants"
    ) { $0.demand.subsidies },
    Measure("wash_spend_usd", "USD", .flow, "dollars that operators paid for their own work") {
      $0.demand.washSpend
    },
    Measure(
      "wash_gain_usd_per_usd", "USD/USD", .stock,
      "provider share + emission by work per dollar of finished work - 1, where operators may buy "
        + "their own work"
    ) { $0.demand.washGain },
    Measure(
      "adoption_share", "1", .level,
      "classes whose users come, of those that wait for a measure to be high enough"
    ) { $0.demand.adoption.value },
    Measure("preemptions", "1", .flow, "attempts of spot jobs that lost their node to another job")
    {
      $0.demand.preemptions
    },
    Measure("reservation_fees_usd", "USD", .flow, "fees of users for nodes that were set aside") {
      $0.demand.reservationFees
    },
    Measure(
      "prepaid_credits_usd", "USD", .stock, "credits bought ahead that are neither used nor expired"
    ) { $0.demand.prepaidCredits },
    Measure("breakage_usd", "USD", .flow, "credits that expired unused, less refunds") {
      $0.demand.breakage
    },
    Measure(
      "missed_deadlines", "jobs", .flow,
      "jobs done after their deadline, or given up, of classes with one"
    ) { $0.demand.missedDeadlines },
  ]
}
