import Kernel
import TestSupport
import Testing

@testable import Economy
@testable import Scenarios

/// Swaps, emission, new places, moves and ends of subnets, in any order: no unit is made or lost.
struct SubnetConservationTests {
  enum Operation: Sendable {
    /// Issues for the pools, and what every subnet does at a settlement.
    case fund(Int64)
    case settle
    /// A party sells a share of its alpha.
    case sell(column: Int, party: Int, share: Double)
    /// An operator comes, and pays for its places at the next settlement.
    case come(slot: Int)
    case work(slot: Int, dollars: Int64)
    case register
    case move
    /// Holders stake, and tokens join the root.
    case stake(Int64)
    case dissolve(column: Int)
  }

  private static func scenario() throws -> Scenario {
    try SubnetNetwork.scenario(
      networks: """
        a: {miners: ['one'], pay: 'work', tokensInPool: 1000, alphaInPool: 3000, alphaHeld: 500,
          minerBurnShare: 0.1, revenueUSDPerDay: 1},
        b: {miners: ['two'], pay: 'rank', pool: 'weighted', tokensInPool: 50, alphaInPool: 10,
          alphaHeld: 9, inflowTokensPerDay: 5},
        c: {tokensInPool: 0.000001, alphaInPool: 0.000002},
        d: {tokensInPool: 7, alphaInPool: 100000, pool: 'weighted'}
        """,
      """
      registration: {openingTokens: 1}, stakers: {response: 1}, rootStake: 5000, alphaCap: 101000,
      excess: "joins"
      """, market: "{rule: 'pool', openingPriceUSD: 2}", limit: "rootShare", fee: 0.001)
  }

  private static func draw(_ stream: inout RandomStream) -> Operation {
    let kind = stream.uniform()
    let share = stream.uniform()
    let amount = Int64(Elementary.exp(share * 20))
    let number = Int(stream.uniform() * 1320)
    switch kind {
    case ..<0.15: return .fund(amount)
    case ..<0.4: return .settle
    case ..<0.6: return .sell(column: number % 4, party: number % 11, share: share)
    case ..<0.7: return .come(slot: number % 8)
    case ..<0.8: return .work(slot: number % 8, dollars: amount)
    case ..<0.85: return .register
    case ..<0.9: return .move
    case ..<0.999: return .stake(amount)
    default: return .dissolve(column: number % 4)
    }
  }

  private static func simpler(_ operation: Operation) -> [Operation] {
    switch operation {
    case .fund(let units): simplerAmounts(than: units).map { .fund($0) }
    case .work(let slot, let dollars):
      simplerAmounts(than: dollars).map { .work(slot: slot, dollars: $0) }
    case .stake(let units): simplerAmounts(than: units).map { .stake($0) }
    case .sell(let column, let party, let share):
      share < 1 ? [.sell(column: column, party: party, share: 1)] : []
    case .settle, .come, .register, .move, .dissolve: []
    }
  }

  /// Where the books break, from an opening on; nil where they hold.
  private static func breach(
    of operations: [Operation], from opening: NetworkState
  ) -> Property<Operation>.Breach? {
    var state = opening
    for (number, operation) in operations.enumerated() {
      guard let terms = state.settings.subnets else { return nil }
      switch operation {
      case .fund(let units): state.token.issued += state.fundSubnets(units, from: .issue)
      case .settle:
        state.settleSubnets(.days(Double(number + 1)))
        for slot in 0..<state.operators.count { state.operators.owed[slot] = 0 }
      case .sell(let column, let party, let share):
        guard state.subnets.rows[column].isOpen else { continue }
        let others: [Account] = [.subnetStakers, .subnetOwners]
        let slot = party < state.operators.count ? party : nil
        let seller = slot.map { state.account(of: $0) } ?? others[party % 2]
        let held = state.ledger.balance(state.subnets.asset(column), of: seller)
        let units = min(held, Int64(Double(held) * share))
        state.sell([AlphaOrder(seller: seller, slot: slot, units: units)], in: column)
      case .come(let slot):
        state.ledger.settle(
          .dollars, 5_000_000, from: .world, to: state.account(of: slot), .capital)
        state.bringPlaces(slot)
      case .work(let slot, let dollars): state.operators.owed[slot] += dollars
      case .register: state.register(terms, 10)
      case .move: state.moveStakers(terms)
      case .stake(let units):
        state.subnets.rootStake += state.stakeFromHolders(units, to: .subnetStakers)
      case .dissolve(let column):
        if state.subnets.rows[column].isOpen { state.dissolve(column) }
      }
      // Those who sell on the venue do so at once.
      for slot in 0..<state.operators.count { state.operators.toSell[slot] = 0 }
      state.token.holdersToSell = 0
      if let sentence = state.unruledSubnets() ?? state.ledger.discrepancy() {
        return Property.Breach(length: number + 1, sentence: sentence)
      }
      state.ledger.startControlInterval()
    }
    return nil
  }

  private func property() throws -> Property<Operation> {
    let opening = try Self.scenario().run().state
    return Property(draw: Self.draw, simpler: Self.simpler) {
      Self.breach(of: $0, from: opening)
    }
  }

  @Test func `the books of subnets hold under any order of operations`() throws {
    try property().holds(seeds: 0..<15, count: 100)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `the books of subnets hold under a million operations`() throws {
    try property().holds(seeds: 100..<1_100, count: 1_000)
  }
}
