import Kernel

/// Dollars of jobs, from the user's purse to those who get them.
extension NetworkState {
  /// Puts an attempt's dollars in escrow.
  ///
  /// What the books expect is computed apart: from the rate and the hours, or the trace's amount.
  mutating func deposit(
    _ dollars: Int64, expected fixed: Int64, rate: Double, hours: Double
  ) {
    let due = fixed >= 0 ? fixed : Int64(Elementary.rounded(min(hours * rate, 1e9) * 1e6))
    ledger.depositInEscrow(dollars, expected: due)
    jobs.deposits += dollars
  }

  /// Gives the dollars of a lost attempt back.
  mutating func refund(job: Int) {
    let dollars = jobs[job].deposit
    let kind = Int(jobs[job].kind)
    if users[kind].isPrepaid {
      users[kind].credits += dollars
      contracts.credits += dollars
    } else {
      ledger.refundFromEscrow(dollars)
    }
    jobs.deposits -= dollars
    jobs[job].deposit = 0
  }

  /// Shares out the dollars of jobs finished since the last settlement, buying tokens where a
  /// share is paid or burned in them.
  mutating func payFinishedJobs() {
    let gross = operators.owed.reduce(0, +)
    let split = settings.payment
    let shares = Split.largestRemainder(
      of: gross, by: [split.provider, split.protocolShare, split.burn])
    var inTokens: [Int64] = [0, 0, shares[2]]
    if split.providerPaidIn == .token { inTokens[0] = shares[0] }
    if split.protocolPaidIn == .token { inTokens[1] = shares[1] }
    interval.userSpend += Double(gross) / 1e6
    let spent = inTokens.reduce(0, +)
    payDollars(provider: shares[0] - inTokens[0], treasury: shares[1] - inTokens[1])
    interval.protocolRevenue += Double(shares[1]) / 1e6
    guard let market = settings.token?.market else { return }
    let bought = buyForEscrow(spent, market)
    payTokens(bought, by: inTokens)
    venue?.record(
      spending: Double(spent) / 1e6, burning: Double(shares[2]) / 1e6, of: Double(gross) / 1e6)
    interval.burnedUSD += Double(shares[2]) / 1e6
  }

  private mutating func payDollars(provider: Int64, treasury: Int64) {
    var shares = [Int64](repeating: 0, count: operators.count)
    Split.largestRemainder(of: provider, by: operators.owed, into: &shares)
    ledger.settle(.dollars, shares, from: .escrow, toOperators: .jobPayment)
    for slot in shares.indices where shares[slot] > 0 {
      credit(slot, dollars: Double(shares[slot]) / 1e6)
      interval.providerRealised += Double(shares[slot]) / 1e6
    }
    ledger.settle(.dollars, treasury, from: .escrow, to: .treasury, .jobPayment)
  }

  /// Buys on the venue, all at one price.
  private mutating func buyForEscrow(_ dollars: Int64, _ market: MarketSettings) -> Int64 {
    guard dollars > 0, var venue else { return 0 }
    let rule = marketRule(market)
    let fee = market.fee
    let quote = venue.clear(
      buys: dollars - Venue.charge(on: dollars, fee), sells: 0, rule,
      circulating: circulatingTokens, steps: false, &ledger)
    let tokens = venue.buy(
      with: dollars, by: .escrow, at: quote, fee: fee, rule, &ledger)
    self.venue = venue
    readOwnTrade(at: quote.price * venue.scale / 1e6)
    return tokens
  }

  private mutating func payTokens(_ bought: Int64, by dollars: [Int64]) {
    guard bought > 0 else { return }
    token.bought += bought
    var parts = [Int64](repeating: 0, count: 3)
    Split.largestRemainder(of: bought, by: dollars, into: &parts)
    var shares = [Int64](repeating: 0, count: operators.count)
    Split.largestRemainder(of: parts[0], by: operators.owed, into: &shares)
    let owed = Double(operators.owed.reduce(0, +))
    ledger.settle(.token, shares, from: .escrow, toOperators: .jobPayment)
    for slot in shares.indices where shares[slot] > 0 {
      let spent = Double(dollars[0]) / 1e6 * Double(operators.owed[slot]) / owed
      receive(slot, tokens: shares[slot], boughtFor: spent)
    }
    ledger.settle(.token, parts[1], from: .escrow, to: .treasury, .jobPayment)
    token.passedOn += parts[0] + parts[1]
    if parts[2] > 0 { ledger.burn(.token, parts[2], from: .escrow) }
    epochBurned += Double(parts[2]) / tokenScale
    interval.burned += Double(parts[2]) / tokenScale
  }

  /// Notes income in dollars of an operator.
  mutating func credit(_ slot: Int, dollars: Double) {
    operators.spells[slot].income += dollars
    operators.margin[slot] += dollars
    operators.income[slot] += dollars
    interval.providerIncome += dollars
    byType[Int(operators.type[slot])].income += dollars
  }

  /// Notes tokens that an operator received, at the settlement oracle, and what it will sell.
  ///
  /// Operators who do not see the price take tokens to be worth the `dollars` that bought them,
  /// and issued ones to be worth what the opening price says.
  mutating func receive(_ slot: Int, tokens: Int64, boughtFor dollars: Double? = nil) {
    let amount = Double(tokens) / tokenScale
    let value = amount * token.oraclePrice
    let type = Int(operators.type[slot])
    credit(slot, dollars: value)
    noteForForesight(type: type, tokens: amount, value: value)
    if isCut(.priceToPay) {
      supply.perceivedGap[type] += (dollars ?? amount * (venue?.openingPrice ?? 0)) - value
    }
    let habits = settings.operators.types[type].tokens
    let share = operators.state[slot] == .active ? habits.sellShare : 1
    operators.toSell[slot] += Int64((Double(tokens) * share).rounded(.down))
  }

  /// Base units in a token.
  var tokenScale: Double { venue?.scale ?? 1 }

  /// Tokens in free hands [tokens].
  var circulatingTokens: Double {
    var locked = ledger.balance(.token, of: .treasury) + ledger.balance(.token, of: .escrow)
    locked += ledger.balance(.token, of: .stakers)
    locked += ledger.balance(.token, of: .subnetPools)
    locked += ledger.balance(.token, of: .subnetStakers)
    for index in accounts.unvestedClasses.indices {
      locked += ledger.balance(.token, of: accounts.unvested(index))
    }
    let outside = ledger.balance(.token, of: .world) + ledger.balance(.token, of: .burned)
    return Double(-outside - locked) / tokenScale
  }
}
