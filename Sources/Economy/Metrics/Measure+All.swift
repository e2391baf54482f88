import Kernel

extension Measure {
  /// Every measure, in the order of columns.
  public static let all: [Measure] =
    token + fleet + service + money + worth + health
    + supply + churn + demand + trust + subnets + market + vaults + delegation + emission

  /// The column of a measure.
  public static func index(of name: String) -> Int? {
    all.firstIndex { $0.name == name }
  }

  private static let token = [
    Measure(
      "token_price_usd", "USD/token", .stock, "price of the venue at the end of the interval",
      .studentOfLogs
    ) { $0.price },
    Measure(
      "circulating_tokens", "tokens", .stock,
      "free balances of users, operators, holders, traders, speculators, liquidity and pool"
    ) { $0.circulating },
    Measure("minted_tokens", "tokens", .flow, "tokens issued") { $0.token($0.minted) },
    Measure("burned_tokens", "tokens", .flow, "tokens destroyed") { $0.token($0.burned) },
    Measure("burned_usd", "USD", .flow, "dollars that bought tokens to burn") {
      $0.token($0.burnedUSD)
    },
    Measure("burn_mint_ratio", "1", .ratio, "burned_tokens / minted_tokens") {
      $0.burned / $0.minted
    },
    Measure(
      "staked_tokens", "tokens", .stock,
      "tokens bonded by operators as collateral and by delegators"
    ) { $0.token($0.trust.stakedTokens + $0.delegation.bonded) },
    Measure(
      "market_cap_usd", "USD", .stock, "token_price_usd x circulating_tokens", .studentOfLogs
    ) { $0.price * $0.circulating },
    Measure(
      "outside_flow_usd", "USD", .stock,
      "dollars that an exogenous venue has paid out less those it took in"
    ) { $0.outsideFlow },
  ]

  private static let fleet = [
    Measure("active_nodes", "nodes", .level, "nodes of operators that have entered and not left") {
      $0.mean($0.activeNodes)
    },
    Measure("registered_gpus", "GPUs", .level, "GPUs of active nodes, one each") {
      $0.mean($0.activeNodes)
    },
    Measure(
      "verified_gpus", "GPUs", .level,
      "registered GPUs that are eligible, approved, and taken for real at the door"
    ) { $0.mean($0.activeNodes - $0.pendingNodes - $0.trust.unverifiedNodes) },
    Measure("online_gpus", "GPUs", .level, "GPUs that can take or run work") {
      $0.mean($0.onlineNodes)
    },
    Measure("availability", "1", .ratio, "online GPU-hours / registered GPU-hours") {
      Double($0.onlineNodes) / Double($0.activeNodes)
    },
    Measure(
      "utilisation", "1", .ratio,
      "GPU-hours busy, less those of attempts that were lost, / online GPU-hours"
    ) { (Totals.hours($0.busyNodes) - $0.lostInside) / Totals.hours($0.onlineNodes) },
    Measure("entries", "nodes", .flow, "nodes whose operator entered") { $0.entries },
    Measure("exits", "nodes", .flow, "nodes whose operator left") { $0.exits },
    Measure(
      "exit_rate_per_month", "1/month", .ratio, "exits / active node-months of 30.4375 days"
    ) { $0.exits / ($0.nodeDays / Span.daysPerMonth) },
    Measure(
      "opening_operators_share", "1", .stock,
      "operators of day 0 that never left / operators of day 0"
    ) { $0.openingOperatorsShare },
  ]

  private static let service = [
    Measure("demand_gpu_hours", "GPU-h", .flow, "GPU-hours asked for by jobs that arrived") {
      $0.demandHours
    },
    Measure("served_gpu_hours", "GPU-h", .flow, "GPU-hours of jobs that finished") {
      $0.servedHours
    },
    Measure(
      "fill_rate", "1", .ratio, "GPU-hours finished / (GPU-hours finished + GPU-hours abandoned)"
    ) { $0.servedHours / ($0.servedHours + $0.abandonedHours) },
    Measure(
      "organic_demand_share", "1", .ratio,
      "GPU-hours of organic jobs, neither subsidised nor wash, / demand_gpu_hours"
    ) { ($0.demandHours - $0.demand.inorganicHours) / $0.demandHours },
    Measure(
      "demand_clipped_share", "1", .ratio,
      "arrival rate above the ceiling / arrival rate asked for"
    ) { $0.rateClipped / $0.rateAsked },
    Measure(
      "priced_out_share", "1", .ratio,
      "arrivals that found the price above budget or a cheaper cloud / arrivals"
    ) { $0.pricedOut / $0.considered },
    Measure("jobs_arrived", "jobs", .flow, "jobs that arrived") { $0.jobsArrived },
    Measure("jobs_completed", "jobs", .flow, "jobs that finished") { $0.jobsCompleted },
    Measure("restarts", "1", .flow, "attempts that lost their node") { $0.restarts },
    Measure("jobs_abandoned", "jobs", .flow, "jobs whose patience ended in the queue") {
      $0.jobsAbandoned
    },
    Measure(
      "lost_gpu_hours", "GPU-h", .flow,
      "GPU-hours of attempts that lost their node or failed a check, less what was saved"
    ) { $0.lostHours },
    Measure(
      "wait_mean_s", "s", .ratio,
      "time from first arrival to first start, summed / jobs started for the first time"
    ) { $0.firstWait / $0.firstStarts },
    Measure(
      "start_delay_total_s", "s", .flow, "at every start of a job, now - its first arrival, summed"
    ) { $0.startDelay },
    Measure("queued_jobs", "jobs", .level, "jobs that wait for a node") { $0.mean($0.queuedJobs) },
    Measure("jobs_in_system", "jobs", .level, "jobs that wait or run") {
      $0.mean($0.jobsInSystem)
    },
    Measure(
      "time_in_system_mean_s", "s", .ratio,
      "time from arrival to leaving, summed / jobs that left"
    ) { Double($0.timeInSystem) / 1e6 / $0.jobsLeft },
    Measure(
      "latency_p50_ms", "ms", .level,
      "median latency of sample requests of finished jobs, within 1 %"
    ) { $0.latency.quantile(0.5) },
    Measure("latency_p95_ms", "ms", .level, "95th percentile of the same") {
      $0.latency.quantile(0.95)
    },
    Measure("latency_p99_ms", "ms", .level, "99th percentile of the same") {
      $0.latency.quantile(0.99)
    },
    Measure(
      "slo_met_share", "1", .ratio,
      "jobs that met their latency limit / finished jobs that have one"
    ) { $0.latency.metShare },
  ]

  private static let money = [
    Measure(
      "sla_credits_usd", "USD", .flow, "credits paid to users for broken promises"
    ) { $0.demand.slaCredits },
    Measure("user_spend_usd", "USD", .flow, "dollars paid for jobs that finished") {
      $0.userSpend
    },
    Measure("protocol_revenue_usd", "USD", .flow, "the protocol's share of payments") {
      $0.protocolRevenue
    },
    Measure(
      "provider_income_usd", "USD", .flow,
      "payments and emission to operators, tokens at the settlement oracle"
    ) { $0.providerIncome },
    Measure(
      "provider_realised_usd", "USD", .flow,
      "dollars paid to operators and proceeds of their sales, those of returned collateral too"
    ) { $0.providerRealised },
    Measure(
      "provider_cost_usd", "USD", .flow, "electricity, site and operating costs of operators"
    ) { $0.providerCost },
    Measure(
      "provider_income_usd_per_gpu_day", "USD/GPU-day", .ratio,
      "provider_income_usd / registered GPU-days"
    ) { $0.providerIncome / $0.nodeDays },
    Measure(
      "provider_margin_usd_per_gpu_day", "USD/GPU-day", .ratio,
      "(provider_income_usd - provider_cost_usd) / registered GPU-days"
    ) { ($0.providerIncome - $0.providerCost) / $0.nodeDays },
    Measure(
      "median_operator_margin_usd_per_gpu_day", "USD/GPU-day", .level,
      "median over active operators of their mean margin per registered GPU-day of a month"
    ) { $0.medianMargin.value },
    Measure(
      "subsidy_share", "1", .ratio,
      "emission to operators at the oracle / (that emission + user_spend_usd)"
    ) { $0.emissionToOperators / ($0.emissionToOperators + $0.userSpend) },
    Measure(
      "payback_months_p50", "months", .level,
      "median over active nodes of hardware price / (30.4375 x margin per GPU-day of their type)"
    ) { $0.payback.value },
    Measure(
      "runway_months", "months", .stock,
      "treasury_usd / (what the treasury spent and paid to users - the protocol's share of payments) a "
        + "month; undefined without `treasury`, or while it does not shrink"
    ) { $0.treasuryMonths },
  ]

  private static let worth = [
    Measure(
      "useful_gpu_hour_cost_usd", "USD/GPU-h", .ratio,
      """
      (payments, copies and checks that users pay among them, + value of delay and of missed deadlines \
      - stake paid to users) \
      / reference GPU-hours of finished jobs whose result is right, classes by base demand
      """
    ) { $0.weighted(\.usefulCost) },
    Measure(
      "social_cost_usd_per_useful_gpu_hour", "USD/GPU-h", .ratio,
      """
      useful_gpu_hour_cost_usd with lost_gpu_hours_usd, verification that the protocol pays and what \
      the treasury gave users, + emission to operators at the oracle / reference GPU-hours of all \
      classes
      """
    ) { $0.weighted(\.socialCost) + $0.emissionPerUsefulHour },
    Measure(
      "cloud_discount", "1", .ratio,
      "1 - useful_gpu_hour_cost_usd / the same formula for the cloud"
    ) { 1 - $0.weighted(\.usefulCost) / $0.weighted(\.cloudCost) },
  ]

  private static let health = [
    Measure(
      "node_gini", "1", .level,
      "Gini of operators' income over the last concentration interval, of those with income"
    ) { $0.gini.value },
    Measure("operator_hhi", "1", .level, "sum of squared shares of active nodes by operator") {
      $0.concentration.value
    },
    Measure(
      "nakamoto_50", "operators", .level,
      "fewest operators that own more than half of the active nodes"
    ) { $0.nakamoto.value },
    Measure("price_drawdown", "1", .extreme, "1 - price / its highest value so far, largest") {
      $0.priceDrawdown
    },
    Measure("capacity_drawdown", "1", .extreme, "1 - active nodes / their peak so far, largest") {
      $0.capacityDrawdown
    },
    Measure(
      "spiral_grade", "grade", .grade,
      "0 none, 1 stressed, 2 spiral, 3 confirmed, 4 dead; highest so far"
    ) { Double($0.grade.rawValue) },
    Measure("loop_gain", "1", .level, "measured only when asked") { _ in .nan },
  ]
}

extension Totals {
  /// Registered GPU-days.
  fileprivate var nodeDays: Double { Totals.hours(activeNodes) / Span.hoursPerDay }

  /// A token measure: undefined where there is no token.
  func token(_ value: Double) -> Double { circulating.isNaN ? .nan : value }

  /// The mean of an integral over time.
  func mean(_ integral: Int128) -> Double {
    Totals.hours(integral) / (days * Span.hoursPerDay)
  }

  /// Cost per reference GPU-hour, classes weighted as their base demand; those that finished
  /// nothing are left out.
  fileprivate func weighted(_ cost: KeyPath<ClassTotals, Double>) -> Double {
    var sum = 0.0
    var weights = 0.0
    for jobs in classes where jobs.usefulHours > 0 {
      sum += jobs.weight * jobs[keyPath: cost] / jobs.usefulHours
      weights += jobs.weight
    }
    return sum / weights
  }
}
