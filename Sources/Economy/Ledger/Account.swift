/// A holder of balances: one of the named parties, one class of unvested tokens, or an operator.
struct Account: Hashable, Sendable, BitwiseCopyable {
  let index: Int

  /// The outside, from which dollars come and to which they go, and which tokens are minted from.
  static let world = Account(index: 0)
  static let burned = Account(index: 1)
  static let users = Account(index: 2)
  /// Dollars of jobs that run or wait for settlement.
  static let escrow = Account(index: 3)
  static let treasury = Account(index: 4)
  /// Both reserves of the constant-product pool.
  static let pool = Account(index: 5)
  static let liquidity = Account(index: 6)
  /// Fundamental traders of the anchored rule.
  static let traders = Account(index: 7)
  static let speculators = Account(index: 8)
  static let holders = Account(index: 9)
  /// The counterparty of every trade at an exogenous price.
  static let exchange = Account(index: 10)
  /// Units that no rule could share out.
  static let dust = Account(index: 11)
  /// Collateral of operators, and what of it is on its way back.
  static let stakers = Account(index: 12)
  /// Reserves of the pools of all subnets, of the token and of their own.
  static let subnetPools = Account(index: 13)
  /// Validators of subnets and of the root, and who stakes with them.
  static let subnetStakers = Account(index: 14)
  static let subnetOwners = Account(index: 15)
  /// Speculators who follow the price.
  static let followers = Account(index: 16)
  /// Tokens that promised pay comes from first, and dollars of users' fees that it comes from then.
  static let rewardVault = Account(index: 17)
  static let feeVault = Account(index: 18)
  /// Tokens behind credits that are redeemed, and credits on their way out.
  static let remintVault = Account(index: 19)
  /// Tokens that holders have bonded, and what of them is on its way back.
  static let delegators = Account(index: 20)
  /// Rewards that operators have earned and that become free later.
  static let rewardLocks = Account(index: 21)
  /// Tokens that exist and are paid out as rewards.
  static let rewardPools = Account(index: 22)

  static let partyNames = [
    "world", "burned", "users", "escrow", "treasury", "pool", "liquidity providers", "traders",
    "speculators", "holders", "exchange", "dust", "stakers", "subnet pools",
    "subnet stakers", "subnet owners", "trend followers", "reward vault", "fee vault",
    "remint vault", "delegators", "reward locks", "reward pools",
  ]
}

/// Who the accounts of one run are: the parties, then the unvested classes, then the operators.
struct AccountPlan: Sendable {
  let unvestedClasses: [String]
  let count: Int
  /// Rows that flows are added up by: each party, all unvested classes, all operators.
  let groups: [String]
  private let firstUnvested: Int
  private let firstOperator: Int

  init(unvestedClasses: [String], operators: Int) {
    self.unvestedClasses = unvestedClasses
    groups = Account.partyNames + ["unvested", "operators"]
    firstUnvested = Account.partyNames.count
    firstOperator = firstUnvested + unvestedClasses.count
    count = firstOperator + operators
  }

  func unvested(_ index: Int) -> Account {
    Account(index: firstUnvested + index)
  }

  func `operator`(_ slot: Int) -> Account {
    Account(index: firstOperator + slot)
  }

  func group(of account: Account) -> Int {
    if account.index < firstUnvested { return account.index }
    return account.index < firstOperator ? firstUnvested : firstUnvested + 1
  }

  /// The name of an account in messages.
  func name(of account: Account) -> String {
    if account.index < firstUnvested { return Account.partyNames[account.index] }
    if account.index < firstOperator {
      return "unvested \(unvestedClasses[account.index - firstUnvested])"
    }
    return "operator \(account.index - firstOperator)"
  }
}
