import Kernel
import TestSupport
import Testing

@testable import Economy
@testable import Scenarios

/// What can happen to tokens that are bonded, in any order and amount.
private enum StakeOperation: CustomStringConvertible {
  case bond(Int64)
  case unbond(Int64)
  case reward(Int64)
  case fees(Asset, Int64)
  case slash(slot: Int, price: Double)
  case leave(slot: Int)
  case post(slot: Int)
  case wait(days: Int)

  init(drawnFrom stream: inout RandomStream) {
    let kind = Int(stream.uniform() * 8)
    let slot = Int(stream.uniform() * 5)
    let size = stream.uniform()
    // Amounts of all magnitudes up to a tenth of the supply, and sometimes more than there is.
    let amount = Int64(Elementary.exp(size * 26))
    switch kind {
    case 0: self = .bond(amount)
    case 1: self = .unbond(amount)
    case 2: self = .reward(amount)
    case 3: self = .fees(slot < 3 ? .token : .dollars, amount)
    case 4: self = .slash(slot: slot, price: size * 10)
    case 5: self = .leave(slot: slot)
    case 6: self = .post(slot: slot)
    default: self = .wait(days: 1 + Int(size * 5))
    }
  }

  var description: String {
    switch self {
    case .bond(let amount): "holders bond \(amount)"
    case .unbond(let amount): "delegators unbond \(amount)"
    case .reward(let amount): "\(amount) are issued to stakers"
    case .fees(let asset, let amount): "\(amount) of asset \(asset.column) are paid to stakers"
    case .slash(let slot, let price): "operator \(slot) is slashed for \(price) USD"
    case .leave(let slot): "operator \(slot) takes its stake back"
    case .post(let slot): "operator \(slot) posts what it has"
    case .wait(let days): "\(days) days pass"
    }
  }

  var simpler: [StakeOperation] {
    switch self {
    case .bond(let amount): simplerAmounts(than: amount).map { .bond($0) }
    case .unbond(let amount): simplerAmounts(than: amount).map { .unbond($0) }
    case .reward(let amount): simplerAmounts(than: amount).map { .reward($0) }
    case .fees(let asset, let amount): simplerAmounts(than: amount).map { .fees(asset, $0) }
    case .slash(let slot, let price): price == 1 ? [] : [.slash(slot: slot, price: 1)]
    case .leave, .post: []
    case .wait(let days): days == 1 ? [] : [.wait(days: 1)]
    }
  }
}

/// A network in which holders and operators bond tokens, and the count of what was done to it.
private struct StakeBench {
  var state: NetworkState
  var now = SimTime.zero
  /// Base units issued and burned by what was asked for, apart from the ledger.
  var issued: Int64
  let supply: Int64

  init() throws {
    let scenario = try CheckedNetwork.scenario(
      days: 1, hosts: 5,
      """
      token: {circulating: 1e6, staking: {openingShare: 0.4, taxShare: 0.1, unbondingDays: 3}},
      market: {rule: 'exogenous', openingPriceUSD: 2},
      staking: {collateral: {tokensPerNode: 1000, slashTimesPrice: 20, slashShare: 0.05,
        slashedTo: 'burn', unbondingDays: 4, termination: {}}}
      """)
    state = scenario.run().state
    issued = state.ledger.minted[Asset.token.column]
    supply = state.supplyUnits
  }

  mutating func perform(_ operation: StakeOperation) {
    switch operation {
    case .bond(let amount): state.bondByHolders(amount)
    case .unbond(let amount): state.unbondDelegated(amount, .days(3), now)
    case .reward(let amount):
      state.rewardStakers(.token, amount, from: .world, .emission)
      issued += amount
    case .fees(let asset, let amount):
      let payer = asset == .token ? Account.exchange : .world
      let paid = asset == .token ? min(amount, state.ledger.balance(asset, of: payer)) : amount
      state.ledger.settle(asset, paid, from: payer, to: .escrow, .jobPayment)
      state.rewardStakers(asset, paid, from: .escrow, .jobPayment, boughtFor: 1)
    case .slash(let slot, let price): state.slash(slot, price: price, kind: nil)
    case .leave(let slot): state.unbond(slot, now)
    case .post(let slot):
      state.agree(slot, now)
      state.openStake(of: slot)
    case .wait(let days):
      now = now + .days(Double(days))
      state.returnUnbonded(now)
      state.returnStakes(now)
    }
  }

  /// Where the books do not balance, in a sentence.
  var breach: String? {
    var ledger = state.ledger
    if let sentence = ledger.discrepancy() { return sentence }
    if let sentence = state.unruledDelegation() ?? state.unruledStake() { return sentence }
    let minted = ledger.minted[Asset.token.column]
    if minted != issued { return "\(issued) were to be issued, the ledger minted \(minted)" }
    let burned = state.trust.stakeBurned + state.delegation.burned
    if ledger.burned[Asset.token.column] != burned {
      return "\(burned) were to be burned, the ledger burned \(ledger.burned[1])"
    }
    if state.supplyUnits != supply + issued - burned { return "the supply is not what was left" }
    return ledger.balance(.token, of: .escrow) == 0 ? nil : "escrow keeps tokens"
  }
}

/// No sequence of bonding, slashing, paying and waiting loses a unit or makes one.
struct StakingConservationTests {
  private func property(settlingEvery operations: Int) throws -> Property<StakeOperation> {
    let bench = try StakeBench()
    return Property(
      draw: StakeOperation.init(drawnFrom:), simpler: \.simpler,
      firstBreach: { sequence in
        var bench = bench
        for (place, operation) in sequence.enumerated() {
          bench.perform(operation)
          guard (place + 1) % operations == 0 || place + 1 == sequence.count else { continue }
          if let sentence = bench.breach {
            return Property.Breach(length: place + 1, sentence: sentence)
          }
          bench.state.ledger.startControlInterval()
        }
        return nil
      })
  }

  @Test func `what is bonded, earned, slashed and returned balances`() throws {
    try property(settlingEvery: 1).holds(seeds: 0..<4, count: 500)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `what is bonded, earned, slashed and returned balances a million times`() throws {
    try property(settlingEvery: 50).holds(seeds: 0..<10, count: 100_000)
  }

  @Test func `a unit that is lost is found in its smallest form`() throws {
    let bench = try StakeBench()
    let faulty = Property<StakeOperation>(
      draw: StakeOperation.init(drawnFrom:), simpler: \.simpler,
      firstBreach: { sequence in
        var bench = bench
        for (place, operation) in sequence.enumerated() {
          bench.perform(operation)
          // The fault: an unbonding of more than a token forgets a unit.
          if case .unbond(let amount) = operation, amount > 1_000_000 {
            bench.state.delegation.bonded -= 1
          }
          if let sentence = bench.breach {
            return Property.Breach(length: place + 1, sentence: sentence)
          }
        }
        return nil
      })
    let found = try #require(faulty.counterexample(seed: 1, count: 200))
    #expect(found.operations.map(\.description) == ["delegators unbond 1000001"])
  }
}
