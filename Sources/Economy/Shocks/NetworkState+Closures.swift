import Kernel

/// Regions that are closed to providers or users.
struct Closures: Sendable {
  /// A region that is closed, for a share of those in it.
  struct Closed: Sendable, Equatable {
    let region: Int
    let share: Double
    /// Place of the shock in the scenario's list.
    let shock: Int
  }

  /// State: what is closed now; nearly always nothing.
  var providers: [Closed] = []
  var users: [Closed] = []

  mutating func turn(_ turn: ShockRule.Turn, _ side: WritableKeyPath<Closures, [Closed]>) {
    self[keyPath: side].removeAll { $0.shock == turn.index }
    guard turn.begins, turn.shock.share > 0, let region = turn.shock.place else { return }
    self[keyPath: side].append(
      Closed(region: region, share: turn.shock.share, shock: turn.index))
  }
}

extension NetworkState {
  /// Whether an operator may not be in its region now.
  func isClosed(toOperator slot: Int) -> Bool {
    if closures.providers.isEmpty { return false }
    return closures.providers.contains { closed in
      Int(operators.region[slot]) == closed.region
        && isHit(operators.identity(slot), by: closed, .closedToProvider)
    }
  }

  /// Whether a potential arrival comes from users who may not.
  @inline(never)
  func isClosed(toArrival identity: UInt64, by who: UInt64, class kind: Int) -> Bool {
    let region = userRegion(of: identity, class: kind)
    return closures.users.contains { closed in
      region == closed.region && isHit(who, by: closed, .closedToUser)
    }
  }

  private func isHit(_ identity: UInt64, by closed: Closures.Closed, _ purpose: Purpose) -> Bool {
    if closed.share >= 1 { return true }
    var stream = luck.stream(purpose, entity: identity, index: UInt32(closed.shock))
    return stream.uniform() < closed.share
  }

  /// Operators whom a shock hits leave at once.
  mutating func expel(by shock: Int, _ queue: inout EventQueue<NetworkEvent>) {
    for slot in 0..<operators.count
    where operators.state[slot] == .active && isClosed(toOperator: slot) {
      expel(slot, &queue)
    }
  }

  mutating func expel(_ slot: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let rule = settings.operators.types[Int(operators.type[slot])].decisions
    exit(slot, mayReturn: rule?.reentry ?? false, &queue)
  }
}
