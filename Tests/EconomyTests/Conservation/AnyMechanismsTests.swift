import Kernel
import TestSupport
import Testing

@testable import Economy
@testable import Scenarios

/// Any mechanisms together keep their books, settlement by settlement.
///
/// An operation lays one choice of one subject over the small network, where everything happens; the
/// network then runs its forty days, and every settlement looks at identities and control totals. What
/// breaks them is found again with as few choices as do it.
struct AnyMechanismsTests {
  /// Choices by subject, each a setting or several.
  private static let subjects: [[[String]]] = [
    [
      "fixed', tokensPerEpoch: 90", "fixed', tokensPerEpochPerNode: 9",
      "halving', initialTokensPerEpoch: 200, halvingEpochs: 5", "linear', tokens: 900, days: 20",
      "tail', initialTokensPerEpoch: 200, halvingEpochs: 5, tailTokensPerEpoch: 20",
      "taper', tokensPerEpoch: 120, flatDays: 8, taperDays: 16",
      "issuanceHalving', maximumTokens: 200000, blocksPerDay: 90", "bondedRatio'",
      "stakeFeedback'", "targetUSD', targetUSDPerNode: 2",
      "capacityCapped', simpleTokens: 9000, cappedTokens: 9000, baselineAtAge0: 9",
      "burnLinked', growth: 0.2, initialTokens: 50", "netEmission', capTokensPerEpoch: 50",
      "netEmission', backstop: {}", "minimum', tokensPerEpochPerNode: 2",
    ].map { ["token.emission={rule: '\($0)}"] },
    [
      "work: 0.5, online: 0.3, treasury: 0.2", "power: 0.5, capacity: 0.5", "idle: 1",
      "registered: 1, capPerNode: 1.5", "rank: 1", "work: 1, capOfSpend: 0.5",
      "online: 1, immediateShare: 0.25, vestingDays: 9, forfeitOnExit: 0.5",
      "online: 1, minimumUptimeShare: 0.5, probationDays: 3, operatorTypes: ['home']",
      "registered: 1, walletPenalty: {freeNodes: 1}",
    ].map { ["token.rewards={\($0)}"] } + [
      ["token.rewards={stakers: 0.5, work: 0.5}", "token.staking={}"],
      ["token.rewards={checks: 1}", "trust.audits={share: 0.3}"],
      ["token.rewards={stake: 1}", "staking.collateral={tokensPerNode: 9}"],
      [
        "token.rewards={subnets: 1}",
        "subnets={networks: {a: {tokensInPool: 90, alphaInPool: 90}}}",
      ],
    ],
    [
      [
        "token.streams={pool: {poolTokens: 900, rewards: {work: 1}, emission: {rule: 'fixed', tokensPerEpoch: 30}}}"
      ],
      [
        "token.streams={second: {cap: 300, rewards: {online: 1}, emission: {rule: 'fixed', tokensPerEpoch: 30}}}"
      ],
    ],
    [
      "pool', poolShareOfCap: 0.05", "anchored'", "squareRoot'", "exogenous'", "networkValue'",
      "imbalance', kappa: 0.1", "pool', momentum: {}", "pool', liquidityFlight: {}",
      "anchored', noise: 'jump', marketEveryHours: 100", "exogenous', noise: 'student'",
    ].map { ["market={rule: '\($0), openingPriceUSD: 2}"] },
    [
      "twap'", "lag'", "stale', deviation: 0.1", "median'", "spot', onOutage: 'halt'",
      "twap', onOutage: 'halt'",
    ].map { ["oracle={rule: '\($0)}"] },
    [
      "provider: 0.9, protocol: 0.1",
      "provider: 0.3, burn: 0.7, burnAt: 'completion', providerPaidIn: 'token'",
      "provider: 0.3, protocol: 0.1, burn: 0.6, burnAt: 'purchase'",
      "provider: 0.9, protocol: 0.1, remint: {seedTokens: 900}, credits: {lotUSD: 50}",
      "provider: 0.5, burn: 0.5, providerPaidIn: 'token', wallet: {}",
      "provider: 0.6, protocol: 0.4, buyBack: {burn: 0.5, hold: 0.5, stakers: 0}",
      "provider: 0.6, partner: 0.1, burn: 0.3, rewardShareOfRevenue: 0.2", "fees: {}",
      "provider: 0.5, feeVault: 0.5, "
        + "demandDriven: {targetUSDPerHour: {gpu: 0.3}, rewardVaultSeed: 900}",
    ].map { ["payment={\($0)}"] } + [
      ["payment={provider: 0.6, stakers: 0.4}", "token.staking={}"]
    ],
    [
      "usdPerNode: 50", "tokensPerNode: 9, slashTimesPrice: 3",
      "usdInTokensPerNode: 40, revalued: true",
      "pledge: {}, termination: {}, dailyFee: {shareOfCirculating: 1e-6}",
      "tokensPerNode: 9, slashedTo: 'burn', unbondingDays: 3",
    ].map {
      [
        "staking.collateral={\($0)}", "trust.audits={share: 0.3}",
        "operators.types.home.cheats={rule: 'slips', jobsShare: 0.2}",
      ]
    },
    [["token.staking={openingShare: 0.2, speedPerDay: 0.5, unbondingDays: 2}"]],
    [
      [
        "token.vesting={team: {tokens: 9000, cliff: 3, parts: 9, everyDays: 2, saleShare: 1}, "
          + "fund: {tokens: 500, cliff: 9, saleShare: 0.1}}"
      ]
    ],
    [
      "operatingUSDPerMonth: 90, openingUSD: 200", "sale: {keepUSD: 900, mostTokensPerMonth: 900}",
      "openingUSD: 500, marketMaking: {usd: 300, until: 20}", "topUp: {}, openingUSD: 90",
      "openingUSD: 90, grants: {a: {to: 'operators', tokensPerMonth: 90, usdPerMonth: 70}, "
        + "b: {to: 'users', tokensPerMonth: 9}}",
    ].map { ["treasury={\($0)}"] },
    [
      "price', on: 9, factor: 0.3", "liquidity', on: 9, factor: 0.2, lastingDays: 9",
      "sale', on: 9, share: 0.3", "unlock', on: 4, share: 0.5", "insiderExit', on: 12, share: 0.5",
      "oracleOutage', on: 9, lastingDays: 7", "outage', on: 9, share: 0.6, lastingDays: 4",
      "demand', on: 9, factor: 3", "fraud', on: 9, share: 0.5",
    ].map { ["shocks={x: {target: '\($0)}}"] },
    [
      "set: {'token.emissionScale': 0.2}",
      "decidedOn: 9, voteDays: 9, set: {'token.emission': 'none'}",
      "set: {'payment': {provider: 1}}", "set: {'staking.collateral': 'none'}",
      "moves: [{from: 'treasury', to: 'burned', share: 0.5}]",
      "moves: [{from: 'unvested', to: 'holders', share: 0.5}]",
      "moves: [{from: 'holders', to: 'liquidity', share: 0.1}]",
      "set: {'token.rewards': {online: 1}}, announcedDays: 9",
    ].map { ["amendments={x: {\($0.hasPrefix("decided") ? "" : "on: 18, ")\($0)}}"] },
    [["epochHours=6"], ["epochHours=100"]],
    [["analysis={burnInDays: 5}"]],
  ]

  private struct Choice: Equatable, CustomStringConvertible {
    let settings: [String]
    /// Day on which an amendment brings it; nil: it holds from the start.
    let day: Int?
    var description: String {
      settings.joined(separator: " and ") + (day.map { " on day \($0)" } ?? "")
    }

    /// An amendment that replaces what the settings name.
    func amendment(_ number: Int) -> String {
      let changes = settings.map { setting in
        let parts = setting.split(separator: "=", maxSplits: 1)
        return "'\(parts[0])': \(parts[1])"
      }
      return "a\(number): {on: \(day ?? 0), set: {\(changes.joined(separator: ", "))}}"
    }
  }

  /// Lays choices over the small network, those of a day by amendments.
  private static func scenario(_ choices: [Choice]) throws -> Scenario {
    let dated = choices.filter { $0.day != nil }.enumerated().map { $1.amendment($0) }
    return try SmallNetwork.scenario(
      choices.filter { $0.day == nil }.flatMap(\.settings)
        + (dated.isEmpty ? [] : ["amendments={\(dated.joined(separator: ", "))}"]))
  }

  /// - Parameters:
  ///   - amends: whether half of the choices come by amendments.
  ///   - refused: counts the combinations that make no scenario.
  private func property(
    amends: Bool = false, fault: Tamper.Fault? = nil, refused: @escaping () -> Void = {}
  ) -> Property<Choice> {
    // Shocks, amendments and the burn-in are no mechanisms.
    let subjects = Self.subjects.filter { subject in
      !amends || !["shocks", "amendments", "analysis"].contains { subject[0][0].hasPrefix($0) }
    }
    return Property(
      draw: { stream in
        let subject = subjects[Int(stream.below(UInt32(subjects.count)))]
        let settings = subject[Int(stream.below(UInt32(subject.count)))]
        let day = amends && stream.uniform() < 0.6 ? 2 + Int(stream.below(36)) : nil
        return Choice(settings: settings, day: day)
      },
      firstBreach: { choices in
        guard let scenario = try? Self.scenario(choices) else {
          refused()
          return nil
        }
        var burnIn = SimDuration.zero
        if case .horizon(let days) = scenario.analysis { burnIn = .days(Double(days)) }
        var run = scenario.run(
          burnIn: burnIn, tamper: fault.map { Tamper(posting: 2000, fault: $0) })
        do { try run.run(until: .days(40)) } catch {
          return .init(length: choices.count, sentence: "\(error)")
        }
        let state = run.state
        let sentence = state.failure ?? state.unruledSupply() ?? state.unruledVaults()
        return sentence.map { .init(length: choices.count, sentence: $0) }
      })
  }

  @Test func `books balance under any choices together`() {
    property().holds(seeds: 1..<15, count: 4)
  }

  @Test func `books balance where mechanisms replace others under way`() {
    property(amends: true).holds(seeds: 1..<25, count: 4)
  }

  @Test func `a fault in one posting is found without any choice`() throws {
    let (smallest, _) = try #require(
      property(fault: .doubled).counterexample(seed: 1, count: 3))
    #expect(smallest.isEmpty)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `books balance under a thousand sets of choices`() {
    var refused = 0
    property { refused += 1 }.holds(seeds: 100..<1100, count: 6)
    print("of 1000 sets of six choices \(refused) were refused")
    #expect(refused < 600)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `books balance where a thousand sets of mechanisms replace each other`() {
    var refused = 0
    property(amends: true) { refused += 1 }.holds(seeds: 2000..<3000, count: 6)
    print("of 1000 sets of six choices under way \(refused) were refused")
    #expect(refused < 700)
  }
}
