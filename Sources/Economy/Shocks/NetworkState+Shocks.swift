import Kernel

/// Shocks and amendments take effect.
extension NetworkState {
  mutating func shock(
    _ index: Int, begins: Bool, _ queue: inout EventQueue<NetworkEvent>
  ) {
    let shock = settings.shocks[index]
    shockIsOn[index] = begins
    let factor = shockFactor(on: shock.target)
    switch shock.target {
    case .demand: demandFactor = factor
    case .electricity: electricityFactor = factor
    case .cloudPrice:
      cloudFactor = factor
      lookOutside(at: queue.now)
    case .cloudShortage:
      cloudAvailability = min(factor, 1)
      lookOutside(at: queue.now)
    case .price: venue?.shockFactor = factor
    case .fraud: trust.fraudFactor = factor
    case .sale: if begins { sellFromHolders(shock.share) }
    case .liquidity: moveLiquidity(begins ? shock.factor : 1 / max(shock.factor, 1e-9))
    case .outage: begins ? beginOutage(shock: index, &queue) : endOutage(shock: index, &queue)
    }
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

  /// Product of the shocks on a target that are on; exactly 1 when the last of them is over; cut at 10^6.
  private func shockFactor(on target: Shock.Target) -> Double {
    let product = zip(settings.shocks, shockIsOn).reduce(1) { product, shock in
      shock.1 && shock.0.target == target ? product * shock.0.factor : product
    }
    return min(product, 1e6)
  }

  /// Holders sell a share of the circulating tokens at the next market step, as far as they can.
  private mutating func sellFromHolders(_ share: Double) {
    guard settings.token != nil else { return }
    let held = ledger.balance(.token, of: .holders)
    let wanted = Int64(min(circulatingTokens * share * tokenScale, Double(held)).rounded(.down))
    token.holdersToSell = min(token.holdersToSell, held) + min(wanted, held)
  }

  /// Liquidity providers take part of both reserves out, or bring more in as far as they have
  /// both; the price stays.
  private mutating func moveLiquidity(_ factor: Double) {
    guard settings.token != nil else { return }
    let assets = [Asset.dollars, .token]
    let reserves = assets.map { Double(ledger.balance($0, of: .pool)) }
    guard reserves.allSatisfy({ $0 > 0 }) else { return }
    var share = (factor - 1).magnitude
    if factor > 1 {
      for (asset, reserve) in zip(assets, reserves) {
        share = min(share, Double(ledger.balance(asset, of: .liquidity)) / reserve)
      }
    }
    for (asset, reserve) in zip(assets, reserves) {
      let change = Int64((reserve * share).rounded(.down))
      if factor < 1 {
        // One unit stays: a pool of nothing has no price.
        let leaves = min(change, ledger.balance(asset, of: .pool) - 1)
        ledger.settle(asset, leaves, from: .pool, to: .liquidity, .liquidity)
      } else {
        let comes = min(change, ledger.balance(asset, of: .liquidity))
        ledger.settle(asset, comes, from: .liquidity, to: .pool, .liquidity)
      }
    }
  }

  /// Puts the settings of a stage in force.
  mutating func amend(to stage: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let terms = settings.eligibility
    settings = stages[stage]
    let now = queue.now
    settings.catchUp(with: now)
    foresee(at: now)
    for index in settings.demand.classes.indices {
      users[index].prepare(settings.demand.classes[index])
    }
    lookIfPlain()
    lookOutside(at: now)
    renewReservations(&queue)
    review(after: terms, &queue)
  }
}
