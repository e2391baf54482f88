import Kernel

/// Pay promised in dollars, out of the reward vault and the fee vault.
extension NetworkState {
  /// At a settlement, after tokens are issued: pays the epoch's hours, and burns what was not needed.
  mutating func payPromises(_ now: SimTime) {
    guard let terms = settings.payment.demandDriven, settings.token != nil else { return }
    seedVaults(terms, now)
    var promised = 0.0
    let owed = dues(terms, &promised)
    let total = owed.reduce(0, +)
    let fees = vaults.feesOfEpoch
    vaults.feesOfEpoch = 0
    let fromFees = total > 0 ? pay(owed, total, now) : 0
    // Where nobody was owed anything, nothing was missing.
    if total == 0 { vaults.scale = terms.scale(after: vaults.scale, missing: 0) }
    interval.vaults.promised += promised
    spendSurplus(max(0, fees - fromFees), terms)
  }

  /// Pay of an epoch without payments is promised all the same, and missing.
  mutating func breakPromises(_ now: SimTime) {
    guard let terms = settings.payment.demandDriven, settings.token != nil else { return }
    var promised = 0.0
    guard dues(terms, &promised).contains(where: { $0 > 0 }) else { return }
    interval.vaults.promised += promised
    noteShortfall(now)
  }

  private mutating func noteShortfall(_ now: SimTime) {
    interval.vaults.alerts += 1
    if vaults.firstShort == nil { vaults.firstShort = now.inDays }
  }

  /// Out of the treasury, as far as it goes, before the first epoch is paid.
  private mutating func seedVaults(_ terms: DemandDriven, _ now: SimTime) {
    if vaults.isSeeded { return }
    vaults.isSeeded = true
    vaults.promisedSince = now.inDays - settings.epoch.inDays
    let wanted = Int64(min(terms.rewardVaultSeed * tokenScale, 4e18).rounded())
    let units = min(wanted, ledger.balance(.token, of: .treasury))
    ledger.settle(.token, units, from: .treasury, to: .rewardVault, .vaultFunding)
    vaults.rewardIn += units
    let dollars = min(microdollars(terms.feeVaultSeed), ledger.balance(.dollars, of: .treasury))
    ledger.settle(.dollars, dollars, from: .treasury, to: .feeVault, .vaultFunding)
    vaults.feesIn += dollars
  }

  /// Dollars owed to each operator for the epoch, `[operators]` [micro-dollars].
  private func dues(_ terms: DemandDriven, _ promised: inout Double) -> [Int64] {
    let hours =
      switch terms.hours {
      case .online: trust.isOn ? claimedTime : operators.online
      case .busy: operators.busy
      }
    return (0..<operators.count).map { slot in
      let column = settings.operators.types[Int(operators.type[slot])].hardware
      guard column < terms.targets.count else { return 0 }
      let dollars = terms.targets[column] * Double(hours[slot]) / 3.6e9
      promised += dollars
      return microdollars(dollars * vaults.scale)
    }
  }

  /// Pays operators from both vaults, and moves the scale.
  /// - Returns: dollars that the fee vault gave [micro-dollars].
  private mutating func pay(_ owed: [Int64], _ total: Int64, _ now: SimTime) -> Int64 {
    guard let terms = settings.payment.demandDriven else { return 0 }
    let price = priceOfUnit
    let held = ledger.balance(.token, of: .rewardVault)
    let wanted = price > 0 ? min((Double(total) / price).rounded(.up), 4e18) : 0
    let units = min(Int64(wanted), held)
    let covered = Int64(min(Double(total), (Double(units) * price).rounded()))
    payTokens(units, by: owed, worth: covered, from: .rewardVault)
    vaults.rewardOut += units
    interval.emissionToOperators += Double(units) / tokenScale * token.oraclePrice
    let fees = min(total - covered, ledger.balance(.dollars, of: .feeVault))
    if fees > 0 {
      let bought = buyTokens(with: fees, by: .feeVault)
      token.bought &+= bought.units
      token.passedOn &+= bought.units
      if bought.price > 0 { readOwnTrade(at: bought.price) }
      payTokens(bought.units, by: owed, worth: fees, from: .feeVault)
      vaults.feesOut += fees
    }
    let missing = total - covered - fees
    interval.vaults.paid += Double(total - missing) / 1e6
    if missing > 0 { noteShortfall(now) }
    vaults.scale = terms.scale(after: vaults.scale, missing: Double(missing) / Double(total))
    return fees
  }

  private mutating func payTokens(
    _ units: Int64, by owed: [Int64], worth dollars: Int64, from vault: Account
  ) {
    var shares = [Int64](repeating: 0, count: operators.count)
    guard Split.largestRemainder(of: units, by: owed, into: &shares) > 0 else { return }
    ledger.settle(.token, shares, from: vault, toOperators: .targetPay)
    let total = Double(owed.reduce(0, +))
    for slot in shares.indices where shares[slot] > 0 {
      let part = Double(dollars) / 1e6 * Double(owed[slot]) / total
      receive(slot, tokens: shares[slot], boughtFor: part)
    }
  }

  /// Burns part of the fees that were not needed; the treasury gets what is above the caps.
  private mutating func spendSurplus(_ fees: Int64, _ terms: DemandDriven) {
    let surplus = min(fees, ledger.balance(.dollars, of: .feeVault))
    let burned = min(surplus, Int64((Double(surplus) * terms.surplusBurn).rounded(.down)))
    buyAndBurn(burned, by: .feeVault)
    vaults.feesOut += burned
    interval.vaults.surplusOut += Double(burned) / 1e6
    interval.vaults.surplusBurned += Double(burned) / 1e6
    if let cap = terms.feeVaultCap {
      releaseFees(max(0, ledger.balance(.dollars, of: .feeVault) - microdollars(cap)))
    }
    if let cap = terms.rewardVaultCap {
      let units = Int64(min(cap * tokenScale, 4e18))
      releaseRewards(max(0, ledger.balance(.token, of: .rewardVault) - units))
    }
  }
}
