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
      giveBackFromEscrow(dollars)
    }
    jobs.deposits -= dollars
    jobs[job].deposit = 0
  }

  /// Shares out the dollars of jobs finished since the last settlement, buying tokens where a
  /// share is paid or burned in them.
  mutating func payFinishedJobs() {
    let gross = operators.owed.reduce(0, +)
    let split = settings.payment
    interval.userSpend += Double(gross) / 1e6
    let used = takeCredits(of: gross)
    var shares = Split.largestRemainder(of: gross - used.credits, by: split.parts)
    let ahead = takeSpentAhead(&shares)
    shares[0] += used.provider
    var inTokens: [Int64] = [0, 0, shares[2] - ahead, 0]
    // Without credits, work is paid in the token that redeems them.
    if split.providerPaidIn == .token || split.remint != nil { inTokens[0] = shares[0] }
    if split.protocolPaidIn == .token || split.remint != nil { inTokens[1] = shares[1] }
    if split.stakersPaidIn == .token { inTokens[3] = shares[5] }
    let spent = inTokens.reduce(0, +)
    payDollars(provider: shares[0] - inTokens[0])
    payOthers(shares, treasury: shares[1] - inTokens[1], stakers: shares[5] - inTokens[3])
    guard let market = settings.token?.market else { return }
    let stock = ledger.balance(.token, of: .users)
    let kept = payFromWallets(spent, gross: gross)
    let bought = buyForEscrow(spent - kept.dollars, market)
    payTokens(bought + kept.units, by: inTokens)
    fillWallets(used: spent, before: stock)
    venue?.window.record(
      bought: Double(spent - kept.dollars) / 1e6 + vaults.spending,
      burned: Double(inTokens[2]) / 1e6 + vaults.burning, of: Double(gross) / 1e6)
    (vaults.spending, vaults.burning) = (0, 0)
    interval.burnedUSD += Double(inTokens[2]) / 1e6
  }

  private mutating func payDollars(provider: Int64) {
    var shares = [Int64](repeating: 0, count: operators.count)
    Split.largestRemainder(of: provider, by: operators.owed, into: &shares)
    ledger.settle(.dollars, shares, from: .escrow, toOperators: .jobPayment)
    for slot in shares.indices where shares[slot] > 0 {
      credit(slot, dollars: Double(shares[slot]) / 1e6)
      interval.providerRealised += Double(shares[slot]) / 1e6
    }
  }

  /// Pays what is not the operators' in dollars, out of escrow.
  ///
  /// - Parameters:
  ///   - treasury: the protocol's share, less what it gets in tokens [micro-dollars].
  ///   - stakers: the same of holders who have bonded tokens.
  mutating func payOthers(_ shares: [Int64], treasury: Int64, stakers: Int64) {
    ledger.settle(.dollars, treasury, from: .escrow, to: .treasury, .jobPayment)
    vaults.protocolFees += treasury
    ledger.settle(.dollars, shares[3], from: .escrow, to: .feeVault, .jobPayment)
    vaults.feesIn += shares[3]
    vaults.feesOfEpoch += shares[3]
    interval.vaults.feesIn += Double(shares[3]) / 1e6
    ledger.settle(.dollars, shares[4], from: .escrow, to: .world, .partnerShare)
    rewardStakers(.dollars, stakers, from: .escrow, .jobPayment)
    interval.protocolRevenue += Double(shares[1]) / 1e6
    interval.protocolRevenue += Double(shares[3]) / 1e6
  }

  /// At a market step: burns for jobs that finished since the last step, where that is not left to the
  /// settlement.
  mutating func burnAhead() {
    guard settings.payment.burnAt == .completion, !isHalted else { return }
    let inCredits = creditsAsset.map { ledger.balance($0, of: .escrow) } ?? 0
    let held = jobs.deposits + trust.held + contracts.credits + vaults.providerDollars
    let finished = ledger.balance(.dollars, of: .escrow) + inCredits - held
    let whole = max(0, finished - inCredits) + vaults.spentAhead
    let share = Split.largestRemainder(of: whole, by: settings.payment.parts)[2]
    // A unit stays behind: the settlement rounds the whole anew.
    let dollars = share - 1 - vaults.spentAhead
    if dollars <= 0 { return }
    vaults.spentAhead += dollars
    buyAndBurn(dollars, by: .escrow)
  }

  /// What market steps since the last settlement spent of the burned share, which is at least that: an
  /// amendment may have lowered it.
  private mutating func takeSpentAhead(_ shares: inout [Int64]) -> Int64 {
    let ahead = vaults.spentAhead
    vaults.spentAhead = 0
    var excess = max(0, ahead - shares[2])
    shares[2] += excess
    for place in [0, 1, 3, 4, 5] where excess > 0 {
      let taken = min(excess, shares[place])
      shares[place] -= taken
      excess -= taken
    }
    return ahead
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
    token.bought &+= bought
    var parts = [Int64](repeating: 0, count: 4)
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
    rewardStakers(
      .token, parts[3], from: .escrow, .jobPayment, boughtFor: Double(dollars[3]) / 1e6)
    token.passedOn &+= bought - parts[2]
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
    if dollars == nil { trust.mined += amount }
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
    locked += ledger.balance(.token, of: .stakers) + ledger.balance(.token, of: .delegators)
    locked += ledger.balance(.token, of: .rewardLocks) + ledger.balance(.token, of: .rewardPools)
    locked += ledger.balance(.token, of: .subnetPools)
    locked += ledger.balance(.token, of: .subnetStakers)
    for vault in [Account.rewardVault, .feeVault, .remintVault] {
      locked += ledger.balance(.token, of: vault)
    }
    for index in accounts.unvestedClasses.indices {
      locked += ledger.balance(.token, of: accounts.unvested(index))
    }
    let outside = ledger.balance(.token, of: .world) + ledger.balance(.token, of: .burned)
    return Double(-outside - locked) / tokenScale
  }
}
