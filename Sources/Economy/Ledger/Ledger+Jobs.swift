/// What jobs posted since the ledger's columns were last brought up to date [micro-dollars].
struct JobSums: BitwiseCopyable, Sendable {
  /// From the world to users, from users to escrow, and from escrow back to users.
  var income: Int128 = 0
  var deposits: Int128 = 0
  var refunds: Int128 = 0
  /// Deposits as the rule, computing apart, expects them.
  var expectedDeposits: Int128 = 0
  /// Cache: income - deposits + refunds.
  var purse: Int64 = 0

  /// What is in these sums of the balance of an account.
  func change(of account: Account) -> Int64 {
    switch account {
    case .world: Int64(-income)
    case .users: purse
    case .escrow: Int64(deposits - refunds)
    default: 0
    }
  }
}

/// The postings that every job makes: added up here, and taken into balances, flows and control
/// totals when these are read.
extension Ledger {
  /// Puts an attempt's dollars in escrow, out of the users' purse and what else they earn.
  ///
  /// - Parameter expected: the same amount, computed apart [micro-dollars].
  @inline(__always)
  mutating func depositInEscrow(_ dollars: Int64, expected due: Int64) {
    precondition(dollars >= 0, "a posting moves a negative amount: swap its sides")
    let income = max(0, dollars - (balances[Account.users.index] + jobSums.purse))
    if isWatched {
      settle(.dollars, income, from: .world, to: .users, .userIncome)
      expect(.dollars, due, from: .users, to: .escrow, .escrowDeposit)
      return post(.dollars, dollars, from: .users, to: .escrow, .escrowDeposit)
    }
    postings += (income > 0 ? 1 : 0) + (dollars > 0 ? 1 : 0)
    jobSums.purse += income - dollars
    jobSums.income += Int128(income)
    jobSums.deposits += Int128(dollars)
    jobSums.expectedDeposits += Int128(due)
  }

  /// Gives the dollars of a lost attempt back. Requires `dollars >= 0`.
  mutating func refundFromEscrow(_ dollars: Int64) {
    precondition(dollars >= 0, "a posting moves a negative amount: swap its sides")
    if isWatched { return settle(.dollars, dollars, from: .escrow, to: .users, .refund) }
    postings += dollars > 0 ? 1 : 0
    jobSums.purse += dollars
    jobSums.refunds += Int128(dollars)
  }

  /// Brings balances, flows and control totals up to date.
  mutating func takeInJobSums() {
    let sums = jobSums
    for account in [Account.world, .users, .escrow] {
      balances[account.index] += sums.change(of: account)
    }
    takeIn(sums.income, sums.income, from: .world, to: .users, .userIncome)
    takeIn(sums.deposits, sums.expectedDeposits, from: .users, to: .escrow, .escrowDeposit)
    takeIn(sums.refunds, sums.refunds, from: .escrow, to: .users, .refund)
    jobSums = JobSums()
  }

  /// Takes in one kind of posting; control totals wrap, so what they need of a sum is its last word.
  private mutating func takeIn(
    _ amount: Int128, _ due: Int128, from: Account, to: Account, _ reason: Reason
  ) {
    flows[flowIndex(.dollars, from, to, reason)] += amount
    posted.add(.dollars, Int64(truncatingIfNeeded: amount), from, to, reason)
    expected.add(.dollars, Int64(truncatingIfNeeded: due), from, to, reason)
  }
}
