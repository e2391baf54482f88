import Kernel

/// Who gets a part of the rewards beside operators by their weights and the treasury: its key, its
/// words, and how it is paid.
struct RewardReceiver: Sendable {
  let key: String
  let meaning: String
  let source: String
  /// Whether operators get it, by a rule of their own.
  let isOperators: Bool
  /// Pays a part out of a source.
  ///
  /// It returns what was paid [base units]: 0 where there is nobody, and all of it otherwise.
  let pay: @Sendable (inout NetworkState, _ part: Int64, RewardSource) -> Int64

  init(
    _ key: String, _ meaning: String, source: String = "", isOperators: Bool = false,
    pay: @escaping @Sendable (inout NetworkState, Int64, RewardSource) -> Int64
  ) {
    self.key = key
    self.meaning = meaning
    self.source = source
    self.isOperators = isOperators
    self.pay = pay
  }

  /// Every receiver, in the order in which they are paid.
  static let all: [RewardReceiver] = [.rank, .subnets, .stakers, .rewardVault]
}

/// Where the tokens of a reward come from.
enum RewardSource: Sendable {
  /// They are issued.
  case issue
  /// They exist, in the streams' pools.
  case pool

  var account: Account { self == .issue ? .world : .rewardPools }
  var reason: Reason { self == .issue ? .emission : .poolReward }
}

extension NetworkState {
  /// Pays one account.
  mutating func payReward(_ amount: Int64, to account: Account, from source: RewardSource) {
    ledger.pass(.token, amount, from: source.account, to: account, source.reason)
  }

  /// Pays operators.
  mutating func payReward(toOperators shares: [Int64], from source: RewardSource) {
    ledger.pass(.token, shares, from: source.account, toOperators: source.reason)
  }
}
