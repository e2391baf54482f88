import Kernel

/// Shocks and amendments take effect.
extension NetworkState {
  mutating func shock(_ index: Int, begins: Bool) {
    let shock = settings.shocks[index]
    shockIsOn[index] = begins
    let factor = shockFactor(on: shock.target)
    switch shock.target {
    case .demand: demandFactor = factor
    case .electricity: electricityFactor = factor
    case .cloudPrice: cloudFactor = factor
    case .price: venue?.shockFactor = factor
    case .sale where begins:
      token.holdersToSell += Int64((circulatingTokens * shock.share * tokenScale).rounded(.down))
    case .liquidity where begins: moveLiquidity(shock.factor)
    case .sale, .liquidity: break
    }
  }

  /// Product of the shocks on a target that are on; exactly 1 when the last of them is over.
  private func shockFactor(on target: Shock.Target) -> Double {
    zip(settings.shocks, shockIsOn).reduce(1) { product, shock in
      shock.1 && shock.0.target == target ? product * shock.0.factor : product
    }
  }

  /// Liquidity providers take part of both reserves out, or put more in as far as they can.
  private mutating func moveLiquidity(_ factor: Double) {
    guard settings.token != nil else { return }
    for asset in [Asset.dollars, .token] {
      let reserve = ledger.balance(asset, of: .pool)
      let change = Int64((Double(reserve) * (factor - 1).magnitude).rounded(.down))
      if factor < 1 {
        // One unit stays, where there is a pool at all: a pool of nothing has no price.
        let leaves = min(change, max(reserve - 1, 0))
        ledger.settle(asset, leaves, from: .pool, to: .liquidity, .liquidity)
      } else {
        let comes = min(change, ledger.balance(asset, of: .liquidity))
        ledger.settle(asset, comes, from: .liquidity, to: .pool, .liquidity)
      }
    }
  }

  /// Puts the settings of a stage in force.
  mutating func amend(to stage: Int, _ now: SimTime) {
    settings = stages[stage]
    for index in settings.demand.classes.indices {
      users.respond(index, settings.demand.classes[index])
    }
  }
}
