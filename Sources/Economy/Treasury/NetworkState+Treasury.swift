import Kernel

/// What the treasury has promised to others, and they to it.
struct TreasuryState: Sendable {
  /// Base units that it sells at the next market step.
  var toSell: Int64 = 0
  /// State: its part of the pool while it lends to it [1]; nil: it lends nothing.
  var poolShare: Double?
  /// State: the loan that this part came of [USD].
  var loan = 0.0
}

/// What the treasury did over one stretch of time, and what it has at its end.
struct TreasuryTotals: Sendable {
  var spent = 0.0
  var unpaid = 0.0
  var income = 0.0
  /// Dollars spent on tokens that it does not keep.
  var boughtForOthers = 0.0
  var wantedFromSales = 0.0
  var value = Double.nan

  mutating func append(_ next: TreasuryTotals) {
    spent += next.spent
    unpaid += next.unpaid
    income += next.income
    boughtForOthers += next.boughtForOthers
    wantedFromSales += next.wantedFromSales
    value = next.value
  }
}

/// The protocol's own spending.
extension NetworkState {
  mutating func openTreasury() {
    guard let terms = settings.treasury else { return }
    give(.dollars, microdollars(terms.openingDollars), to: .treasury)
  }

  /// A treasury that an amendment brings raises its opening dollars then.
  mutating func raiseTreasury(after before: TreasurySettings?) {
    guard before == nil, let terms = settings.treasury else { return }
    let dollars = dollarsThatFit(microdollars(terms.openingDollars))
    ledger.settle(.dollars, dollars, from: .world, to: .treasury, .capital)
  }

  /// At a settlement: costs first, then grants in the order of the file, then top-ups.
  mutating func runTreasury(_ now: SimTime) {
    if settings.treasury?.loan == nil { endLoan() }
    guard let terms = settings.treasury else { return }
    let months = settings.epoch.inDays / Span.daysPerMonth
    let day = now.inDays
    pay(terms.operating * months, from: .treasury, to: .world, .protocolCost)
    for grant in terms.grants where grant.isOpen(on: day) { pay(grant, months) }
    if let topUp = terms.topUp, day <= topUp.until ?? .infinity { payTopUp(topUp, months) }
    if let loan = terms.loan { settleLoan(loan, day) }
    if let sale = terms.sale { offer(sale, months) }
  }

  /// Pays dollars as far as the treasury has them.
  @discardableResult
  private mutating func pay(
    _ dollars: Double, from: Account, to: Account, _ reason: Reason
  ) -> Int64 {
    let due = microdollars(dollars)
    let paid = min(due, max(0, ledger.balance(.dollars, of: from)))
    ledger.settle(.dollars, paid, from: from, to: to, reason)
    note(paid: paid, of: due)
    return paid
  }

  private mutating func note(paid: Int64, of due: Int64) {
    interval.treasury.spent += Double(paid) / 1e6
    interval.treasury.unpaid += Double(due - paid) / 1e6
  }

  private mutating func pay(_ grant: Grant, _ months: Double) {
    let weights = grant.receiver == .operators ? RewardWeight.registered.weigh(self) : []
    let hasReceiver = grant.receiver != .operators || weights.contains { $0 > 0 }
    let wanted = Int64(min(grant.tokens * months * tokenScale, 4e18).rounded())
    let held = settings.token == nil ? 0 : max(0, ledger.balance(.token, of: .treasury))
    let units = hasReceiver ? min(wanted, held) : 0
    let worth = token.oraclePrice / tokenScale
    interval.treasury.spent += Double(units) * worth
    interval.treasury.unpaid += Double(wanted - units) * worth
    guard grant.receiver == .operators else {
      pay(
        grant.dollars * months, from: .treasury, to: grant.receiver == .users ? .users : .world,
        .grant)
      if units == 0 { return }
      ledger.settle(.token, units, from: .treasury, to: .holders, .grant)
      sellOfHolders(Int64((Double(units) * grant.saleShare).rounded(.down)))
      return
    }
    let due = microdollars(grant.dollars * months)
    let dollars = min(due, max(0, ledger.balance(.dollars, of: .treasury)))
    note(paid: give(dollars, by: weights, .grant), of: due)
    var shares = [Int64](repeating: 0, count: operators.count)
    guard Split.largestRemainder(of: units, by: weights, into: &shares) > 0 else { return }
    ledger.settle(.token, shares, from: .treasury, toOperators: .grant)
    for slot in shares.indices where shares[slot] > 0 { receive(slot, tokens: shares[slot]) }
  }

  /// Shares dollars of the treasury among operators.
  /// - Returns: what was shared out.
  private mutating func give(_ dollars: Int64, by weights: [Int64], _ reason: Reason) -> Int64 {
    var shares = [Int64](repeating: 0, count: operators.count)
    let paid = Split.largestRemainder(of: dollars, by: weights, into: &shares)
    if paid == 0 { return 0 }
    ledger.settle(.dollars, shares, from: .treasury, toOperators: reason)
    for slot in shares.indices where shares[slot] > 0 {
      credit(slot, dollars: Double(shares[slot]) / 1e6)
      interval.providerRealised += Double(shares[slot]) / 1e6
    }
    return paid
  }

  /// Pays for the hours that are missing to a busy part of the time online, at the list price less
  /// what operators do not get of it.
  private mutating func payTopUp(_ terms: TopUp, _ months: Double) {
    let weights = (0..<operators.count).map { slot in
      let hardware = settings.hardware[settings.operators.types[Int(operators.type[slot])].hardware]
      let missing =
        terms.utilisation * Double(operators.online[slot]) - Double(operators.busy[slot])
      let price = hardware.hourlyPrice * priceLevel * settings.payment.provider
      return microdollars(max(0, missing) / 3.6e9 * price)
    }
    let most = terms.monthlyCap.map { microdollars($0 * months) } ?? .max
    let due = min(weights.reduce(0, +), most)
    let dollars = min(due, max(0, ledger.balance(.dollars, of: .treasury)))
    note(paid: give(dollars, by: weights, .topUp), of: due)
  }

  /// Offers tokens for the dollars that are missing, at the next market step.
  private mutating func offer(_ terms: TreasurySale, _ months: Double) {
    let missing = terms.keep - Double(ledger.balance(.dollars, of: .treasury)) / 1e6
    guard missing > 0, token.oraclePrice > 0, settings.token != nil else { return }
    // Allowances of several epochs add up until the market opens.
    let before = Double(treasury.toSell)
    let most = before + (terms.most ?? .infinity) * months * tokenScale
    let tokens = min(missing / token.oraclePrice * tokenScale, most)
    let held = max(0, ledger.balance(.token, of: .treasury))
    treasury.toSell = tokens < Double(held) ? Int64(tokens.rounded(.down)) : held
    interval.treasury.wantedFromSales +=
      max(0, Double(treasury.toSell) - before) / tokenScale * token.oraclePrice
  }

  /// Lends to the pool on its day and takes its part back on another.
  private mutating func settleLoan(_ terms: LiquidityLoan, _ day: Double) {
    // A loan of another size takes the place of the one before.
    if day > terms.until ?? .infinity || terms.dollars != treasury.loan { endLoan() }
    guard day > terms.from, day <= terms.until ?? .infinity, treasury.poolShare == nil,
      settings.token != nil
    else { return }
    let pool = (
      dollars: ledger.balance(.dollars, of: .pool), tokens: ledger.balance(.token, of: .pool)
    )
    guard pool.dollars > 0, pool.tokens > 0 else { return }
    // Both in the proportion of the pool, so that the price stays; as much as there is of both.
    let held = (
      dollars: ledger.balance(.dollars, of: .treasury),
      tokens: ledger.balance(.token, of: .treasury)
    )
    let part = min(
      Double(min(microdollars(terms.dollars), held.dollars)) / Double(pool.dollars),
      Double(held.tokens) / Double(pool.tokens))
    guard part > 0 else { return }
    let dollars = min(held.dollars, Int64((Double(pool.dollars) * part).rounded(.down)))
    let tokens = min(held.tokens, Int64((Double(pool.tokens) * part).rounded(.down)))
    ledger.settle(.dollars, dollars, from: .treasury, to: .pool, .loan)
    ledger.settle(.token, tokens, from: .treasury, to: .pool, .loan)
    treasury.poolShare = part / (1 + part)
    treasury.loan = terms.dollars
  }

  /// The treasury's part of the pool comes back: what trades and others' withdrawals made of it.
  private mutating func endLoan() {
    guard let share = treasury.poolShare else { return }
    treasury.poolShare = nil
    for asset in [Asset.dollars, .token] {
      let reserve = ledger.balance(asset, of: .pool)
      let back = min(reserve - 1, Int64((Double(reserve) * share).rounded(.down)))
      if back > 0 { ledger.settle(asset, back, from: .pool, to: .treasury, .loan) }
    }
  }

  /// Puts what the treasury has at the end of an interval into its totals.
  mutating func closeTreasury() {
    guard settings.treasury != nil else { return }
    var value = Double(ledger.balance(.dollars, of: .treasury)) / 1e6
    if settings.token != nil {
      value += Double(ledger.balance(.token, of: .treasury)) / tokenScale * interval.price
      if let share = treasury.poolShare {
        value += share * Double(ledger.balance(.dollars, of: .pool)) / 1e6
        value +=
          share * Double(ledger.balance(.token, of: .pool)) / tokenScale * interval.price
      }
    }
    interval.treasury.income = interval.protocolRevenue - interval.vaults.feesIn
    interval.treasury.value = value
  }
}
