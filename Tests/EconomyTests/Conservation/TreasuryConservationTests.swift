import Kernel
import TestSupport
import Testing

@testable import Economy
@testable import Scenarios

/// No unit is lost or made while tokens become free, are sold and are granted, and a treasury spends,
/// lends and sells, in any order and under tables that votes replace: identities, control totals and
/// the rules' own counts hold at every settlement.
struct TreasuryConservationTests {
  enum Operation {
    case part(slot: Int)
    case unlock(place: Int?, share: Double)
    case exit(place: Int?, share: Double)
    case earn(Int64)
    case work(slot: Int, minutes: Int64)
    case vote(stage: Int)
    case trade
    case settle(hours: Int64)
  }

  /// The network before its first settlement; two votes give it other tables and another treasury.
  private static func opening() throws -> NetworkState {
    let scenario = try SmallNetwork.scenario([
      "market={rule: 'pool', openingPriceUSD: 2, noise: 'none', momentum: {}}",
      "token.vesting={team: {tokens: 9000.000001, cliff: 3, parts: 9, everyDays: 2, saleShare: 0.7}, "
        + "fund: {tokens: 500, cliff: 9, saleShare: 0.1, sellOverDays: 3}}",
      """
      treasury={openingUSD: 900, operatingUSDPerMonth: 90, topUp: {capUSDPerMonth: 300},
        sale: {keepUSD: 500, mostTokensPerMonth: 700}, marketMaking: {usd: 100, from: 2, until: 300},
        grants: {hosts: {to: 'operators', tokensPerMonth: 333, usdPerMonth: 70},
          guests: {to: 'users', tokensPerMonth: 90, usdPerMonth: 9}}}
      """,
      """
      amendments={
        one: {on: 5, set: {'token.vesting': {team: {tokens: 12000, unlocks: [{on: 1, share: 0.25},
            {on: 30, share: 0.25}, {on: 300, share: 0.5}]}, late: {tokens: 700, cliff: 40}},
          'treasury.marketMaking.usd': 300, 'treasury.sale.keepUSD': 5000}},
        two: {on: 9, set: {'token.vesting': {fund: {tokens: 100, cliff: 1}}, treasury: 'none'}}}
      """,
    ])
    return OpenRun(scenario).state
  }

  private static func law(of opening: NetworkState) -> Property<Operation> {
    let operators = UInt32(opening.operators.count)
    return Property(
      draw: { stream in
        let place = [nil, 0, 1, 2][Int(stream.below(4))]
        switch stream.below(20) {
        case 0...2: return .part(slot: Int(stream.below(12)))
        case 3: return .unlock(place: place, share: stream.uniform() / 20)
        case 4, 5: return .exit(place: place, share: stream.uniform())
        case 6, 7: return .earn(Int64(stream.below(90_000_000)))
        case 8...10:
          return .work(slot: Int(stream.below(operators)), minutes: Int64(stream.below(4000)))
        case 11: return .vote(stage: Int(stream.below(3)))
        case 12...15: return .trade
        default: return .settle(hours: Int64(1 + stream.below(90)))
        }
      },
      simpler: { operation in
        switch operation {
        case .earn(let dollars): simplerAmounts(than: dollars).map { .earn($0) }
        case .settle(let hours):
          simplerAmounts(than: hours).filter { $0 > 0 }.map { .settle(hours: $0) }
        default: []
        }
      },
      firstBreach: { operations in
        var bench = Bench(state: opening)
        for (number, operation) in operations.enumerated() {
          if let sentence = bench.perform(operation) {
            return .init(length: number + 1, sentence: sentence)
          }
        }
        return nil
      })
  }

  /// A network of which only the treasury, vesting classes and the market are at work.
  private struct Bench {
    var state: NetworkState
    var now = SimTime.zero

    /// - Returns: what is wrong after it, or nil.
    mutating func perform(_ operation: Operation) -> String? {
      var queue = EventQueue<NetworkEvent>()
      switch operation {
      case .part(let slot):
        let turn = state.token.vestingTurn
        state.unlock(slot, NetworkEvent(.unlock, slot: slot, generation: turn), now)
      case .unlock(let place, let share): state.unlock(share, of: place, now)
      case .exit(let place, let share): state.sellOut(share, of: place)
      case .earn(let dollars):
        state.ledger.settle(.dollars, dollars, from: .world, to: .treasury, .jobPayment)
      case .work(let slot, let minutes): state.operators.online[slot] += minutes * 60_000_000
      case .vote(let stage):
        let before = state.settings
        state.settings = state.stages[stage]
        state.vestAnew(after: before.token?.vesting ?? [], &queue)
        state.raiseTreasury(after: before.treasury)
      case .trade: state.stepMarket(&queue)
      case .settle(let hours): return settle(hours)
      }
      return nil
    }

    private mutating func settle(_ hours: Int64) -> String? {
      now = now + .hours(Double(hours))
      state.readOracle(at: now)
      state.runTreasury(now)
      for slot in 0..<state.operators.count { state.operators.online[slot] = 0 }
      defer { state.ledger.startControlInterval() }
      if let sentence = state.ledger.discrepancy() ?? state.unruledSupply() { return sentence }
      for account in [Account.treasury, .pool, .holders, .followers, .speculators] {
        for asset in [Asset.dollars, .token] where state.ledger.balance(asset, of: account) < 0 {
          return "\(account) owes \(asset)"
        }
      }
      for (place, terms) in (state.settings.token?.vesting ?? []).enumerated() {
        let locked = state.ledger.balance(.token, of: state.accounts.unvested(place))
        if locked < 0 || locked > Int64((terms.tokens * 1e6).rounded()) {
          return "\(terms.name) has \(locked) locked of \(terms.tokens)"
        }
        if state.token.kept[place] < 0 { return "\(terms.name) keeps less than nothing" }
      }
      if state.token.holdersToSell > state.ledger.balance(.token, of: .holders) {
        return "holders sell what they have not"
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
