import Kernel

/// Shocks take effect.
extension NetworkState {
  mutating func shock(
    _ index: Int, begins: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let shock = settings.shocks[index]
    shockIsOn[index] = begins
    shock.target.rule.act(
      &self,
      ShockRule.Turn(
        shock: shock, index: index, begins: begins, factor: factor(of: shock.target),
        now: queue.now), &queue)
    guard let condition = shock.condition else { return }
    if !begins || shock.isOverAtOnce {
      shockWatches[index].end(at: queue.now, restingFor: condition.coolDown)
    } else if let lasting = shock.lasting {
      schedule(.shockOff, slot: index, after: .days(lasting), Phases.shocks, &queue)
    }
  }

  /// Sets off and ends the shocks whose condition the last row of the series meets.
  mutating func lookAtConditions(_ queue: inout EventQueue<NetworkEvent>) {
    guard !shockWatches.isEmpty, let row = series.last else { return }
    for (index, shock) in settings.shocks.enumerated() {
      guard let condition = shock.condition else { continue }
      let move = shockWatches[index].look(
        row.values[condition.measure], at: queue.now, condition, isOn: shockIsOn[index],
        endsWhenBack: condition.until != nil && shock.lasting == nil
      ) { [luck] crossing in
        var stream = luck.stream(.conditionShock, entity: UInt64(index), index: crossing)
        return stream.uniform() < condition.probability
      }
      switch move {
      case .wait: break
      case .begin:
        schedule(.shockOn, slot: index, after: condition.delay, Phases.shocks, &queue)
      case .end: schedule(.shockOff, slot: index, after: .zero, Phases.shocks, &queue)
      }
    }
  }

  /// Product of the shocks on a target that are on; exactly 1 when the last of them is over; cut at
  /// 10^6. Of shocks without a size, whether one is on.
  private func factor(of target: Shock.Target) -> Double {
    let on = zip(settings.shocks, shockIsOn).filter { $0.1 && $0.0.target == target }.map(\.0)
    if case .duration = target.rule.size { return on.reduce(0) { max($0, $1.share) } }
    return min(on.reduce(1) { $0 * $1.factor }, 1e6)
  }

  /// Multiplies what machines cost and fetch by the newer generations that have come.
  mutating func valueMachines() {
    for column in settings.hardware.indices {
      var newness = 1.0
      for (shock, isOn) in zip(settings.shocks, shockIsOn)
      where isOn && shock.target == .hardwareGeneration && shock.place ?? column == column {
        newness *= shock.factor
      }
      settings.value(hardware: column, at: newness)
    }
  }

  /// Holders sell a share of the circulating tokens at the next market step, as far as they can.
  mutating func sellFromHolders(_ share: Double) {
    guard settings.token != nil else { return }
    let held = ledger.balance(.token, of: .holders)
    let wanted = Int64(min(circulatingTokens * share * tokenScale, Double(held)).rounded(.down))
    sellOfHolders(wanted)
  }
}
