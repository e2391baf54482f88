import Economy
import Scenarios
import Testing

@testable import Experiments

/// Each mechanism moves the measure that its scenario in `Scenarios/Mechanisms` names, beside the
/// same scenario without it.
struct MechanismTests {
  /// A measure of one variant against that of another.
  struct Row: Sendable, CustomTestStringConvertible {
    enum Direction: Sendable { case up, down, same }

    let file: String
    let measure: String
    let without: String
    let with: String
    let direction: Direction
    var testDescription: String { "\(file): \(measure) of \(with) beside \(without)" }

    init(
      _ file: String, _ measure: String, _ without: String, _ with: String, _ direction: Direction
    ) {
      self.file = file
      self.measure = measure
      self.without = without
      self.with = with
      self.direction = direction
    }
  }

  private static let rows: [Row] = [
    Row("hardware-workloads", "time_in_system_mean_s", "none", "training", .down),
    Row("hardware-workloads", "user_spend_usd", "none", "training", .down),
    Row("hardware-generation", "entries", "none", "newer", .up),
    Row("hardware-generation", "useful_gpu_hour_cost_usd", "newer", "cheaper", .down),
    Row("operators-alternative", "exits", "none", "rival", .up),
    Row("operators-alternative", "exits", "none", "sale", .up),
    Row("operators-alternative", "alternative_income_usd", "mining", "idle", .up),
    Row("operators-expectation", "exits", "none", "average", .down),
    Row("operators-expectation", "exits", "average", "foresight", .up),
    Row("operators-expectation", "exits", "none", "given", .up),
    Row("operators-forced-sale", "forced_sale_tokens", "none", "forced", .up),
    Row("operators-forced-sale", "exits", "none", "forced", .down),
    Row("operators-patience", "exits", "none", "patience", .down),
    Row("operators-patience", "entries", "none", "reentry", .up),
    Row("operators-patience", "entries", "reentry", "slow", .down),
    Row("operators-prospects", "entries", "none", "back", .up),
    Row("operators-prospects", "entries", "back", "noWork", .down),
    Row("operators-aggregate", "active_nodes", "none", "fitted", .down),
    Row("operators-aggregate", "active_nodes", "none", "target", .down),
    Row("operators-aggregate", "exits", "none", "decisions", .up),
    Row("operators-types", "exits", "none", "fall", .up),
    Row("operators-types", "exits", "fall", "loyal", .down),
    Row("churn-sessions", "availability", "none", "exponential", .down),
    Row("churn-sessions", "restarts", "exponential", "weibull", .down),
    Row("churn-sessions", "restarts", "exponential", "lognormal", .down),
    Row("churn-sessions", "restarts", "exponential", "mixture", .down),
    Row("churn-sessions", "availability", "none", "daily", .down),
    Row("churn-sessions", "availability", "none", "hourly", .down),
    Row("churn-sessions", "availability", "none", "trace", .down),
    Row("churn-failures", "node_failures", "none", "chance", .up),
    Row("churn-failures", "node_failures", "chance", "wearOut", .up),
    Row("churn-failures", "mttf_hours", "wearOut", "young", .up),
    Row("churn-failures", "node_failures", "chance", "lemons", .up),
    Row("churn-failures", "transient_errors", "chance", "transient", .up),
    Row("churn-failures", "mttr_hours", "chance", "transient", .down),
    Row("churn-repairs", "availability", "none", "software", .down),
    Row("churn-repairs", "mttr_hours", "software", "home", .up),
    Row("churn-repairs", "mttr_hours", "home", "swap", .up),
    Row("churn-repairs", "mttr_hours", "software", "kinds", .up),
    Row("churn-repairs", "mttr_hours", "swap", "crew", .up),
    Row("churn-outages", "outage_share", "none", "region", .up),
    Row("churn-outages", "outage_share", "none", "release", .up),
    Row("churn-outages", "outage_share", "none", "everywhere", .up),
    Row("churn-outages", "outage_share", "none", "date", .up),
    Row("churn-outages", "sessions_ended", "none", "region", .same),
    Row("churn-drain", "drained_nodes", "none", "some", .up),
    Row("churn-drain", "restarts", "none", "all", .down),
    Row("churn-drain", "lost_gpu_hours", "leaving", "told", .down),
    Row("churn-interruptions", "node_failures", "none", "meta", .up),
    Row("demand-arrivals", "wait_mean_s", "none", "gamma", .up),
    Row("demand-arrivals", "wait_mean_s", "none", "weibull", .up),
    Row("demand-arrivals", "wait_mean_s", "none", "table", .up),
    Row("demand-contracts", "preemptions", "none", "spot", .up),
    Row("demand-contracts", "restarts", "none", "spot", .up),
    Row("demand-contracts", "reservation_fees_usd", "none", "reserved", .up),
    Row("demand-contracts", "breakage_usd", "none", "prepaid", .up),
    Row("demand-terms", "sla_credits_usd", "none", "escrow", .up),
    Row("demand-terms", "provider_income_usd", "none", "escrow", .down),
    Row("demand-terms", "useful_gpu_hour_cost_usd", "none", "treasury", .down),
    Row("demand-terms", "sla_credits_usd", "none", "uptime", .up),
    Row("demand-terms", "missed_deadlines", "none", "deadline", .up),
    Row("demand-terms", "useful_gpu_hour_cost_usd", "none", "deadline", .up),
    Row("demand-shape", "wait_mean_s", "none", "daily", .up),
    Row("demand-shape", "wait_mean_s", "none", "weekly", .up),
    Row("demand-shape", "demand_gpu_hours", "none", "growth", .up),
    Row("demand-shape", "priced_out_share", "none", "budget", .up),
    Row("demand-shape", "demand_gpu_hours", "none", "elastic", .down),
    Row("demand-shape", "jobs_abandoned", "crowded", "careful", .down),
    Row("demand-adoption", "demand_gpu_hours", "none", "careful", .down),
    Row("demand-adoption", "demand_gpu_hours", "careful", "enterprise", .down),
    Row("demand-tags", "organic_demand_share", "none", "subsidised", .down),
    Row("demand-tags", "subsidies_usd", "none", "subsidised", .up),
    Row("demand-tags", "organic_demand_share", "none", "wash", .down),
    Row("demand-tags", "wash_spend_usd", "none", "wash", .up),
    Row("outside-clouds", "cloud_served_gpu_hours", "none", "clouds", .up),
    Row("outside-clouds", "cloud_served_gpu_hours", "clouds", "dated", .up),
    Row("outside-clouds", "cloud_served_gpu_hours", "clouds", "table", .up),
    Row("outside-clouds", "demand_gpu_hours", "clouds", "shortage", .up),
    Row("outside-clouds", "users_bill_usd_per_gpu_hour", "clouds", "hybrid", .up),
    Row("outside-clouds", "cloud_unserved_share", "clouds", "shocked", .up),
    Row("loss-restart", "time_in_system_mean_s", "none", "hour", .up),
    Row("loss-restart", "lost_gpu_hours", "none", "slow", .up),
    Row("loss-restart", "time_in_system_mean_s", "none", "tail", .up),
    Row("loss-restart", "social_cost_usd_per_useful_gpu_hour", "none", "hour", .up),
    Row("loss-restart", "served_gpu_hours", "none", "redraw", .down),
    Row("loss-checkpoints", "lost_gpu_hours", "none", "young", .down),
    Row("loss-checkpoints", "lost_gpu_hours_usd", "none", "young", .down),
    Row("loss-checkpoints", "time_in_system_mean_s", "none", "daly", .down),
    Row("loss-checkpoints", "checkpoint_gpu_hours", "young", "often", .up),
    Row("loss-checkpoints", "lost_gpu_hours", "young", "seldom", .up),
    Row("loss-quorum", "quorum_up_share", "ten", "twelve", .up),
    Row("loss-quorum", "quorum_up_share", "twelve", "fifteen", .up),
    Row("loss-quorum", "quorum_up_share", "fifteen", "eighteen", .up),
    Row("trust-copies", "cloud_discount", "none", "two", .down),
    Row("trust-copies", "cloud_discount", "two", "three", .down),
    Row("trust-copies", "redundant_gpu_hours", "none", "needTwo", .up),
    Row("trust-copies", "cloud_discount", "two", "byProtocol", .up),
    Row("trust-agreement", "redundant_gpu_hours", "two", "finish", .up),
    Row("trust-agreement", "useful_gpu_hour_cost_usd", "two", "finish", .up),
    Row("trust-agreement", "wrong_results_accepted", "none", "agree", .same),
    Row("trust-agreement", "wrong_results_accepted", "agree", "collude", .up),
    Row("trust-agreement", "disputes", "collude", "refereed", .up),
    Row("trust-agreement", "wrong_results_accepted", "collude", "refereed", .down),
    Row("trust-agreement", "wrong_results_accepted", "agree", "refereed", .up),
    Row("trust-cheats", "wrong_results_accepted", "honest", "none", .up),
    Row("trust-cheats", "faults_caught", "none", "audits", .up),
    Row("trust-cheats", "verification_usd", "none", "audits", .up),
    Row("trust-cheats", "ejected_nodes", "audits", "reputation", .up),
    Row("trust-cheats", "wrong_results_accepted", "audits", "reputation", .down),
    Row("trust-cheats", "wrong_results_accepted", "reputation", "probation", .up),
    Row("trust-cheats", "wrong_results_accepted", "probation", "weighed", .down),
    Row("trust-cheats", "wrong_results_accepted", "audits", "operatorsGo", .down),
    Row("trust-cheats", "wrong_results", "audits", "stake", .down),
    Row("trust-cheats", "staked_usd", "audits", "stake", .up),
    Row("trust-cheats", "slashed_usd", "audits", "littleStake", .up),
    Row("trust-cheats", "wrong_results", "none", "copies", .down),
    Row("trust-cheats", "disputes", "none", "disputes", .up),
    Row("trust-cheats", "wrong_results", "disputes", "referee", .down),
    Row("trust-fakes", "registered_gpus", "noFarm", "none", .up),
    Row("trust-fakes", "fake_rewards_usd", "none", "proofs", .down),
    Row("trust-fakes", "ejected_nodes", "none", "proofs", .up),
    Row("trust-fakes", "slashed_usd", "proofs", "late", .up),
    Row("trust-fakes", "spoofed_attempts", "late", "stake", .down),
    Row("trust-fraud-wave", "wrong_results", "none", "wave", .up),
    Row("matching-rules", "useful_gpu_hour_cost_usd", "none", "posted", .down),
    Row("matching-rules", "useful_gpu_hour_cost_usd", "posted", "bid", .down),
    Row("matching-rules", "useful_gpu_hour_cost_usd", "bid", "secondPrice", .up),
    Row("matching-rules", "useful_gpu_hour_cost_usd", "bid", "fewBidders", .up),
    Row("matching-rules", "latency_p50_ms", "none", "nearest", .down),
    Row("matching-rules", "slo_met_share", "none", "nearest", .up),
    Row("matching-rules", "useful_gpu_hour_cost_usd", "none", "byLot", .down),
    Row("matching-rules", "node_gini", "none", "leastWorked", .down),
    Row("matching-rules", "wait_mean_s", "none", "anyLine", .up),
    Row("matching-rules", "wait_mean_s", "anyLine", "shorterOfTwo", .down),
    Row("matching-rules", "wait_mean_s", "shorterOfTwo", "oldNews", .up),
    Row("matching-stake", "slashed_usd", "none", "audits", .up),
    Row("matching-stake", "wrong_results", "audits", "byStake", .down),
    Row("matching-stake", "faults_caught", "audits", "byStake", .down),
    Row("matching-contracts", "preemptions", "none", "spot", .up),
    Row("matching-contracts", "preemptions", "none", "gang", .up),
    Row("matching-contracts", "reservation_fees_usd", "none", "reserved", .up),
    Row("matching-contracts", "redundant_gpu_hours", "none", "copies", .up),
    Row("matching-requirements", "wait_mean_s", "none", "memory", .up),
    Row("matching-requirements", "wait_mean_s", "none", "links", .up),
    Row("matching-requirements", "wait_mean_s", "none", "region", .up),
    Row("matching-requirements", "wait_mean_s", "none", "gang", .up),
    Row("matching-requirements", "wait_mean_s", "gang", "gangOfOne", .up),
    Row("matching-requirements", "wait_mean_s", "gang", "gangHeld", .up),
    Row("latency-parts", "latency_p50_ms", "plain", "far", .up),
    Row("latency-parts", "latency_p50_ms", "plain", "slowLines", .up),
    Row("latency-parts", "latency_p50_ms", "plain", "busy", .up),
    Row("latency-parts", "latency_p50_ms", "plain", "whole", .up),
    Row("latency-parts", "latency_p95_ms", "plain", "manyModels", .up),
    Row("latency-parts", "latency_p50_ms", "manyModels", "manyModelsByUse", .down),
    Row("latency-parts", "latency_p50_ms", "plain", "h100", .down),
    Row("eligibility", "verified_gpus", "none", "approval", .down),
    Row("eligibility", "registered_gpus", "none", "approval", .same),
    Row("eligibility", "online_gpus", "approval", "everybodyQueues", .up),
    Row("eligibility", "verified_gpus", "none", "memory", .down),
    Row("eligibility", "verified_gpus", "memory", "lowered", .up),
    Row("eligibility", "wait_mean_s", "none", "line", .up),
    Row("staking-collateral", "slashed_usd", "none", "dollars", .up),
    Row("staking-collateral", "staked_tokens", "none", "tokens", .up),
    Row("staking-collateral", "circulating_tokens", "none", "tokens", .down),
    Row("staking-collateral", "burned_tokens", "tokens", "burned", .up),
    Row("staking-collateral", "entries", "dollars", "dear", .down),
    Row("rewards-rank", "node_gini", "exact", "noisy", .up),
    Row("rewards-rank", "node_gini", "noisy", "oneView", .up),
    Row("rewards-rank", "node_gini", "exact", "clipped", .up),
    Row("rewards-rank", "node_gini", "clipped", "captured", .down),
    Row("subnets", "subnet_pool_tokens", "none", "price", .up),
    Row("subnets", "circulating_tokens", "none", "price", .down),
    Row("subnets", "subnet_top_emission_share", "price", "fixed", .up),
    Row("subnets", "subnet_top_emission_share", "price", "root", .up),
    Row("subnets", "subnet_top_emission_share", "price", "flow", .up),
    Row("subnets", "subnet_bought_tokens", "price", "cap2025", .down),
    Row("subnets", "subnet_bought_tokens", "price", "weighted", .down),
    Row("subnets", "alpha_burn_tokens", "price", "cheap", .up),
    Row("subnets", "entries", "price", "dear", .down),
    Row("subnets", "stakers_moved_tokens", "price", "movers", .up),
    Row("subnets", "subnets_open", "price", "ended", .down),
    Row("subnets", "alpha_burn_tokens", "price", "sold", .up),
    Row("subnets-halving", "subnet_value_share", "none", "halved", .down),
    Row("subnets-halving", "alpha_sold_tokens", "none", "halved", .down),
    Row("subnets-halving", "provider_realised_usd", "none", "halved", .down),
    Row("payment-burn-at", "burned_usd", "none", "completion", .up),
    Row("payment-burn-at", "burned_tokens", "none", "purchase", .up),
    Row("payment-burn-at", "credits_outstanding", "none", "purchase", .up),
    Row("payment-fees", "protocol_revenue_usd", "none", "token", .up),
    Row("payment-fees", "protocol_revenue_usd", "token", "dollars", .up),
    Row("payment-buy-back", "burned_tokens", "none", "gensyn", .up),
    Row("payment-buy-back", "circulating_tokens", "none", "half", .down),
    Row("payment-buy-back", "buy_back_usd", "gensyn", "capped", .down),
    Row("payment-buy-back", "provider_income_usd", "bonded", "stakers", .up),
    Row("payment-remint", "credit_paid_share", "none", "vault", .up),
    Row("payment-remint", "reminted_tokens", "vault", "fall", .up),
    Row("payment-remint", "minting_halted_share", "vault", "unseeded", .up),
    Row("payment-remint", "credit_paid_share", "fall", "unseeded", .down),
    Row("payment-demand-driven", "provider_income_usd", "none", "halfAlone", .down),
    Row("payment-demand-driven", "surplus_burned_usd", "none", "vaults", .up),
    Row("payment-demand-driven", "months_paid_in_full", "vaults", "priceHalf", .down),
    Row("payment-demand-driven", "months_paid_in_full", "vaults", "demandFall", .down),
    Row("payment-demand-driven", "pay_alerts", "vaults", "twoFalls", .up),
    Row("payment-demand-driven", "promised_pay_met_share", "vaults", "twoFalls", .down),
    Row("payment-demand-driven", "exits", "twoFalls", "overshoot", .up),
    Row("payment-demand-driven", "active_nodes", "twoFalls", "overshoot", .down),
    Row("payment-revenue-reward", "minted_tokens", "none", "rewards", .down),
    Row("payment-revenue-reward", "burn_mint_ratio", "none", "rewards", .up),
    Row("payment-revenue-reward", "burn_mint_ratio", "none", "group", .up),
    Row("treasury", "treasury_unpaid_usd", "none", "costs", .up),
    Row("treasury", "runway_months", "none", "costs", .up),
    Row("treasury", "treasury_unpaid_usd", "costs", "sale", .down),
    Row("treasury", "token_price_usd", "costs", "sale", .down),
    Row("treasury", "provider_income_usd", "none", "grants", .up),
    Row("treasury", "circulating_tokens", "none", "outside", .up),
    Row("treasury", "provider_income_usd", "none", "topUp", .up),
    Row("treasury", "price_drawdown", "none", "loan", .down),
    Row("staking-delegators", "staked_tokens", "none", "staked", .up),
    Row("staking-delegators", "circulating_tokens", "none", "staked", .down),
    Row("staking-delegators", "token_price_usd", "none", "staked", .up),
    Row("staking-delegators", "bonded_share", "staked", "generous", .up),
    Row("staking-delegators", "provider_income_usd", "staked", "generous", .down),
    Row("staking-delegators", "staking_rewards_usd", "staked", "taxed", .down),
    Row("staking-delegators", "staking_yield_per_year", "staked", "fees", .up),
    Row("staking-delegators", "token_price_usd", "none", "restless", .down),
    Row("staking-delegators", "unbonding_tokens", "restless", "waiting", .up),
    Row("staking-delegators", "token_price_usd", "restless", "waiting", .up),
    Row("staking-delegators", "delegators_slashed_usd", "kept", "slashed", .up),
    Row("staking-delegators", "staked_tokens", "kept", "slashed", .down),
    Row("staking-terms", "staked_usd", "revalued", "worth", .down),
    Row("staking-terms", "staked_tokens", "worth", "revalued", .up),
    Row("staking-terms", "staked_tokens", "none", "multiplied", .up),
    Row("staking-terms", "staked_tokens", "none", "pledge", .up),
    Row("staking-terms", "staked_tokens", "pledge", "baseline", .down),
    Row("staking-terms", "burned_tokens", "none", "term", .up),
    Row("staking-terms", "burned_tokens", "none", "fee", .up),
    Row("vesting", "circulating_tokens", "none", "cliff", .up),
    Row("vesting", "token_price_usd", "none", "cliff", .down),
    Row("vesting", "circulating_tokens", "cliff", "linear", .down),
    Row("vesting", "circulating_tokens", "linear", "table", .down),
    Row("vesting", "circulating_tokens", "linear", "halving", .up),
    Row("vesting", "token_price_usd", "cliff", "kept", .up),
    Row("vesting", "token_price_usd", "cliff", "patient", .up),
  ]

  private static let files = rows.reduce(into: [String]()) { files, row in
    if !files.contains(row.file) { files.append(row.file) }
  }

  @Test(arguments: files) func `a mechanism moves what its scenario says`(file: String) async throws
  {
    let scenario = try shippedScenario("Mechanisms/\(file)")
    let run = try await Replicated(scenario)
    for row in Self.rows where row.file == file {
      func mean(_ name: String) throws -> Double {
        let variant = try #require(scenario.variants.firstIndex { $0.name == name })
        let values = run.values(row.measure, in: variant).filter(\.isFinite)
        // What is not there at all is nothing.
        return values.reduce(0, +) / Double(max(values.count, 1))
      }
      let (without, with) = (try mean(row.without), try mean(row.with))
      let comment: Comment = "\(row.testDescription): \(without), then \(with)"
      switch row.direction {
      case .up: #expect(with > without, comment)
      case .down: #expect(with < without, comment)
      case .same: #expect(with == without, comment)
      }
    }
  }

  @Test func `clients that leave as a whole spread futures apart`() async throws {
    let runs = try await Replicated(try shippedScenario("Mechanisms/demand-whales"))
    func deviation(_ variant: Int) -> Double {
      Sample(runs.values("jobs_arrived", in: variant)).deviation
    }
    // Shares of up to 44 % of 1,200 jobs, against √1,200 of independent users.
    #expect(deviation(1) > 4 * deviation(0))
  }
}
