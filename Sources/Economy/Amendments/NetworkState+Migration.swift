import Kernel

/// Balances that move when an amendment takes effect: those it names, and those that the rules it
/// replaces leave behind.
extension NetworkState {
  /// Moves what the amendment says.
  mutating func migrate(_ moves: [Passage.Move]) {
    for move in moves {
      let asset = move.asset == .token ? Asset.token : .dollars
      guard asset.column < ledger.assets.count else { continue }
      for giver in accounts(of: move) {
        let held = max(0, ledger.balance(asset, of: giver))
        let amount = Venue.part(Double(held) * move.share, of: held)
        switch move.to {
        case .burned:
          ledger.burn(asset, amount, from: giver)
          token.burnedByVote += amount
          interval.burned += Double(amount) / tokenScale
        case .treasury: post(asset, amount, giver, .treasury)
        case .holders: post(asset, amount, giver, .holders)
        case .liquidity: post(asset, amount, giver, .liquidity)
        case .rewardVault: post(asset, amount, giver, .rewardVault)
        case .feeVault: post(asset, amount, giver, .feeVault)
        case .unvested: break
        }
        noteVaults(move, amount)
      }
    }
  }

  private mutating func post(_ asset: Asset, _ amount: Int64, _ from: Account, _ to: Account) {
    ledger.settle(asset, amount, from: from, to: to, .migration)
  }

  /// What vaults gave or got by a vote counts with what else went in and out of them.
  private mutating func noteVaults(_ move: Passage.Move, _ amount: Int64) {
    if move.from == .rewardVault { vaults.rewardOut += amount }
    if move.to == .rewardVault { vaults.rewardIn += amount }
    if move.from == .feeVault { vaults.feesOut += amount }
    if move.to == .feeVault { vaults.feesIn += amount }
  }

  private func accounts(of move: Passage.Move) -> [Account] {
    switch move.from {
    case .rewardVault: [.rewardVault]
    case .feeVault: [.feeVault]
    case .treasury: [.treasury]
    case .holders: [.holders]
    case .liquidity: [.liquidity]
    case .burned: []
    case .unvested:
      accounts.unvestedClasses.indices.filter {
        move.vestingClass == nil || accounts.unvestedClasses[$0] == move.vestingClass
      }.map(accounts.unvested)
    }
  }

  /// Brings every pool of rewards to what its stream now says more or less than before: more comes out
  /// of the treasury or is minted, as `poolFrom` says; less, and what a stream that mints from now on
  /// had left, goes to the treasury.
  mutating func refillPools(after before: TokenSettings?) {
    guard let before, let terms = settings.token else { return }
    for (index, stream) in terms.streams.enumerated() {
      let left = emission.streams[index].pool
      let more = ((stream.pool ?? 0) - (before.streams[index].pool ?? 0)) * tokenScale
      if stream.pool == nil || more < 0 {
        let back = stream.pool == nil ? left : Venue.part(-more, of: left)
        post(.token, back, .rewardPools, .treasury)
        emission.streams[index].pool -= back
        continue
      }
      let units: Int64
      if stream.poolFrom == .treasury {
        units = setAside(more, for: .rewardPools)
      } else {
        units = issuable(more, terms)
        ledger.mint(.token, units, to: .rewardPools, .migration)
        token.issued += units
        interval.minted += Double(units) / tokenScale
      }
      emission.streams[index].pool += units
    }
  }

  /// Moves tokens of the treasury, as far as it has them [base units].
  mutating func setAside(_ wanted: Double, for account: Account) -> Int64 {
    let held = max(0, ledger.balance(.token, of: .treasury))
    if wanted > Double(held) + 1 { token.shortOfTreasury += wanted - Double(held) }
    let units = Venue.part(wanted, of: held)
    post(.token, units, .treasury, account)
    return units
  }

  /// Users whose wallets are gone sell what is in them at once.
  mutating func emptyWallets(after before: PaymentSplit) {
    guard before.wallet != nil, settings.payment.wallet == nil else { return }
    sellAtOnce([(.users, ledger.balance(.token, of: .users))])
    vaults.walletCost = 0
  }
}
