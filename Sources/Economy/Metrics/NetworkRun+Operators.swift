import Kernel

/// Money of operators: by type and region, as a distribution, and by the time of their entry.
extension NetworkRun {
  /// Quantiles of the pay and margin of operators.
  private static let quantiles = [
    ("q05", 0.05), ("q25", 0.25), ("median", 0.5), ("q75", 0.75), ("q95", 0.95),
  ]

  /// Means by type and region, where there are regions, and quantiles over the operators of a type,
  /// each with its mean per node-day in the network since it last entered.
  func operatorRows() -> [BreakdownRow] {
    var rows: [BreakdownRow] = []
    let operators = state.operators
    let everybody = (0..<operators.count).filter { operators.spells[$0].nodeDays > 0 }
    for (type, terms) in state.settings.operators.types.enumerated() {
      let slots = everybody.filter { Int(operators.type[$0]) == type }
      for (column, region) in state.settings.regions.enumerated() {
        let there = slots.filter { Int(operators.region[$0]) == column }
        let sum = there.reduce(into: Spell()) { $0.add(operators.spells[$1]) }
        guard sum.nodeDays > 0 else { continue }
        rows += Self.rows(
          "operator_type_region", "\(terms.name) \(region.name)",
          [
            ("provider_income_usd_per_gpu_day", sum.income / sum.nodeDays),
            ("provider_margin_usd_per_gpu_day", sum.net / sum.nodeDays),
          ])
      }
      rows += quantileRows(of: slots, terms.name)
    }
    return rows + quantileRows(of: everybody, "all")
  }

  private func quantileRows(of slots: [Int], _ name: String) -> [BreakdownRow] {
    guard !slots.isEmpty else { return [] }
    let spells = slots.map { state.operators.spells[$0] }
    let incomes = spells.map { $0.income / $0.nodeDays }.sorted()
    let margins = spells.map { $0.net / $0.nodeDays }.sorted()
    return Self.quantiles.flatMap { quantile, level in
      // The smallest value with at least that share at or below it.
      let rank = max(0, Int((level * Double(slots.count)).rounded(.up)) - 1)
      return Self.rows(
        "operator_type_quantile", "\(name) \(quantile)",
        [
          ("provider_income_usd_per_gpu_day", incomes[rank]),
          ("provider_margin_usd_per_gpu_day", margins[rank]),
        ])
    }
  }

  /// What the operators of each cohort put in and got back, each since it last entered.
  func cohortRows() -> [BreakdownRow] {
    let operators = state.operators
    var cohorts: [Cohort] = []
    for slot in 0..<operators.count where operators.hasBeenActive(slot) {
      let number = Self.cohort(enteredAt: operators.enteredAt[slot])
      while cohorts.count <= number { cohorts.append(Cohort()) }
      cohorts[number].add(operators.spells[slot], nodes: Double(operators.nodes[slot]))
    }
    return cohorts.enumerated().flatMap { number, cohort in
      cohort.nodes > 0
        ? Self.rows("cohort", Self.name(ofCohort: number), cohort.measures) : []
    }
  }

  private static func rows(
    _ dimension: String, _ key: String, _ values: [(String, Double)]
  ) -> [BreakdownRow] {
    values.map { BreakdownRow(measure: $0.0, dimension: dimension, key: key, value: $0.1) }
  }
}

/// Operators that entered in the same quarter.
private struct Cohort {
  var sum = Spell()
  var nodes = 0.0
  /// Nodes whose operators have got back what they put in.
  var paidBack = 0.0

  mutating func add(_ spell: Spell, nodes: Double) {
    sum.add(spell)
    self.nodes += nodes
    if spell.net + spell.recovered >= spell.invested { paidBack += nodes }
  }

  var measures: [(String, Double)] {
    let monthly = sum.net / sum.nodeDays * Span.daysPerMonth
    return [
      ("nodes_entered", nodes),
      ("capital_invested_usd", sum.invested),
      ("net_income_usd", sum.net),
      ("machines_recovered_usd", sum.recovered),
      ("roi", sum.net / sum.invested),
      ("paid_back_share", paidBack / nodes),
      ("payback_months", monthly > 0 ? sum.invested / nodes / monthly : .nan),
    ]
  }
}

extension Spell {
  fileprivate mutating func add(_ other: Spell) {
    invested += other.invested
    recovered += other.recovered
    income += other.income
    cost += other.cost
    nodeDays += other.nodeDays
  }
}
