import Testing

@testable import Economy
@testable import Scenarios

/// Two kinds of machines at a given price, so that who gets which tokens can be worked out by hand:
/// operator 0 has one node of `a`, which takes all jobs; operator 1 has two of `b`.
enum RewardNetwork {
  static func text(
    days: Double = 1, token: String, others: String = "", types: String = "", price: Double = 1
  ) -> String {
    """
    {start: "2025-01-01", horizonDays: \(days), seed: 3,
     hardware: {classes: {
       a: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1},
       b: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1, rewardMultiplier: 2.5}}},
     operators: {frozenDays: 0, types: {
       one: {hardware: "a", candidates: 1, activeAtStart: 1, sellShare: 0},
       two: {hardware: "b", candidates: 1, activeAtStart: 1, sellShare: 0,
         nodesPerOperator: {rule: "fixed", value: 2}},
       \(types)}},
     demand: {classes: {jobs: {hardware: ["a"], arrivalsPerHour: 1,
       sizeHours: {rule: "fixed", value: 0.5}}}},
     token: {circulating: 1000, \(token)},
     market: {rule: "exogenous", openingPriceUSD: \(price)}, \(others)}
    """
  }

  static func run(
    days: Double = 1, token: String, others: String = "", types: String = "", price: Double = 1
  ) throws -> NetworkRun {
    try Scenario(
      text: text(days: days, token: token, others: others, types: types, price: price)
    ).finished()
  }

  /// What is wrong with a scenario, as the user is told.
  static func refusal(token: String, days: Double = 1, others: String = "") -> String {
    do {
      _ = try Scenario(text: text(days: days, token: token, others: others))
      return ""
    } catch {
      return "\(error)"
    }
  }
}

extension NetworkRun {
  /// Tokens of operators 0 and 1 and of the treasury, in base units.
  var rewardBalances: [Int64] {
    [state.accounts.operator(0), state.accounts.operator(1), .treasury].map {
      state.ledger.balance(.token, of: $0)
    }
  }

  func tokens(of account: Account) -> Double {
    Double(state.ledger.balance(.token, of: account)) / state.tokenScale
  }
}
