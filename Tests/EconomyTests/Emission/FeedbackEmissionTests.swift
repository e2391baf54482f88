import Configuration
import Kernel
import Testing

@testable import Economy

private func policy(_ text: String) throws -> any EmissionPolicy {
  try rule(text, from: EmissionPolicies.all)
}

/// Policies that look at the network, worked out by hand.
struct FeedbackEmissionTests {
  @Test func `halving by issuance goes on inside an epoch, block by block`() throws {
    // Half of 20 is left at 10 tokens: two of 4 blocks come at 1, the others at a half.
    let halving = try policy(
      "{rule: 'issuanceHalving', maximumTokens: 20, tokensPerBlock: 1, blocksPerDay: 4}")
    var memory = EmissionMemory()
    #expect(halving.emission(NetworkSnapshot(issued: 8), &memory) == 3)
    #expect(halving.emission(NetworkSnapshot(issued: 20), &memory) == 0)
    // Blocks that an epoch has in part go to the next.
    let slow = try policy(
      "{rule: 'issuanceHalving', maximumTokens: 20, tokensPerBlock: 1, blocksPerDay: 0.5}")
    var own = EmissionMemory()
    #expect((0..<4).map { _ in slow.emission(NetworkSnapshot(), &own) } == [0, 1, 0, 1])
  }

  @Test func `what was burned can delay a halving`() throws {
    let text = "{rule: 'issuanceHalving', maximumTokens: 20, blocksPerDay: 1, counts: "
    var memory = EmissionMemory()
    let network = NetworkSnapshot(issued: 12, supply: 9)
    #expect(try policy(text + "'issued'}").emission(network, &memory) == 0.5)
    memory = EmissionMemory()
    #expect(try policy(text + "'supply'}").emission(network, &memory) == 1)
  }

  @Test func `four years of Bittensor from its first halving end at the second`() throws {
    let halving = try policy("{rule: 'issuanceHalving'}")
    var memory = EmissionMemory()
    var issued = 10.5e6
    for _ in 0..<1458 {
      issued += halving.emission(NetworkSnapshot(issued: issued, supply: issued), &memory)
    }
    // 5.25 M at 3,600 a day are 1,458.3 days.
    #expect(issued == 10.5e6 + 1458 * 3600)
    issued += halving.emission(NetworkSnapshot(issued: issued), &memory)
    #expect(abs(issued - (15.75e6 + (3600 - 1200) / 2)) < 1e-6)
  }

  @Test func `inflation follows the bonded share, within its bounds`() throws {
    let rule = try policy("{rule: 'bondedRatio'}")
    var memory = EmissionMemory()
    // Nothing bonded: 0.13 + 0.13 / 365 after a day.
    let first = rule.emission(NetworkSnapshot(supply: 365e6), &memory)
    #expect(abs(first / 1e6 - (0.13 + 0.13 / 365)) < 1e-12)
    for _ in 0..<365 { _ = rule.emission(NetworkSnapshot(supply: 1e6), &memory) }
    #expect(memory.level == 0.2)
    for _ in 0..<2000 { _ = rule.emission(NetworkSnapshot(supply: 1e6, staked: 1e6), &memory) }
    #expect(memory.level == 0.07)
    var level = EmissionMemory()
    _ = rule.emission(NetworkSnapshot(supply: 100, staked: 67), &level)
    #expect(abs((level.level ?? 0) - 0.13) < 1e-15)
  }

  @Test func `stake feedback winds up for as long as the target is out of reach`() throws {
    let rule = try policy("{rule: 'stakeFeedback'}")
    var memory = EmissionMemory()
    for _ in 0..<1000 { _ = rule.emission(NetworkSnapshot(supply: 1e6, staked: 1e5), &memory) }
    #expect(memory.units == 720_000)
    // The target is reached: as many rounds pass before inflation is what it was.
    for _ in 0..<1000 { _ = rule.emission(NetworkSnapshot(supply: 1e6, staked: 6e5), &memory) }
    #expect(memory.units == 220_000)
    #expect(rule.emission(NetworkSnapshot(supply: 1e6, staked: 5e5), &memory) == 220)
  }

  @Test func `a pool that steers to a target in dollars settles beside it`() throws {
    let rule = try policy(
      "{rule: 'targetUSD', targetUSDPerNode: 0.33, minimumTokens: 1, maximumTokens: 1e9}")
    var memory = EmissionMemory()
    let network = NetworkSnapshot(activeNodes: 1000, price: 0.5)
    for _ in 0..<200 { _ = rule.emission(network, &memory) }
    // One step above or below 660 tokens.
    #expect((memory.level ?? 0) > 660 * 0.9 * 0.99 && (memory.level ?? 0) < 660 * 1.1 * 1.01)
    // A price of a tenth takes ln 10 / ln 1.1 = 24.2 epochs to make good.
    let cheap = NetworkSnapshot(activeNodes: 1000, price: 0.05)
    for _ in 0..<26 { _ = rule.emission(cheap, &memory) }
    #expect((memory.level ?? 0) > 6600 * 0.9 && (memory.level ?? 0) < 6600 * 1.1)
    var empty = EmissionMemory()
    let first = rule.emission(NetworkSnapshot(price: 1), &empty)
    #expect(first == 500 && rule.emission(NetworkSnapshot(price: 1), &empty) == 500)
  }

  @Test func `issuance follows the burn within multiples and steps`() throws {
    let rule = try policy(
      "{rule: 'burnLinked', growth: 0.5, targetNodes: 100, initialTokens: 100}")
    var memory = EmissionMemory()
    func issued(_ burned: Double, nodes: Int = 100) -> Double {
      rule.emission(NetworkSnapshot(activeNodes: nodes, burned: burned), &memory)
    }
    #expect(abs(issued(70) - 105) < 1e-9)
    // Ten times the burn: a tenth more.
    #expect(abs(issued(700) - 115.5) < 1e-9)
    #expect(abs(issued(0) - 103.95) < 1e-9)
    // A tenth of the nodes asks for 15 times the burn, three times are the most.
    memory.level = nil
    let free = try policy("{rule: 'burnLinked', growth: 0.5, targetNodes: 100}")
    #expect(free.emission(NetworkSnapshot(activeNodes: 10, burned: 10), &memory) == 30)
    memory.level = nil
    #expect(free.emission(NetworkSnapshot(activeNodes: 1000, burned: 10), &memory) == 10)
    memory.level = nil
    let held = try policy("{rule: 'burnLinked', ceilingTokens: 7}")
    #expect(held.emission(NetworkSnapshot(burned: 10), &memory) == 7)
  }

  /// The worked case "floor steady state" of HIP-149's own tests, through the policy: 9,100 USD of
  /// data at 0.1 USD a token are to bring carriers 45,500 tokens, with the Mobile network all there is.
  @Test func `the backstop keeps pay at half of what was spent`() throws {
    let rule = try policy(
      """
      {rule: 'netEmission', smoothingEpochs: 1, capTokensPerEpoch: 1644,
       backstop: {otherTokensPerEpoch: 20548}}
      """)
    var memory = EmissionMemory()
    let issued = rule.emission(
      NetworkSnapshot(price: 0.1, burned: 91_000, spentUSD: 9100), &memory)
    #expect(abs(0.7 * (issued + 20_548) - 45_500) < 1e-6)
    let little = rule.emission(
      NetworkSnapshot(price: 0.1, burned: 9100, spentUSD: 9100), &memory)
    #expect(little == 9100)
  }

  @Test(arguments: [
    (
      "{rule: 'bondedRatio', minimumPerYear: 0.3, maximumPerYear: 0.2}",
      "expected at most maximumPerYear (0.2), found 0.3"
    ),
    (
      "{rule: 'capacityCapped', baselineAtAge0: 1, ageDays: 5, effectiveAgeDays: 6}",
      "expected at most ageDays (5), found 6"
    ),
    (
      "{rule: 'targetUSD', minimumTokens: 5000, initialTokens: 1000}",
      "expected at most maximumTokens (1000), found 5000"
    ),
    (
      "{rule: 'targetUSD', minimumTokens: 0, initialTokens: 0}",
      "expected a number above 0 from minimumTokens (0) to maximumTokens (1000), found 0"
    ),
    (
      "{rule: 'targetUSD', lowering: 1, raising: 1}",
      "expected a factor other than 1 in lowering or raising, found 1 in both"
    ),
    (
      "{rule: 'capacityCapped', baselineAtAge0: 1, ageDays: 4000, effectiveAgeDays: 0}",
      "expected at most 10 doublings of the baseline (3650 days) behind ageDays, found 4000"
    ),
    ("{rule: 'burnLinked', leastOfBurn: 4}", "expected at most mostOfBurn (3), found 4"),
  ]) func `bounds the wrong way round are refused`(text: String, message: String) throws {
    let said = try complaints(about: "{it: \(text)}") {
      $0.rule("it", "the rule under test", from: EmissionPolicies.all)
    }
    #expect(said == [message])
  }

  @Test func `what schedules bring is known before the run, and nothing else is`() throws {
    let known = [
      "{rule: 'fixed', tokensPerEpoch: 1}", "{rule: 'table', rows: []}",
      "{rule: 'exponential', initialTokensPerEpoch: 1, factor: 0.5}",
      "{rule: 'halving', initialTokensPerEpoch: 1, halvingEpochs: 1}",
      "{rule: 'linear', tokens: 1, days: 1}", "{rule: 'taper', tokensPerEpoch: 1}",
    ]
    for text in known { #expect(try policy(text).isSchedule) }
    for name in ["issuanceHalving", "bondedRatio", "stakeFeedback", "targetUSD", "burnLinked"] {
      #expect(try !policy("{rule: '\(name)'}").isSchedule)
    }
    #expect(try !policy("{rule: 'fixed', tokensPerEpochPerNode: 1}").isSchedule)
  }
}
