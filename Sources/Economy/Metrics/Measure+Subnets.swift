import Kernel

extension Measure {
  /// What becomes of emission that goes into the pools of subnets.
  static let subnets = [
    Measure(
      "subnet_top_emission_share", "1", .stock,
      "largest share of a subnet in the emission for subnets at the last settlement"
    ) { $0.subnets.topShare },
    Measure(
      "subnet_emission_hhi", "1", .stock, "sum of the squares of these shares"
    ) { $0.subnets.shareSquares },
    Measure(
      "subnet_price_hhi", "1", .stock,
      "sum of the squares of the subnets' shares in the sum of their average prices"
    ) { $0.subnets.priceSquares },
    Measure(
      "subnet_value_share", "1", .stock,
      "alpha that exists at its pool's price, of all subnets, / token supply not burned"
    ) { $0.subnets.value },
    Measure("subnets_open", "subnets", .stock, "subnets that are not dissolved") {
      $0.subnets.open
    },
    Measure("subnet_pool_tokens", "tokens", .stock, "tokens in the pools of subnets") {
      $0.subnets.pooled
    },
    Measure("root_stake_tokens", "tokens", .stock, "tokens staked on no subnet") {
      $0.subnets.rootStake
    },
    Measure(
      "subnet_place_price_tokens", "tokens", .stock,
      "price of a place for a node, mean over open subnets"
    ) { $0.subnets.place },
    Measure(
      "subnet_injected_tokens", "tokens", .flow, "emission that joined the pools of subnets"
    ) { $0.token($0.subnets.injected) },
    Measure(
      "subnet_bought_tokens", "tokens", .flow, "emission that bought alpha from the pools"
    ) { $0.token($0.subnets.bought) },
    Measure(
      "alpha_sold_tokens", "tokens", .flow, "tokens that sales of alpha took out of the pools"
    ) { $0.token($0.subnets.sold) },
    Measure(
      "alpha_burn_tokens", "tokens", .flow,
      "tokens that bought alpha to burn it, for places and by users of subnets"
    ) { $0.token($0.subnets.registration) },
    Measure(
      "stakers_moved_tokens", "tokens", .flow, "tokens that stakers moved to other subnets"
    ) { $0.token($0.subnets.moved) },
  ]
}

extension NetworkState {
  /// Puts what subnets are at the end of an interval into its totals.
  mutating func closeSubnets() {
    let open = subnets.rows.filter(\.isOpen)
    let shares = open.map(\.share)
    let averages = open.reduce(0) { $0 + $1.average }
    let value = open.reduce(0) { $0 + Double($1.issuance) * $1.pool.price }
    let outside = ledger.balance(.token, of: .world) + ledger.balance(.token, of: .burned)
    interval.subnets.open = Double(open.count)
    interval.subnets.topShare = shares.max() ?? .nan
    interval.subnets.shareSquares = shares.reduce(0) { $0 + $1 * $1 }
    interval.subnets.priceSquares = open.reduce(0) {
      $0 + ($1.average / averages) * ($1.average / averages)
    }
    interval.subnets.value = value / Double(-outside)
    interval.subnets.pooled = Double(open.reduce(0) { $0 + $1.pool.tokens }) / tokenScale
    interval.subnets.rootStake = Double(subnets.rootStake) / tokenScale
    interval.subnets.place =
      Double(open.reduce(0) { $0 + $1.place }) / tokenScale / Double(open.count)
  }
}

extension NetworkRun {
  /// Measures by subnet.
  func subnetRows() -> [BreakdownRow] {
    guard let terms = state.settings.subnets else { return [] }
    let scale = state.tokenScale
    let total = state.subnets.rows.reduce(0) { $0 + $1.emission }
    var rows: [BreakdownRow] = []
    for (subnet, row) in zip(terms.list, state.subnets.rows) {
      let issued = Double(row.issued) / scale
      let burned = Double(row.burned) / scale
      let pooled = Double(row.pool.tokens) / scale
      let place = Double(row.place) / scale
      let values: [(String, Double)] = [
        ("subnet_emission_tokens", row.emission),
        ("subnet_emission_share", row.emission / total),
        ("alpha_price_tokens", row.isOpen ? row.pool.price : .nan),
        ("alpha_average_price_tokens", row.isOpen ? row.average : .nan),
        ("alpha_issued", issued),
        ("alpha_burned", burned),
        ("subnet_pool_tokens", row.isOpen ? pooled : 0),
        ("subnet_place_price_tokens", place),
        ("miners_pay_usd", row.minersPay),
      ]
      rows += values.map {
        BreakdownRow(measure: $0.0, dimension: "subnet", key: subnet.name, value: $0.1)
      }
    }
    return rows
  }
}
