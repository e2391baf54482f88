/// Double entry in integers over many assets: every change has two sides and a reason.
///
/// Each posting is set against an expectation that the rule behind it states apart, so that a
/// dropped, doubled, misrounded or misdirected posting shows at the next settlement.
struct Ledger: Sendable {
  /// Parameter: the accounts of this run.
  let plan: AccountPlan
  /// Parameter: what is held, by column.
  let assets: [AssetTerms]
  /// State: balances in base units, `[assets x accounts]`.
  var balances: [Int64]
  /// Counter: base units moved since ``takeFlows()``, `[assets x reasons x groups x groups]`.
  /// What is turned over many times can exceed every balance: 128 bits.
  var flows: [Int128]
  /// Counter: what was posted and what the rules expected, since the last settlement.
  var posted: ControlTotals
  var expected: ControlTotals
  /// Counter: what jobs posted that is not in the columns above yet.
  var jobSums = JobSums()
  /// Counter: base units minted and burned since the start, as the rules count them.
  private(set) var minted: [Int64]
  private(set) var burned: [Int64]
  /// Counter: postings since the start.
  var postings = 0
  /// Every posting and expectation, when a failure is being traced.
  var journal: Journal?
  /// A fault that a test plants, at the posting of that number.
  var tamper: Tamper?
  /// Whether every posting has to be looked at by itself.
  var isWatched: Bool { journal != nil || tamper != nil }

  init(plan: AccountPlan, assets: [AssetTerms]) {
    self.plan = plan
    self.assets = assets
    balances = Array(repeating: 0, count: assets.count * plan.count)
    let groups = plan.groups.count
    flows = Array(
      repeating: 0, count: assets.count * Reason.allCases.count * groups * groups)
    posted = ControlTotals(assets: assets.count)
    expected = ControlTotals(assets: assets.count)
    minted = Array(repeating: 0, count: assets.count)
    burned = Array(repeating: 0, count: assets.count)
  }

  func balance(_ asset: Asset, of account: Account) -> Int64 {
    balances[asset.column * plan.count + account.index]
      + (asset == .dollars ? jobSums.change(of: account) : 0)
  }

  /// Moves base units from one account to another. Requires `amount >= 0`.
  mutating func post(
    _ asset: Asset, _ amount: Int64, from: Account, to: Account, _ reason: Reason
  ) {
    precondition(amount >= 0, "a posting moves a negative amount: swap its sides")
    if amount == 0 { return }
    postings += 1
    if let tamper, tamper.posting == postings {
      switch tamper.fault {
      case .dropped: return
      case .doubled: move(asset, amount, from, to, reason)
      case .misrounded: return move(asset, amount + 1, from, to, reason)
      }
    }
    move(asset, amount, from, to, reason)
  }

  /// States what a rule, computing apart, expects to be posted before the next settlement.
  mutating func expect(
    _ asset: Asset, _ amount: Int64, from: Account, to: Account, _ reason: Reason
  ) {
    if amount == 0 { return }
    expected.add(asset, amount, from, to, reason)
    journal?.record(.expected, asset, amount, from, to, reason)
  }

  /// A posting whose rule is a balance or an already shared-out amount: expected as it stands.
  mutating func settle(
    _ asset: Asset, _ amount: Int64, from: Account, to: Account, _ reason: Reason
  ) {
    expect(asset, amount, from: from, to: to, reason)
    post(asset, amount, from: from, to: to, reason)
  }

  /// Shares among all operators, in order of their slots, each expected as it stands.
  mutating func settle(
    _ asset: Asset, _ shares: [Int64], from: Account, toOperators reason: Reason
  ) {
    if isWatched {
      for slot in shares.indices {
        settle(asset, shares[slot], from: from, to: plan.operator(slot), reason)
      }
      return
    }
    let first = plan.operator(0)
    let column = asset.column * plan.count
    var total: Int64 = 0
    for slot in shares.indices where shares[slot] != 0 {
      precondition(shares[slot] > 0, "a posting moves a negative amount: swap its sides")
      balances[column + first.index + slot] += shares[slot]
      total += shares[slot]
      postings += 1
    }
    balances[column + from.index] -= total
    flows[flowIndex(asset, from, first, reason)] += Int128(total)
    let checksum = ControlTotals.checksum(of: shares, from: from, first: first)
    posted.add(asset, total, checksum: checksum, reason)
    expected.add(asset, total, checksum: checksum, reason)
  }

  /// New units, from `world` to all operators, in order of their slots.
  mutating func mint(_ asset: Asset, _ shares: [Int64], toOperators reason: Reason) {
    minted[asset.column] += shares.reduce(0, +)
    settle(asset, shares, from: .world, toOperators: reason)
  }

  /// New units, from `world`.
  mutating func mint(_ asset: Asset, _ amount: Int64, to: Account, _ reason: Reason) {
    minted[asset.column] += amount
    settle(asset, amount, from: .world, to: to, reason)
  }

  /// A part of something, which is new where it comes from `world`.
  mutating func pass(
    _ asset: Asset, _ amount: Int64, from: Account, to: Account, _ reason: Reason
  ) {
    if from == .world {
      mint(asset, amount, to: to, reason)
    } else {
      settle(asset, amount, from: from, to: to, reason)
    }
  }

  /// Shares of something among all operators, which are new where they come from `world`.
  mutating func pass(
    _ asset: Asset, _ shares: [Int64], from: Account, toOperators reason: Reason
  ) {
    if from == .world {
      mint(asset, shares, toOperators: reason)
    } else {
      settle(asset, shares, from: from, toOperators: reason)
    }
  }

  /// Units destroyed.
  mutating func burn(_ asset: Asset, _ amount: Int64, from: Account) {
    burned[asset.column] += amount
    settle(asset, amount, from: from, to: .burned, .burn)
  }

  /// Units in words, exact: 1250000 micro-dollars is "1.250000".
  func text(_ amount: some FixedWidthInteger, _ asset: Asset) -> String {
    let terms = assets[asset.column]
    let (whole, rest) = UInt128(amount.magnitude).quotientAndRemainder(
      dividingBy: UInt128(terms.scale))
    let sign = amount < 0 ? "-" : ""
    if terms.decimals == 0 { return "\(sign)\(whole)" }
    let digits = String(rest)
    let padding = String(repeating: "0", count: terms.decimals - digits.count)
    return "\(sign)\(whole).\(padding)\(digits)"
  }

  /// Everything that moved since the last call, by asset, reason and pair of groups.
  mutating func takeFlows() -> [Flow] {
    takeInJobSums()
    let groups = plan.groups.count
    var taken: [Flow] = []
    for index in flows.indices where flows[index] != 0 {
      let (pair, to) = index.quotientAndRemainder(dividingBy: groups)
      let (row, from) = pair.quotientAndRemainder(dividingBy: groups)
      let (column, reason) = row.quotientAndRemainder(dividingBy: Reason.allCases.count)
      taken.append(
        Flow(
          asset: Asset(column: column), reason: Reason.allCases[reason], from: plan.groups[from],
          to: plan.groups[to], amount: flows[index]))
      flows[index] = 0
    }
    return taken
  }
}

/// Base units that moved between two groups of accounts for one reason.
struct Flow: Sendable {
  let asset: Asset
  let reason: Reason
  let from: String
  let to: String
  let amount: Int128
}

extension Ledger {
  /// Place in `flows` of what moves between the groups of two accounts.
  func flowIndex(_ asset: Asset, _ from: Account, _ to: Account, _ reason: Reason) -> Int {
    let groups = plan.groups.count
    let row = asset.column * ControlTotals.reasons + Int(reason.rawValue)
    return (row * groups + plan.group(of: from)) * groups + plan.group(of: to)
  }

  private mutating func move(
    _ asset: Asset, _ amount: Int64, _ from: Account, _ to: Account, _ reason: Reason
  ) {
    let column = asset.column * plan.count
    balances[column + from.index] -= amount
    balances[column + to.index] += amount
    flows[flowIndex(asset, from, to, reason)] += Int128(amount)
    posted.add(asset, amount, from, to, reason)
    journal?.record(.posted, asset, amount, from, to, reason)
  }
}
