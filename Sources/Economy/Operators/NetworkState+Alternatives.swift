import Kernel

/// What operators could earn, and do earn, outside the network.
extension NetworkState {
  /// What a machine of an operator would leave elsewhere [USD/node-day]; 0 where its type names no
  /// alternative.
  func alternativePay(of slot: Int, at now: SimTime) -> Double {
    let type = settings.operators.types[Int(operators.type[slot])]
    guard let alternative = type.alternative else { return 0 }
    let factor = operators.costFactor[slot]
    let hardware = settings.hardware[type.hardware]
    let power =
      hardware.busyWatts * Span.hoursPerDay / 1000 * operators.tariff[slot] * electricityFactor
    return alternative.net(
      power: power * factor, site: type.costs.operating * factor,
      resale: resaleValue(of: slot, at: now), factor: rivalFactor)
  }

  /// Pay of the alternative for the idle hours since the last settlement, where it is worth the
  /// additional power, and the energy that this takes.
  ///
  /// - Returns: dollars and kWh, both 0 where idle nodes do nothing else.
  mutating func earnWhileIdle(
    _ slot: Int, idleHours: Double
  ) -> (dollars: Double, energy: Double) {
    let type = settings.operators.types[Int(operators.type[slot])]
    guard let listed = type.alternative?.idlePay, idleHours > 0 else { return (0, 0) }
    let pay = listed * rivalFactor
    let hardware = settings.hardware[type.hardware]
    let more = max(0, hardware.busyWatts - hardware.idleWatts) / 1000
    let power = more * operators.tariff[slot] * electricityFactor * operators.costFactor[slot]
    guard pay > power else { return (0, 0) }
    let dollars = pay * idleHours
    ledger.settle(
      .dollars, microdollars(dollars), from: .world, to: account(of: slot), .alternativeIncome)
    operators.margin[slot] += dollars
    operators.spells[slot].income += dollars
    interval.alternativeIncome += dollars
    return (dollars, more * idleHours)
  }
}
