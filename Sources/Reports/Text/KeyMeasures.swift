/// What the terminal shows of a result; the files hold everything.
enum KeyMeasures {
  static let names = [
    "token_price_usd", "burn_mint_ratio", "active_nodes", "online_gpus", "availability",
    "utilisation", "fill_rate", "wait_mean_s", "latency_p95_ms", "restarts", "user_spend_usd",
    "protocol_revenue_usd", "provider_income_usd", "provider_margin_usd_per_gpu_day",
    "subsidy_share", "useful_gpu_hour_cost_usd", "cloud_discount", "price_drawdown",
    "capacity_drawdown", "spiral_grade_stressed_share", "spiral_grade_spiral_share",
    "spiral_grade_confirmed_share", "spiral_grade_dead_share",
  ]
}
