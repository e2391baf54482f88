extension Ledger {
  /// What is wrong with the books, in a sentence, or nil; a settlement calls it, then starts the
  /// control totals anew.
  ///
  /// Per asset: all accounts sum to 0; all but `world` and `burned` sum to genesis + minted -
  /// burned; the balance of `burned` is what was burned; nobody but `world` owes; and what was
  /// posted for each reason is what its rule expected.
  mutating func discrepancy() -> String? {
    takeInJobSums()
    for column in assets.indices {
      if let sentence = imbalance(of: Asset(column: column)) { return sentence }
    }
    guard let (asset, reason) = posted.firstDifference(from: expected) else { return nil }
    let name = assets[asset.column].name
    return """
      \(reason.name): the rules expected \(text(expected.amount(asset, reason), asset)) \(name) \
      since the last settlement, the postings moved \(text(posted.amount(asset, reason), asset))
      """
  }

  mutating func startControlInterval() {
    posted.clear()
    expected.clear()
  }

  private func imbalance(of asset: Asset) -> String? {
    let terms = assets[asset.column]
    let column = asset.column * plan.count
    var total: Int64 = 0
    for index in 0..<plan.count {
      let balance = balances[column + index]
      total += balance
      if balance < 0, index != Account.world.index {
        return """
          \(plan.name(of: Account(index: index))) owes \(text(-balance, asset)) \(terms.name): \
          only the outside world may be below zero
          """
      }
    }
    if total != 0 {
      return "the \(terms.name) of all accounts sum to \(text(total, asset)), not to 0"
    }
    if asset == .dollars { return nil }
    let gone = balance(asset, of: .burned)
    let inside = -balance(asset, of: .world) - gone
    let due = terms.genesis + minted[asset.column] - burned[asset.column]
    if gone != burned[asset.column] {
      return """
        burned holds \(text(gone, asset)) \(terms.name), the rules burned \
        \(text(burned[asset.column], asset))
        """
    }
    if inside != due {
      return """
        accounts hold \(text(inside, asset)) \(terms.name), genesis + minted - burned is \
        \(text(due, asset))
        """
    }
    return nil
  }
}
