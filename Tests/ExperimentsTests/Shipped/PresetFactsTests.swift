import Scenarios
import Testing

/// Numbers of presets that the fact sheets give.
struct PresetFactsTests {
  private func number(_ preset: String, _ path: String) throws -> Double {
    let scenario = try shippedScenario("Presets/\(preset)")
    return try #require(
      scenario.number(variant: scenario.variants[0].name, path), "\(preset): \(path)")
  }

  /// Model-facts §5.3: HNT from February 2025 on, AKT and IO by months, FIL, whose law FLT takes.
  @Test(arguments: [
    ("helium", 1.04), ("akash", 1.54), ("ionet-ide", 1.34), ("filecoin", 1.32), ("fluence", 1.32),
  ])
  func `a token is as volatile as it was`(preset: String, volatility: Double) throws {
    #expect(try number(preset, "market.noise.annualVolatility") == volatility)
  }

  @Test func `changes of FIL have its fat tails`() throws {
    #expect(try number("filecoin", "market.noise.degreesOfFreedom") == 2.5)
  }

  /// Protocol facts §3: 2,888,888,880,000,000,000 bytes at first, here in PiB; 97.2 % of the schedule
  /// is won; 1.61817e-25 of what circulates for a byte and day, here for a PiB.
  @Test func `Filecoin counts in PiB what the chain counts in bytes`() throws {
    let baseline = try number("filecoin", "token.emission.baselineAtAge0")
    #expect(abs(baseline * 0x1p50 - 2_888_888_880_000_000_000) < 1e4)
    #expect(try number("filecoin", "token.emissionScale") == 0.972)
    let fee = try number("filecoin", "staking.collateral.dailyFee.shareOfCirculating")
    #expect(abs(fee / (1.61817e-25 * 0x1p50) - 1) < 1e-7)
  }

  /// Protocol facts §2.5, §2.3: what a place costs on Bittensor, and who gets what a subnet issues.
  @Test func `Bittensor's places and parts are the chain's`() throws {
    for (path, value) in [
      ("registration.openingTokens", 0.1), ("registration.lowestTokens", 0.0005),
      ("registration.highestTokens", 100), ("registration.multiplier", 1.26),
      ("registration.halfLifeBlocks", 360), ("averageBase", 0.000_003),
      ("averageHalfBlocks", 201_600), ("rootWeight", 0.18), ("parts.miners", 0.41),
      ("parts.stakers", 0.41), ("parts.owner", 0.18),
    ] {
      #expect(try number("bittensor", "subnets.\(path)") == value, "\(path)")
    }
    #expect(abs(try number("bittensor", "subnets.fee") - 33.0 / 65_535) < 1e-15)
  }

  /// Protocol facts §4.5: 0.89 of 0.7 of the rewards are deployers'; they get half to three times what
  /// carriers paid.
  @Test func `Helium's floor and cap are those of HIP-149`() throws {
    let again = "token.streams.again.emission"
    #expect(abs(try number("helium", "\(again).backstop.bucketShare") - 0.89 * 0.70) < 1e-12)
    #expect(try number("helium", "\(again).backstop.floorOfSpend") == 0.5)
    #expect(try number("helium", "token.streams.mobile.rewards.capOfSpend") == 3)
  }
}
