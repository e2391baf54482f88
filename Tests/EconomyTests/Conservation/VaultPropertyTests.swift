import Kernel
import TestSupport
import Testing

@testable import Economy
@testable import Scenarios

/// What happens to money between and at settlements, without the jobs and nodes behind it.
private enum Operation: Sendable {
  /// A job is paid ahead [micro-dollars].
  case deposit(Int64)
  /// The job paid first is lost, or done by an operator.
  case refund
  case finish(Int)
  /// The price from outside becomes so many thousandths of the opening one.
  case price(Int)
  case settle
}

/// A network whose money alone moves.
private struct Books {
  var state: NetworkState
  var running: [Int64] = []
  var days = 0.0
  let operators: Int

  /// - Parameter fault: what is wrong with the first posting after day 0, if anything.
  init(_ scenario: Scenario, fault: Tamper.Fault? = nil) {
    state = scenario.run().state
    if let fault {
      state.ledger.tamper = Tamper(posting: state.ledger.postings + 1, fault: fault)
    }
    operators = state.operators.count
  }

  /// - Returns: what is wrong after it, at a settlement.
  mutating func perform(_ operation: Operation) -> String? {
    switch operation {
    case .deposit(let dollars):
      let before = state.jobs.deposits
      if state.creditsAsset != nil {
        state.depositCredits(
          dollars, expected: dollars, rate: 0, hours: 0, at: .days(days))
      } else {
        state.deposit(dollars, expected: dollars, rate: 0, hours: 0)
      }
      running.append(state.jobs.deposits - before)
    case .refund:
      guard let dollars = running.popLast() else { return nil }
      state.giveBackFromEscrow(dollars)
      state.jobs.deposits -= dollars
    case .finish(let slot):
      guard let dollars = running.popLast() else { return nil }
      state.jobs.deposits -= dollars
      state.operators.owed[slot % operators] += dollars
      state.operators.online[slot % operators] += SimDuration.hours(24).microseconds
    case .price(let thousandths):
      state.venue?.shockFactor = Double(thousandths) / 1000
      state.readOracle(at: .days(days))
    case .settle:
      return settle()
    }
    return nil
  }

  private mutating func settle() -> String? {
    days += 1
    state.burnAhead()
    state.payFinishedJobs()
    state.settleVaults(.days(days))
    state.payPromises(.days(days))
    state.runTreasury(.days(days))
    for slot in 0..<operators {
      state.operators.owed[slot] = 0
      state.operators.online[slot] = 0
    }
    defer { state.ledger.startControlInterval() }
    let inCredits = state.creditsAsset.map { state.ledger.balance($0, of: .escrow) } ?? 0
    let escrow = state.ledger.balance(.dollars, of: .escrow) + inCredits
    let due = state.jobs.deposits + state.vaults.providerDollars
    if escrow != due { return "escrow holds \(escrow), jobs and their operators are due \(due)" }
    return state.ledger.discrepancy() ?? state.unruledSupply() ?? state.unruledVaults()
  }
}

/// Vaults and credits keep their books through any sequence of payments, prices and settlements.
struct VaultPropertyTests {
  private static let regimes: [(name: String, settings: [String])] = [
    ("completion", ["payment.burnAt='completion'"]),
    (
      "purchase",
      ["payment={provider: 0.2, protocol: 0.1, burn: 0.6, partner: 0.1, burnAt: 'purchase'}"]
    ),
    (
      "purchase in tokens",
      [
        "payment={provider: 0.2, protocol: 0.1, burn: 0.7, burnAt: 'purchase', "
          + "providerPaidIn: 'token', protocolPaidIn: 'token'}"
      ]
    ),
    (
      "remint",
      ["payment={provider: 0.9, protocol: 0.1, remint: {seedTokens: 900}, credits: {lotUSD: 50}}"]
    ),
    (
      "wallet",
      [
        "payment={provider: 0.4, protocol: 0.1, burn: 0.5, providerPaidIn: 'token', "
          + "protocolPaidIn: 'token', wallet: {stockDays: 3}}"
      ]
    ),
    (
      "promises",
      [
        "payment={provider: 0.5, protocol: 0.2, burn: 0, feeVault: 0.3, "
          + "buyBack: {executorShare: 0.01, burn: 0.6, hold: 0.2, stakers: 0.2, everyDays: 2}, "
          + "demandDriven: {targetUSDPerHour: {gpu: 0.3, big: 0.9}, rewardVaultSeed: 500, "
          + "feeVaultCapUSD: 40, rewardVaultCap: 300}}",
        "staking={collateral: {tokensPerNode: 3}}",
        "treasury={openingUSD: 90, operatingUSDPerMonth: 80, topUp: {}, "
          + "grants: {a: {to: 'operators', tokensPerMonth: 9, usdPerMonth: 7}, "
          + "b: {tokensPerMonth: 9, to: 'users', usdPerMonth: 5}}}",
      ]
    ),
  ]

  private func property(
    _ regime: Int, market: String, fault: Tamper.Fault? = nil
  ) throws -> Property<Operation> {
    let scenario = try SmallNetwork.scenario(
      Self.regimes[regime].settings + ["market=\(market)"])
    return Property(
      draw: { stream in
        switch stream.below(100) {
        case 0..<45: .deposit(Int64(stream.below(50_000_000)))
        case 45..<60: .refund
        case 60..<92: .finish(Int(stream.below(10)))
        case 92..<95: .price(Int(stream.below(2000)) * Int(stream.below(4)) / 3)
        default: .settle
        }
      },
      simpler: { operation in
        if case .deposit(let dollars) = operation {
          return simplerAmounts(than: dollars).map(Operation.deposit)
        }
        return []
      },
      firstBreach: { operations in
        var books = Books(scenario, fault: fault)
        for (place, operation) in operations.enumerated() {
          if let sentence = books.perform(operation) {
            return .init(length: place + 1, sentence: sentence)
          }
        }
        return nil
      })
  }

  private static let markets = [
    "{rule: 'exogenous', openingPriceUSD: 2}", "{rule: 'anchored', openingPriceUSD: 2}",
  ]

  @Test(arguments: regimes.indices, markets)
  func `books balance through any thousand operations`(regime: Int, market: String) throws {
    try property(regime, market: market).holds(seeds: 1..<3, count: 1000)
  }

  @Test(arguments: Tamper.Fault.allCases)
  func `a fault in one posting is found, and shown by a payment and a settlement`(
    fault: Tamper.Fault
  ) throws {
    let property = try property(1, market: Self.markets[0], fault: fault)
    let (smallest, _) = try #require(property.counterexample(seed: 1, count: 200))
    #expect(smallest.count <= 2)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn), arguments: regimes.indices, markets)
  func `books balance through a million operations`(regime: Int, market: String) throws {
    try property(regime, market: market).holds(seeds: 3..<4, count: 100_000)
  }
}
