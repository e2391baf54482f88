public import Kernel

/// A measure of a part of the network over the whole run.
public struct BreakdownRow: Sendable {
  public let measure: String
  public let dimension: String
  public let key: String
  public let value: Double
}

/// How many operators of a cohort are still in the network.
public struct SurvivalRow: Sendable {
  public let cohort: String
  public let time: SimTime
  public let atRisk: Int
  public let survivors: Int
  public var share: Double { Double(survivors) / Double(atRisk) }
}

extension NetworkRun {
  /// Measures by operator type, by GPU and by class of demand.
  public func breakdown() -> [BreakdownRow] {
    let state = state
    let types = state.settings.operators.types
    var rows: [BreakdownRow] = []
    for (index, type) in types.enumerated() {
      rows += Self.rows(of: state.byType[index], "operator_type", type.name)
    }
    for (column, hardware) in state.settings.hardware.enumerated() {
      var sum = TypeTotals()
      for (index, type) in types.enumerated() where type.hardware == column {
        sum.add(state.byType[index])
      }
      rows += Self.rows(of: sum, "gpu", hardware.name)
      let margin = (sum.income - sum.cost) / sum.nodeDays
      rows.append(
        BreakdownRow(
          measure: "payback_months", dimension: "gpu", key: hardware.name,
          value: margin > 0 ? hardware.price / (margin * Span.daysPerMonth) : .nan))
    }
    for (index, demand) in state.settings.demand.classes.enumerated() {
      func row(_ measure: String, _ value: Double) -> BreakdownRow {
        BreakdownRow(measure: measure, dimension: "class", key: demand.name, value: value)
      }
      let jobs = state.whole.classes[index]
      rows.append(row("served_gpu_hours", jobs.usefulHours))
      rows.append(row("useful_gpu_hour_cost_usd", jobs.usefulCost / jobs.usefulHours))
      rows.append(row("cloud_discount", 1 - jobs.usefulCost / jobs.cloudCost))
      for (part, dollars) in parts(of: jobs) {
        rows.append(row(part + "_usd_per_useful_gpu_hour", dollars / jobs.usefulHours))
      }
      let emission = state.whole.emissionPerUsefulHour
      let social = jobs.socialCost / jobs.usefulHours + emission
      rows.append(row("social_cost_usd_per_useful_gpu_hour", social))
      rows.append(row("emission_usd_per_useful_gpu_hour", emission))
      if demand.latency != nil {
        let latency = state.whole.latency.classes[index]
        for (name, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
          rows.append(row("latency_\(name)_ms", latency.sketch.quantile(share) ?? .nan))
        }
        rows.append(row("slo_met_share", latency.metShare))
      }
    }
    return rows + Self.matchingRows(of: state) + operatorRows() + cohortRows() + subnetRows()
      + validatorRows()
  }

  /// Mean shares of validators in what their rankings leave to them; nobody is paid by them.
  private func validatorRows() -> [BreakdownRow] {
    let settings = state.settings
    var rankings = [("", settings.ranking, state.ranks)]
    for (subnet, row) in zip(settings.subnets?.list ?? [], state.subnets.rows) {
      rankings.append(("\(subnet.name)/", subnet.ranking ?? settings.ranking, row.ranks))
    }
    return rankings.flatMap { place, terms, ranks in
      ranks.dividends.enumerated().map { validator, sum in
        BreakdownRow(
          measure: "dividend_share", dimension: "validator",
          key: place + (validator < terms.validators ? "\(validator + 1)" : "cabal"),
          value: sum / Double(ranks.rankings))
      }
    }
  }

  /// What `useful_gpu_hour_cost_usd` of a class consists of, the same work at the cloud, and what
  /// others bear beside its users, which with emission makes the social cost [USD].
  ///
  /// Waiting is that of jobs that started or gave up; what delay is left is that of later attempts.
  /// Copies wait side by side, so there the two are one.
  private func parts(of jobs: ClassTotals) -> [(String, Double)] {
    let trust = state.trust
    let checks = jobs.redundancyCost + jobs.verificationCost
    let price = jobs.usefulCost - jobs.delayCost - jobs.deadlineCost - checks
    var parts = [("price", price), ("deadlines", jobs.deadlineCost)]
    if trust.hasCopies {
      parts.append(("delay", jobs.delayCost))
    } else {
      parts.append(("waiting", jobs.waitingCost))
      parts.append(("retries", jobs.delayCost - jobs.waitingCost))
    }
    if trust.isOn {
      parts.append(("redundancy", jobs.redundancyCost))
      parts.append(("verification", jobs.verificationCost))
    }
    parts.append(("cloud", jobs.cloudCost))
    parts.append(("lost_work", jobs.lostCost))
    parts.append(("protocol_verification", jobs.protocolChecks))
    parts.append(("treasury", jobs.treasuryCost))
    return parts
  }

  /// Where matching looks at more than hardware: waits by class, and which hardware did the work of
  /// which class.
  private static func matchingRows(of state: NetworkState) -> [BreakdownRow] {
    guard state.match.isGeneral else { return [] }
    var rows: [BreakdownRow] = []
    for (kind, demand) in state.settings.demand.classes.enumerated() {
      rows.append(
        BreakdownRow(
          measure: "wait_mean_s", dimension: "class", key: demand.name,
          value: state.match.waits[kind].mean))
      for (column, hardware) in state.settings.hardware.enumerated() {
        rows.append(
          BreakdownRow(
            measure: "served_gpu_hours", dimension: "class_gpu",
            key: "\(demand.name)/\(hardware.name)",
            value: state.match.served[kind * state.settings.hardware.count + column]))
      }
    }
    return rows
  }

  private static func rows(
    of totals: TypeTotals, _ dimension: String, _ key: String
  ) -> [BreakdownRow] {
    let months = totals.nodeDays / Span.daysPerMonth
    let values = [
      ("active_nodes_days", totals.nodeDays),
      ("provider_income_usd_per_gpu_day", totals.income / totals.nodeDays),
      (
        "provider_margin_usd_per_gpu_day", (totals.income - totals.cost) / totals.nodeDays
      ),
      ("availability", totals.onlineHours / (totals.nodeDays * Span.hoursPerDay)),
      ("busy_share", totals.busyHours / totals.onlineHours),
      ("entries", totals.entries),
      ("exits", totals.exits),
      ("exit_rate_per_month", totals.exits / months),
    ]
    return values.map {
      BreakdownRow(measure: $0.0, dimension: dimension, key: key, value: $0.1)
    }
  }

  /// The number of the cohort of an operator that entered at a time: 0 those of day 0, then quarters
  /// of 91 days.
  static func cohort(enteredAt time: SimTime) -> Int {
    time == .zero ? 0 : 1 + Int(time.microseconds / SimDuration.days(91).microseconds)
  }

  static func name(ofCohort number: Int) -> String { number == 0 ? "start" : "quarter \(number)" }

  /// Operators by the quarter (91 days) of their entry, looked at every 7 days; those of day 0 are
  /// the cohort "start".
  public func survival() -> [SurvivalRow] {
    let state = state
    var cohorts: [[Int]] = []
    for slot in 0..<state.operators.count where state.operators.hasBeenActive(slot) {
      let cohort = Self.cohort(enteredAt: state.operators.enteredAt[slot])
      while cohorts.count <= cohort { cohorts.append([]) }
      cohorts[cohort].append(slot)
    }
    var rows: [SurvivalRow] = []
    for (number, cohort) in cohorts.enumerated() where !cohort.isEmpty {
      let name = Self.name(ofCohort: number)
      var from = SimTime.zero
      if number > 0 { from = .days(Double(number) * 91) }
      var time = from
      while time <= state.horizon {
        let survivors = cohort.count { state.operators.leftAt[$0] > time }
        rows.append(
          SurvivalRow(
            cohort: name, time: time, atRisk: cohort.count, survivors: survivors))
        time = time + .days(7)
      }
    }
    return rows
  }
}

extension TypeTotals {
  fileprivate mutating func add(_ other: TypeTotals) {
    nodeDays += other.nodeDays
    income += other.income
    cost += other.cost
    onlineHours += other.onlineHours
    busyHours += other.busyHours
    entries += other.entries
    exits += other.exits
  }
}

extension Operators {
  /// Whether the operator is, or once was, in the network.
  func hasBeenActive(_ slot: Int) -> Bool {
    switch state[slot] {
    case .active: true
    case .candidate, .left: leftAt[slot] < .farFuture
    case .arriving: false
    }
  }
}
