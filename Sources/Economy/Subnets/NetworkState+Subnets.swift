import Kernel

/// Subnets at an opening and at a settlement: what they are given, issue and pay.
extension NetworkState {
  /// Makes the subnets of all stages, and the assets that stand for their tokens behind those there
  /// are.
  mutating func prepareSubnets(behind assets: [AssetTerms]) -> [AssetTerms] {
    guard let all = stages.lazy.compactMap(\.subnets).first, let token = settings.token else {
      return []
    }
    let scale = Double(assets[Asset.token.column].scale)
    subnets.firstColumn = assets.count
    for column in all.list.indices {
      guard let terms = settings.subnets, terms.list[column].isThere else {
        subnets.rows.append(SubnetRow())
        continue
      }
      var row = SubnetRow(terms, column, scale: scale)
      row.miners = miners(of: column, terms)
      row.genesis = row.pool.alpha + terms.list[column].units(of: \.alphaHeld, scale)
      subnets.rows.append(row)
    }
    return zip(all.list, subnets.rows).map { subnet, row in
      AssetTerms(name: subnet.name, decimals: token.decimals, genesis: row.genesis)
    }
  }

  private func miners(of column: Int, _ terms: SubnetsSettings) -> [Int] {
    (0..<operators.count).filter { terms.subnetOfType[Int(operators.type[$0])] == column }
  }

  /// Puts reserves and stake of day 0 where they belong: the token out of what holders have.
  mutating func openSubnets() {
    guard let terms = settings.subnets else { return }
    for column in subnets.rows.indices where subnets.rows[column].isOpen {
      let row = subnets.rows[column]
      let asset = subnets.asset(column)
      ledger.settle(asset, row.pool.alpha, from: .world, to: .subnetPools, .openingBalance)
      let held = row.genesis - row.pool.alpha
      ledger.settle(asset, held, from: .world, to: .subnetStakers, .openingBalance)
      let taken = stakeFromHolders(row.pool.tokens, to: .subnetPools)
      assert(taken == row.pool.tokens, "what pools hold at day 0 was checked before the run")
    }
    stakeAtRoot(terms)
  }

  private mutating func stakeAtRoot(_ terms: SubnetsSettings) {
    let wanted = Int64((terms.rootStake * tokenScale).rounded())
    subnets.rootStake = stakeFromHolders(wanted, to: .subnetStakers)
  }

  /// Subnets that an amendment brings open, those that it takes away are dissolved, and the others get
  /// the miners and the law of the pool that it says.
  mutating func changeSubnets(after before: SubnetsSettings?) {
    guard subnets.isOn else { return }
    let terms = settings.subnets
    if before == nil, let terms { stakeAtRoot(terms) }
    for column in subnets.rows.indices {
      let wasThere = before?.list[column].isThere ?? false
      guard let terms, terms.list[column].isThere else {
        if subnets.rows[column].isOpen { dissolve(column) }
        continue
      }
      if !wasThere { open(column, terms) }
      guard subnets.rows[column].isOpen else { continue }
      subnets.rows[column].pool.turn(isWeighted: terms.list[column].pool == .weighted)
      employ(miners(of: column, terms), in: column)
    }
    if before != nil, terms == nil { closeRoot() }
  }

  /// Opens a subnet in the middle of a run: tokens of holders, as far as they have them, and alpha in
  /// their proportion. Where they have none it does not come.
  private mutating func open(_ column: Int, _ terms: SubnetsSettings) {
    let asset = subnets.asset(column)
    var row = SubnetRow(terms, column, scale: tokenScale)
    let tokens = stakeFromHolders(row.pool.tokens, to: .subnetPools)
    if tokens == 0 { return }
    let share = Double(tokens) / Double(row.pool.tokens)
    let alpha = max(1, Venue.part(Double(row.pool.alpha) * share, of: row.pool.alpha))
    row.pool = SubnetPool(
      tokens: tokens, alpha: alpha, fee: row.pool.fee, isWeighted: row.pool.isWeighted)
    let held = terms.list[column].units(of: \.alphaHeld, tokenScale)
    ledger.mint(asset, alpha, to: .subnetPools, .migration)
    ledger.mint(asset, held, to: .subnetStakers, .migration)
    let old = subnets.rows[column]
    (row.issued, row.burned, row.genesis) = (old.issued + alpha + held, old.burned, old.genesis)
    (row.emission, row.minersPay) = (old.emission, old.minersPay)
    subnets.rows[column] = row
  }

  /// Others work for a subnet from now on; who does not any more stakes what it has.
  private mutating func employ(_ miners: [Int], in column: Int) {
    let before = subnets.rows[column].miners
    if miners == before { return }
    let asset = subnets.asset(column)
    for slot in Set(before).subtracting(miners).sorted() {
      let held = ledger.balance(asset, of: account(of: slot))
      ledger.settle(asset, held, from: account(of: slot), to: .subnetStakers, .migration)
    }
    subnets.rows[column].miners = miners
    subnets.rows[column].newcomers.removeAll { !miners.contains($0) }
    subnets.rows[column].ranks = RankState()
  }

  /// Without subnets there is no root: stakers hold what they had there, and the treasury what no pool
  /// has got.
  private mutating func closeRoot() {
    ledger.settle(.token, subnets.rootStake, from: .subnetStakers, to: .holders, .unstake)
    ledger.settle(.token, subnets.budget, from: .subnetPools, to: .treasury, .migration)
    (subnets.rootStake, subnets.budget) = (0, 0)
  }

  /// Moves tokens of holders, or under a given price of the exchange that has what they would have.
  /// - Returns: base units moved: no more than there are.
  mutating func stakeFromHolders(_ units: Int64, to account: Account) -> Int64 {
    var moved: Int64 = 0
    for seller in [Account.holders, .exchange] {
      let part = min(units - moved, ledger.balance(.token, of: seller))
      ledger.settle(.token, part, from: seller, to: account, .stake)
      moved += part
    }
    return moved
  }

  /// Sets a part of the emission aside for the pools, where a subnet is left that shares in it.
  /// - Returns: base units set aside.
  mutating func fundSubnets(_ part: Int64, from source: RewardSource) -> Int64 {
    guard let terms = settings.subnets,
      zip(terms.list, subnets.rows).contains(where: { $0.isFunded && $1.isOpen })
    else { return 0 }
    payReward(part, to: .subnetPools, from: source)
    subnets.budget += part
    return part
  }

  /// Everything that subnets do at a settlement, in this order: averages, emission into the pools,
  /// what they issue and what of it is sold, new places, stakers, and those whose end has come.
  mutating func settleSubnets(_ now: SimTime) {
    guard let terms = settings.subnets else { return }
    let blocks = settings.epoch.inDays * terms.blocksPerDay
    learnPrices(terms, blocks)
    let parts = shareOutBudget(terms)
    // What the root has before any subnet adds to it: their order does not matter.
    let stake = Double(subnets.rootStake)
    for column in subnets.rows.indices where subnets.rows[column].isOpen {
      subnets.rows[column].pool.fee = terms.fee
      let issued = inject(parts[column], into: column, rootStake: stake, terms, blocks)
      let orders = issueAlpha(issued, of: column, terms)
      sell(orders, in: column)
    }
    register(terms, blocks)
    moveStakers(terms)
    for (column, subnet) in terms.list.enumerated() where subnets.rows[column].isOpen {
      if let end = subnet.end, end <= now.inDays { dissolve(column) }
    }
  }

  private mutating func learnPrices(_ terms: SubnetsSettings, _ blocks: Double) {
    let days = settings.epoch.inDays
    let kept = Elementary.pow(0.5, days / terms.flowHalfLife)
    for column in subnets.rows.indices where subnets.rows[column].isOpen {
      var row = subnets.rows[column]
      row.blocks += blocks
      row.average = terms.average.after(
        row.average, price: row.pool.price, blocks: row.blocks, count: blocks)
      row.flow = kept * row.flow + (1 - kept) * Double(row.netFlow) / tokenScale / days
      row.netFlow = 0
      row.stakersPay = 0
      row.rootPay = 0
      subnets.rows[column] = row
    }
  }

  /// Shares of the subnets in what was issued for them [base units], `[subnets]`.
  private mutating func shareOutBudget(_ terms: SubnetsSettings) -> [Int64] {
    let rows = subnets.rows
    var weights = terms.sharing.weights(
      zip(terms.list, rows).map {
        SubnetSnapshot(average: $1.average, flow: $1.flow, terms: $0)
      })
    let isFunded = zip(terms.list, rows).map { $0.isFunded && $1.isOpen }
    for column in rows.indices where !isFunded[column] { weights[column] = 0 }
    var sum = weights.reduce(0, +)
    if !(sum > 0) {
      weights = isFunded.map { $0 ? 1 : 0 }
      sum = weights.reduce(0, +)
    }
    for column in rows.indices { subnets.rows[column].share = sum > 0 ? weights[column] / sum : 0 }
    let parts = Split.largestRemainder(
      of: subnets.budget, by: weights.map { sum > 0 ? $0 / sum : 0 })
    subnets.budget -= parts.reduce(0, +)
    return parts
  }

  /// Brings a part of the emission into a pool, with alpha beside it.
  /// - Returns: what the subnet issues beside that in this epoch, and the root proportion.
  private mutating func inject(
    _ part: Int64, into column: Int, rootStake: Double, _ terms: SubnetsSettings,
    _ blocks: Double
  ) -> (alpha: Int64, root: Double) {
    var row = subnets.rows[column]
    let rule = terms.issuance(scale: tokenScale)
    let alpha = rule.emission(issued: row.issuance, blocks: blocks)
    let root = RootProportion.of(
      stake: rootStake, weight: terms.rootWeight, alpha: Double(row.issuance))
    var most = alpha
    if terms.injectionLimit == .rootShare { most = Int64((Double(alpha) * root).rounded(.down)) }
    let injection = Injection(of: part, price: row.pool.price, most: most)
    row.pool.inject(tokens: injection.tokens, alpha: injection.alpha)
    ledger.mint(subnets.asset(column), injection.alpha, to: .subnetPools, .emission)
    row.issued += injection.alpha
    var excess = injection.excess
    if terms.excess == .joins {
      let joined = min(excess, row.pool.room)
      row.pool.inject(tokens: joined, alpha: 0)
      excess -= joined
    }
    if excess > 0 {
      let bought = row.pool.buy(tokens: excess)
      ledger.settle(
        subnets.asset(column), bought, from: .subnetPools, to: .treasury, .tokenPurchase)
    }
    let scale = tokenScale
    row.emission += Double(part) / scale
    interval.subnets.injected += Double(part - excess) / scale
    interval.subnets.bought += Double(excess) / scale
    let left = max(0, rule.cap - row.issuance)
    subnets.rows[column] = row
    return (min(alpha, left), root)
  }

  /// Issues a subnet's own token to those who work for it, stake on it and own it.
  /// - Returns: what of it is sold at once.
  private mutating func issueAlpha(
    _ issue: (alpha: Int64, root: Double), of column: Int, _ terms: SubnetsSettings
  ) -> [AlphaOrder] {
    let asset = subnets.asset(column)
    let subnet = terms.list[column]
    var parts = Split.largestRemainder(
      of: issue.alpha, by: [terms.parts.miners, terms.parts.stakers, terms.parts.owner])
    let root = Int64((Double(parts[1]) * issue.root).rounded(.down))
    parts[1] -= root
    var offered = subnets.rows[column].miners.map { _ in Int64(0) }
    let shares = minerShares(of: column, subnet)
    if shares.contains(where: { $0 > 0 }) {
      parts[0] -= Int64((Double(parts[0]) * subnet.minerBurnShare).rounded(.down))
      offered = payMiners(parts[0], by: shares, of: column)
    } else {
      parts[1] += parts[0]
      parts[0] = 0
    }
    ledger.mint(asset, parts[1], to: .subnetStakers, .emission)
    ledger.mint(asset, parts[2], to: .subnetOwners, .emission)
    subnets.rows[column].issued += parts[0] + parts[1] + parts[2]
    subnets.rows[column].stakersPay = parts[1]
    var orders = minersOrders(of: column, offered)
    let owned = Int64((Double(parts[2]) * subnet.ownerSellShare).rounded(.down))
    orders.append(AlphaOrder(seller: .subnetOwners, units: owned))
    // The root's part is sold while prices together are above 1; else it is not issued.
    if subnets.rows.reduce(0, { $0 + ($1.isOpen ? $1.average : 0) }) > 1 {
      ledger.mint(asset, root, to: .subnetStakers, .emission)
      subnets.rows[column].issued += root
      orders.append(AlphaOrder(seller: .subnetStakers, units: root))
    }
    return orders
  }

  /// Weights of a subnet's miners, `[miners]`.
  private mutating func minerShares(of column: Int, _ subnet: Subnet) -> [Int64] {
    let miners = subnets.rows[column].miners
    switch subnet.pay {
    case .work: return miners.map { operators.owed[$0] }
    case .online: return miners.map { operators.online[$0] }
    case .rank:
      var ranks = subnets.rows[column].ranks
      let shares = rank(miners, by: subnet.ranking ?? settings.ranking, .subnetScore, &ranks)
      subnets.rows[column].ranks = ranks
      return shares.map { Int64(($0 * 1e12).rounded()) }
    }
  }

  /// Mints alpha to miners, and notes what it is worth at the pool and the settlement oracle.
  /// - Returns: what of it they mean to sell, `[miners]`.
  private mutating func payMiners(
    _ part: Int64, by weights: [Int64], of column: Int
  ) -> [Int64] {
    let row = subnets.rows[column]
    var units = [Int64](repeating: 0, count: row.miners.count)
    Split.largestRemainder(of: part, by: weights, into: &units)
    var all = [Int64](repeating: 0, count: operators.count)
    for (place, slot) in row.miners.enumerated() { all[slot] = units[place] }
    ledger.mint(subnets.asset(column), all, toOperators: .emission)
    let price = row.pool.price
    for (place, slot) in row.miners.enumerated() where units[place] > 0 {
      let tokens = Double(units[place]) / tokenScale * price
      let value = tokens * token.oraclePrice
      let type = Int(operators.type[slot])
      credit(slot, dollars: value)
      noteForForesight(type: type, tokens: tokens, value: value)
      if isCut(.priceToPay) {
        supply.perceivedGap[type] += tokens * (venue?.openingPrice ?? 0) - value
      }
      interval.emissionToOperators += value
      subnets.rows[column].minersPay += value
      let share = settings.operators.types[type].tokens.sellShare
      units[place] = Int64((Double(units[place]) * share).rounded(.down))
    }
    return units
  }
}
