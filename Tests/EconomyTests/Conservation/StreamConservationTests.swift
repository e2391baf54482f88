import Kernel
import TestSupport
import Testing

@testable import Economy
@testable import Scenarios

/// No unit is lost or made while streams mint, pay out of pools, lock, free and forfeit rewards in any
/// order: the identities, the rules' own counts, and the caps hold at every settlement.
struct StreamConservationTests {
  enum Operation {
    case online(slot: Int, minutes: Int64)
    case price(cents: Int64)
    case leave(slot: Int)
    case fault(slot: Int)
    case vote(stage: Int)
    case settle(hours: Int64)
  }

  private static let token = """
    treasury: 500, cap: 30000, emission: {rule: 'bondedRatio'}, emissionScale: 40,
    rewards: {online: 0.4, registered: 0.3, capacity: 0.2, treasury: 0.1, capPerOperator: 25,
      aboveCap: 'treasury', immediateShare: 0.25, vestingDays: 9, forfeitOnExit: 0.4,
      forfeitOnFault: 1},
    streams: {
      pool: {emission: {rule: 'fixed', tokensPerEpoch: 7.654321}, poolTokens: 900,
        rewards: {power: 0.9, treasury: 0.1, vestingDays: 4, immediateShare: 0, capPerNode: 1,
          forfeitOnExit: 1, forfeitedTo: 'treasury', walletPenalty: {freeNodes: 1}}},
      aside: {emission: {rule: 'fixed', tokensPerEpochPerNode: 0.7}, poolTokens: 400,
        poolFrom: 'treasury', rewards: {online: 1, minimumUptimeShare: 0.3}, cap: 333},
      usd: {emission: {rule: 'targetUSD', initialTokens: 20, minimumTokens: 2, maximumTokens: 60,
        targetUSDPerNode: 2}, rewards: {idle: 1, probationDays: 2}, cap: 2000},
    }
    """

  /// The network before its first settlement.
  private static func opening() throws -> NetworkState {
    let others = """
      amendments: {
        more: {on: 5, set: {'token.rewards.vestingDays': 3, 'token.streams.pool.rewards.vestingDays': 11,
          'token.streams.usd.scale': 2, 'token.emission': {rule: 'fixed', tokensPerEpoch: 33}}},
        none: {on: 6, set: {'token.rewards.immediateShare': 1, 'token.rewards.vestingDays': 0,
          'token.streams.pool.emission': 'none'}}}
      """
    let types =
      "many: {hardware: 'b', candidates: 4, activeAtStart: 4, largestFleet: 9, "
      + "nodesPerOperator: {rule: 'lognormal', median: 2, sigma: 1}}"
    let scenario = try Scenario(
      text: RewardNetwork.text(days: 20, token: token, others: others, types: types))
    return OpenRun(scenario).state
  }

  private static func law(of opening: NetworkState) -> Property<Operation> {
    let operators = UInt32(opening.operators.count)
    return Property(
      draw: { stream in
        let slot = Int(stream.below(operators))
        switch stream.below(20) {
        case 0...9: return .online(slot: slot, minutes: Int64(stream.below(4000)))
        case 10, 11: return .price(cents: Int64(1 + stream.below(300)))
        case 12: return .leave(slot: slot)
        case 13: return .fault(slot: slot)
        case 14: return .vote(stage: Int(stream.below(3)))
        default: return .settle(hours: Int64(1 + stream.below(60)))
        }
      },
      simpler: { operation in
        switch operation {
        case .online(let slot, let minutes):
          simplerAmounts(than: minutes).map { .online(slot: slot, minutes: $0) }
        case .settle(let hours):
          simplerAmounts(than: hours).filter { $0 > 0 }.map { .settle(hours: $0) }
        default: []
        }
      },
      firstBreach: { operations in
        var bench = Bench(state: opening)
        for (place, operation) in operations.enumerated() {
          if let sentence = bench.perform(operation) {
            return .init(length: place + 1, sentence: sentence)
          }
        }
        return nil
      })
  }

  /// A network of which only the streams are at work.
  private struct Bench {
    var state: NetworkState
    var now = SimTime.zero

    /// - Returns: what is wrong after it, or nil.
    mutating func perform(_ operation: Operation) -> String? {
      switch operation {
      case .online(let slot, let minutes): state.operators.online[slot] += minutes * 60_000_000
      case .price(let cents): state.token.oraclePrice = Double(cents) / 100
      case .leave(let slot): state.forfeitOnExit(slot)
      case .fault(let slot): state.forfeitForFault(slot)
      case .vote(let stage): state.settings = state.stages[stage]
      case .settle(let hours): return settle(hours)
      }
      return nil
    }

    private mutating func settle(_ hours: Int64) -> String? {
      now = now + .hours(Double(hours))
      state.lastSettlement = now
      state.issue(now)
      for slot in 0..<state.operators.count { state.operators.online[slot] = 0 }
      state.emission.closeEpoch()
      let minted = state.ledger.minted[Asset.token.column]
      let burned = state.ledger.burned[Asset.token.column]
      defer { state.ledger.startControlInterval() }
      if let sentence = state.ledger.discrepancy() ?? state.unruledRewards() { return sentence }
      if minted != state.token.issued { return "\(state.token.issued) issued, \(minted) minted" }
      if burned != state.emission.forfeitBurned { return "burned without a forfeit" }
      if state.ledger.assets[1].genesis + minted > 30_000_000_000 { return "above the cap" }
      for (stream, terms) in zip(state.emission.streams, state.settings.token?.streams ?? []) {
        if stream.pool < 0 { return "the pool of \(terms.name) owes" }
        if let cap = terms.cap, stream.paid > Int64(cap * 1e6) {
          return "\(terms.name) above its cap"
        }
        if let pool = terms.pool, stream.paid + stream.pool != Int64(pool * 1e6) {
          return "what \(terms.name) paid and has left is not its pool"
        }
      }
      return nil
    }
  }

  @Test func `a few thousand operations leave the books right`() throws {
    Self.law(of: try Self.opening()).holds(seeds: 1..<4, count: 1000)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `a million operations leave the books right`() throws {
    Self.law(of: try Self.opening()).holds(seeds: 100..<200, count: 10_000)
  }
}
