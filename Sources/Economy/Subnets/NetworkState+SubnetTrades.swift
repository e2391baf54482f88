import Kernel

/// Alpha that one party offers to a pool.
struct AlphaOrder: Sendable {
  let seller: Account
  /// Slot of the operator that sells, where one does.
  var slot: Int?
  let units: Int64
}

/// Trades with the pools of subnets. Orders of one kind clear together, at one price: what comes in
/// is traded as a whole, and what comes out is shared by what each put in, rounded down.
extension NetworkState {
  /// What miners sell: of what they were paid what they mean to, more where bills are open, and all
  /// of it once they have left.
  ///
  /// - Parameter offered: what they mean to sell, `[miners]`.
  func minersOrders(of column: Int, _ offered: [Int64]) -> [AlphaOrder] {
    let row = subnets.rows[column]
    let asset = subnets.asset(column)
    let price = row.pool.price * token.oraclePrice
    return zip(row.miners, offered).compactMap { slot, offered in
      let held = ledger.balance(asset, of: account(of: slot))
      var wanted = min(offered, held)
      switch operators.state[slot] {
      case .left, .candidate: wanted = held
      case .arriving, .active:
        if operators.arrears[slot] > 0, price > 0,
          settings.operators.types[Int(operators.type[slot])].tokens.forcedSale
        {
          let needed = Double(operators.arrears[slot]) / 1e6 / price * tokenScale * 1.05
          wanted = max(wanted, min(held, Int64(min(needed.rounded(.up), 4e18))))
        }
      }
      return wanted > 0
        ? AlphaOrder(seller: account(of: slot), slot: slot, units: wanted) : nil
    }
  }

  /// Sells alpha into a pool.
  ///
  /// What miners get they sell on the venue at its next step; what owners get is the holders', who
  /// sell it too; what stakers get is theirs.
  mutating func sell(_ orders: [AlphaOrder], in column: Int) {
    let asset = subnets.asset(column)
    let total = orders.reduce(0) { $0 + $1.units }
    guard total > 0 else { return }
    let out = subnets.rows[column].pool.sell(alpha: total)
    var paid: Int64 = 0
    for order in orders where order.units > 0 {
      let share = Int64(Int128(out) * Int128(order.units) / Int128(total))
      let receiver = order.seller == .subnetOwners ? .holders : order.seller
      ledger.settle(asset, order.units, from: order.seller, to: .subnetPools, .tokenSale)
      ledger.settle(.token, share, from: .subnetPools, to: receiver, .tokenSale)
      if let slot = order.slot {
        let held = ledger.balance(.token, of: account(of: slot))
        operators.toSell[slot] = min(operators.toSell[slot] + share, held)
      } else if receiver == .holders {
        sellOfHolders(share)
      } else {
        subnets.rootStake += share
        subnets.rows[column].rootPay += share
      }
      paid += share
    }
    subnets.rows[column].pool.keep(tokens: out - paid)
    subnets.rows[column].netFlow -= paid
    interval.subnets.sold += Double(paid) / tokenScale
  }

  /// Sells places to the operators that came since the last settlement, and takes in what users
  /// pay: dollars buy tokens on the venue, all at one price, the tokens buy alpha, and the alpha is
  /// burned.
  mutating func register(_ terms: SubnetsSettings, _ blocks: Double) {
    guard let market = settings.token?.market, var venue else { return }
    let rule = marketRule(market)
    let price = venue.price(rule, ledger)
    var purchases: [(account: Account, slot: Int?, column: Int, dollars: Int64, units: Int64)] = []
    for (column, subnet) in terms.list.enumerated() {
      let newcomers = subnets.rows[column].newcomers
      subnets.rows[column].newcomers = []
      guard subnets.rows[column].isOpen else { continue }
      if let place = terms.registration?.rule(scale: tokenScale) {
        let nodes = newcomers.map { Int64(operators.nodes[$0]) }
        let (cost, left) = place.charge(
          for: Int(nodes.reduce(0, +)), over: Int(blocks), from: subnets.rows[column].place)
        subnets.rows[column].place = left
        var costs = [Int64](repeating: 0, count: newcomers.count)
        Split.largestRemainder(of: cost, by: nodes, into: &costs)
        for (slot, units) in zip(newcomers, costs) where units > 0 {
          let purse = max(0, ledger.balance(.dollars, of: account(of: slot)))
          // A twentieth more, since the purchase moves the price.
          let dollars = min(purse, microdollars(1.05 * Double(units) / tokenScale * price))
          purchases.append((account(of: slot), slot, column, dollars, units))
        }
      }
      let revenue = dollarsThatFit(microdollars(subnet.revenue * settings.epoch.inDays))
      if revenue > 0 {
        ledger.settle(.dollars, revenue, from: .world, to: .users, .userIncome)
        purchases.append((.users, nil, column, revenue, .max))
      }
    }
    purchases.removeAll { $0.dollars == 0 }
    if purchases.isEmpty { return }
    let fee = market.fee
    let quote = venue.clear(
      buys: purchases.reduce(0) { $0 + $1.dollars - Venue.charge(on: $1.dollars, fee) }, sells: 0,
      rule, circulating: circulatingTokens, steps: false, &ledger)
    var spent = [Int64](repeating: 0, count: subnets.rows.count)
    for purchase in purchases {
      let bought = venue.buy(
        with: purchase.dollars, by: purchase.account, at: quote, fee: fee, rule, &ledger)
      let units = min(bought, purchase.units)
      ledger.settle(.token, units, from: purchase.account, to: .subnetPools, .registration)
      spent[purchase.column] += units
      if let slot = purchase.slot { operators.toSell[slot] += bought - units }
    }
    self.venue = venue
    for column in spent.indices where spent[column] > 0 {
      let out = subnets.rows[column].pool.buy(tokens: spent[column])
      ledger.burn(subnets.asset(column), out, from: .subnetPools)
      subnets.rows[column].burned += out
      subnets.rows[column].netFlow += spent[column]
      interval.subnets.registration += Double(spent[column]) / tokenScale
    }
  }

  /// Stakers go where the yield is higher, and holders bring what the scenario says.
  mutating func moveStakers(_ terms: SubnetsSettings) {
    let days = settings.epoch.inDays
    let open = subnets.rows.indices.filter { subnets.rows[$0].isOpen }
    var arriving = [Int64](repeating: 0, count: subnets.rows.count)
    if let rule = terms.stakers {
      let held = open.map { ledger.balance(subnets.asset($0), of: .subnetStakers) }
      let root = Double(subnets.rootStake)
      let staked = zip(open, held).map { Double($1) * subnets.rows[$0].pool.price } + [root]
      let rootPay = open.reduce(0) { $0 + Double(subnets.rows[$1].rootPay) }
      let perYear = Span.daysPerYear / days
      let yields =
        zip(open, held).map { $1 > 0 ? Double(subnets.rows[$0].stakersPay) / Double($1) : 0 }
        + [root > 0 ? rootPay / root : 0]
      let moves = rule.moves(staked: staked, yields: yields.map { $0 * perYear }, days: days)
      let before = subnets.rootStake
      var leaving = Int64((root * (moves.leaving.last ?? 0)).rounded(.down))
      for (place, column) in open.enumerated() where moves.leaving[place] > 0 {
        let units = Int64((Double(held[place]) * moves.leaving[place]).rounded(.down))
        sell([AlphaOrder(seller: .subnetStakers, units: units)], in: column)
      }
      // What sales brought stands with the root until it is staked again.
      leaving += subnets.rootStake - before
      let parts = Split.largestRemainder(of: leaving, by: moves.arriving)
      for (place, column) in open.enumerated() { arriving[column] = parts[place] }
      subnets.rootStake -= arriving.reduce(0, +)
      for column in open {
        ledger.settle(.token, arriving[column], from: .subnetStakers, to: .subnetPools, .stake)
        interval.subnets.moved += Double(arriving[column]) / tokenScale
      }
    }
    for column in open {
      let wanted = terms.list[column].inflow * days * tokenScale
      if wanted > 0 {
        arriving[column] += stakeFromHolders(Int64(wanted.rounded()), to: .subnetPools)
      }
      guard arriving[column] > 0 else { continue }
      let out = subnets.rows[column].pool.buy(tokens: arriving[column])
      ledger.settle(subnets.asset(column), out, from: .subnetPools, to: .subnetStakers, .stake)
      subnets.rows[column].netFlow += arriving[column]
    }
  }

  /// Ends a subnet: the tokens of its pool go to those who hold its own, which is destroyed.
  mutating func dissolve(_ column: Int) {
    let asset = subnets.asset(column)
    let row = subnets.rows[column]
    let others: [Account] = [.subnetStakers, .subnetOwners, .treasury]
    let holders = row.miners.map { account(of: $0) } + others
    let held = holders.map { ledger.balance(asset, of: $0) }
    var tokens = [Int64](repeating: 0, count: holders.count)
    let paid = Split.largestRemainder(of: row.pool.tokens, by: held, into: &tokens)
    // Nobody holds any: the treasury has the rest.
    if paid == 0 { tokens[tokens.count - 1] = row.pool.tokens }
    for (place, holder) in holders.enumerated() {
      ledger.burn(asset, held[place], from: holder)
      let receiver = holder == .subnetOwners ? .holders : holder
      ledger.settle(.token, tokens[place], from: .subnetPools, to: receiver, .unstake)
      if place < row.miners.count {
        operators.toSell[row.miners[place]] += tokens[place]
      } else if holder == .subnetOwners {
        sellOfHolders(tokens[place])
      } else if holder == .subnetStakers {
        subnets.rootStake += tokens[place]
      }
    }
    ledger.burn(asset, row.pool.alpha, from: .subnetPools)
    subnets.rows[column].burned += held.reduce(row.pool.alpha, +)
    subnets.rows[column].isOpen = false
    subnets.rows[column].share = 0
  }

  /// What a place for a node of a type would cost today [USD].
  func placeCost(of type: Int) -> Double {
    guard subnets.isOn, let terms = settings.subnets, terms.registration != nil,
      let column = terms.subnetOfType[type], subnets.rows[column].isOpen
    else { return 0 }
    return Double(subnets.rows[column].place) / tokenScale * token.oraclePrice
  }

  /// Capital for the places of an operator that enters, which it pays for at the next settlement.
  mutating func bringPlaces(_ slot: Int) {
    let type = Int(operators.type[slot])
    guard let terms = settings.subnets, let column = terms.subnetOfType[type],
      terms.registration != nil, subnets.rows[column].isOpen
    else { return }
    subnets.rows[column].newcomers.append(slot)
    let cost = placeCost(of: type) * Double(operators.nodes[slot])
    operators.spells[slot].invested += cost
    // A quarter more, since others who come in the same epoch make places dearer.
    bringCapital(microdollars(1.25 * cost), to: slot)
  }

  /// Where the books of the subnets and their rules disagree, in a sentence.
  func unruledSubnets() -> String? {
    guard let terms = settings.subnets else { return nil }
    let pooled = subnets.rows.reduce(subnets.budget) { $0 + ($1.isOpen ? $1.pool.tokens : 0) }
    let kept = ledger.balance(.token, of: .subnetPools)
    if kept != pooled {
      return "subnet pools hold \(ledger.text(kept, .token)), their reserves are "
        + ledger.text(pooled, .token)
    }
    let root = ledger.balance(.token, of: .subnetStakers)
    if root != subnets.rootStake {
      return "subnet stakers hold \(ledger.text(root, .token)), the root's stake is "
        + ledger.text(subnets.rootStake, .token)
    }
    for (column, row) in subnets.rows.enumerated() {
      let asset = subnets.asset(column)
      let name = terms.list[column].name
      let alpha = ledger.balance(asset, of: .subnetPools)
      let reserve = row.isOpen ? row.pool.alpha : 0
      if alpha != reserve {
        return "the pool of \(name) holds \(ledger.text(alpha, asset)), its reserve is "
          + ledger.text(reserve, asset)
      }
      let (minted, burned) = (ledger.minted[asset.column], ledger.burned[asset.column])
      if minted != row.issued {
        return "\(name) issued \(ledger.text(row.issued, asset)), the ledger minted "
          + ledger.text(minted, asset)
      }
      if burned != row.burned {
        return "\(name) burned \(ledger.text(row.burned, asset)), the ledger burned "
          + ledger.text(burned, asset)
      }
    }
    return nil
  }
}
