import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Hosts that cost nothing and are online all day, at a token price of 1 USD, with subnets that a
/// test writes: what they do can be worked out by hand.
enum SubnetNetwork {
  /// - Parameters:
  ///   - networks: the members of `subnets.networks`.
  ///   - settings: further members of `subnets`; a day has 100 blocks, and each subnet issues an
  ///     alpha a block.
  static func scenario(
    days: Double = 1, networks: String = "a: \(plain)", _ settings: String = "",
    emission: Double = 100, one: String = "", others: String = "",
    market: String = "{rule: 'exogenous', openingPriceUSD: 1}", rewards: String = "{subnets: 1}",
    limit: String = "issuance", fee: Double = 0
  ) throws -> Scenario {
    try Scenario(
      text: """
        {horizonDays: \(days), seed: 5,
         hardware: {classes: {
           gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
         operators: {frozenDays: 0, types: {
           one: {hardware: "gpu", candidates: 6, activeAtStart: 2, sellShare: 0.5, \(one)},
           two: {hardware: "gpu", candidates: 2, activeAtStart: 2, sellShare: 1}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 0.5,
           sizeHours: {rule: "fixed", value: 1}}}},
         token: {circulating: 1000000, emission: {rule: "fixed", tokensPerEpoch: \(emission)},
           rewards: \(rewards)},
         market: \(market), \(others)
         subnets: {networks: {\(networks)}, fee: \(fee), blocksPerDay: 100,
           injectionLimit: "\(limit)", \(settings)}}
        """)
  }

  /// Two hosts of type `one` share by time online; reserves of 1,000 on either side.
  static let plain =
    "{miners: ['one'], pay: 'online', tokensInPool: 1000, alphaInPool: 1000}"
}

extension NetworkState {
  /// Whole units of a subnet's own token that an account holds.
  func alpha(_ column: Int, of account: Account) -> Double {
    Double(ledger.balance(subnets.asset(column), of: account)) / tokenScale
  }
}
