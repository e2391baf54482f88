import Kernel

/// Types of operator whose nodes follow an aggregate rule.
extension NetworkState {
  /// Makes the order in which candidates come and leave, for the types that have such a rule.
  mutating func enrolAggregates() {
    let types = settings.operators.types
    guard types.contains(where: { $0.aggregate != nil }) else { return }
    var slot = 0
    for terms in types {
      let slots = slot..<slot + terms.roster.candidates
      slot = slots.upperBound
      guard terms.aggregate != nil else {
        aggregates.append(AggregateState(order: [], wanted: 0))
        continue
      }
      let ranked = slots.map { candidate in
        var stream = luck.stream(.aggregateRank, entity: operators.identity(candidate))
        return (rank: stream.uniform(), slot: UInt32(candidate))
      }.sorted { ($0.rank, $0.slot) < ($1.rank, $1.slot) }
      let nodes = slots.reduce(0) {
        operators.state[$1] == .active ? $0 + Int(operators.nodes[$1]) : $0
      }
      aggregates.append(AggregateState(order: ranked.map(\.slot), wanted: Double(nodes)))
    }
  }

  /// Notes what an epoch paid to the nodes of a type.
  mutating func noteForAggregate(type: Int, income: Double, nodeDays: Double) {
    guard !aggregates.isEmpty else { return }
    aggregates[type].income += income
    aggregates[type].nodeDays += nodeDays
  }

  /// A month's step of a type: as many nodes as the rule wants.
  mutating func adjust(
    type: Int, _ rule: AggregateRule, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let now = queue.now
    var state = aggregates[type]
    if state.nodeDays > 0 {
      let pay = state.income / state.nodeDays * Span.daysPerMonth
      state.pays.append(pay)
      if state.pays.count > rule.lag + 1 { state.pays.removeFirst() }
      if state.anchor == nil { state.anchor = (max(state.wanted, 1), pay) }
    }
    state.income = 0
    state.nodeDays = 0
    let isOpen = now.inDays >= settings.operators.frozenDays && !isCut(.payToEntry)
    if isOpen, state.pays.count > rule.lag, let anchor = state.anchor, state.wanted > 0 {
      let growth = rule.growth(
        pay: state.pays[0], nodes: state.wanted, anchor: anchor,
        chance: rule.noise > 0 ? chance(type: type, at: now) : 0)
      let most = state.order.reduce(0.0) { $0 + Double(operators.nodes[Int($1)]) }
      state.wanted = min(state.wanted * Elementary.exp(min(growth, 50)), most)
    }
    aggregates[type] = state
    if isOpen { bring(type: type, to: state.wanted, rule, &queue) }
    schedule(
      .operatorDecision, slot: Int(state.order.min() ?? 0), after: AggregateRule.month,
      Phases.decisions, &queue)
  }

  /// The luck of a type's month.
  private func chance(type: Int, at now: SimTime) -> Double {
    let month = UInt32((now.inDays / Span.daysPerMonth).rounded())
    var stream = luck.stream(.aggregateNoise, entity: UInt64(type), index: month)
    return Normal(mean: 0, deviation: 1).sample(using: &stream)
  }

  /// Brings candidates in, or retires operators, while that brings the number of nodes nearer.
  private mutating func bring(
    type: Int, to wanted: Double, _ rule: AggregateRule,
    _ queue: inout EventQueue<NetworkEvent>
  ) {
    let order = aggregates[type].order.map(Int.init)
    var nodes = order.reduce(0.0) { sum, slot in
      let isIn = operators.state[slot] == .active || operators.state[slot] == .arriving
      return isIn ? sum + Double(operators.nodes[slot]) : sum
    }
    func isNearer(_ change: Double) -> Bool {
      (nodes + change - wanted).magnitude < (nodes - wanted).magnitude
    }
    if nodes < wanted, isAvailable(type: type, at: queue.now) {
      for slot in order where operators.state[slot] == .candidate && !isClosed(toOperator: slot) {
        let fleet = Double(operators.nodes[slot])
        guard isNearer(fleet) else { continue }
        nodes += fleet
        enter(slot, lead: .zero, &queue)
      }
    } else if nodes > wanted {
      for slot in order.reversed() where operators.state[slot] == .active {
        let fleet = Double(operators.nodes[slot])
        guard isNearer(-fleet) else { continue }
        nodes -= fleet
        exit(slot, mayReturn: rule.reentry, &queue)
      }
    }
  }
}

extension AggregateRule {
  /// Time between two steps.
  static let month = SimDuration.days(Span.daysPerMonth)
}
