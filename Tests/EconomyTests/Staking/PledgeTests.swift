import Kernel
import Testing

@testable import Economy

/// Cases of the tests of filecoin-project/builtin-actors at b0a3bdd6 (MIT and Apache-2.0).
struct PledgeTests {
  private static let fil: Int64 = 1_000_000_000_000_000_000

  /// Sector power 2^36 bytes, network 2^10, baseline 2^37, 1 FIL in circulation, no reward; the actor
  /// adds one attoFIL to what its rule gives.
  @Test(
    arguments: [
      (-100, 100, 150), (0, 0, 195), (10, 0, 195), (0, 100, 150), (50, 100, 172.5), (150, 100, 195),
      (10, 100, 154.5), (1, 10, 154.5),
    ] as [(Int64, Int64, Double)])
  func `the consensus pledge of FIP-0081 is exact along its ramp`(
    since: Int64, ramp: Int64, milliFIL: Double
  ) {
    let pledge = Pledge.consensus(
      circulating: Self.fil, capacity: 1 << 36, network: 1 << 10, baseline: 1 << 37,
      share: 300_000, weight: Pledge.weight(sinceRamp: since, ramp: ramp))
    #expect(pledge == Self.fil / 10_000 * Int64(milliFIL * 10))
  }

  @Test(
    arguments: [(1024, 141, 0, 87), (1024, 70, 0, 43), (1024, 141, 1024, 1075), (1024, 0, 0, 20)]
      as [(Int64, Int64, Int64, Int64)])
  func `the termination fee of FIP-0098 is exact`(
    pledge: Int64, days: Int64, fault: Int64, fee: Int64
  ) {
    let rule = TerminationTerms(termDays: 540)
    #expect(rule.fee(pledge: pledge, ageMinutes: days * 1440, faultFee: fault) == fee)
  }

  @Test(
    arguments: [
      (32, 1, 3_780_793_052_776), (64, 1, 7_561_586_105_552), (32, 10, 37_807_930_527_763),
      (32, 5, 18_903_965_263_881), (64, 10, 75_615_861_055_527),
    ] as [(Int64, Int64, Int128)])
  func `the daily fee of FIP-0100 is exact`(gib: Int64, quality: Int64, atto: Int128) {
    let fee = DailyFee.filecoin(
      circulating: 680_000_000 * Int128(Self.fil), qualityAdjustedBytes: gib << 30 * quality)
    #expect(fee == atto)
  }

  @Test func `nothing overflows at the largest supply and capacity`() {
    let most: Int64 = 1 << 62
    let capacity: Int64 = 1 << 50
    let pledge = Pledge.consensus(
      circulating: most - 1, capacity: capacity, network: capacity, baseline: capacity,
      share: 1_000_000, weight: 1_000_000)
    #expect(pledge == most - 1)
    let rule = TerminationTerms(termDays: 1)
    let fee = Int64(Int128(most) * 85_000 / 1_000_000)
    #expect(rule.fee(pledge: most, ageMinutes: .max, faultFee: 0) == fee)
    #expect(rule.fee(pledge: most, ageMinutes: 0, faultFee: .max) >= Int64(4.6e18))
  }

  @Test func `a pledge is days of reward and a share of the supply by capacity`() throws {
    let pledge = try read(
      "{rewardDays: 20, supplyShare: 0.3, baselineNodes: 400, baselineGrowthPerYear: 2}"
    ) { Pledge(reading: &$0) }
    func tokens(day: Double) -> Double {
      pledge.tokens(
        reward: 3, circulating: 1e6, scale: 1e6, multiplier: 2, network: 100, day: day)
    }
    // 60, and 300,000 x (0.7 x 2/400 + 0.3 x 2/100); a year later the baseline is 800.
    #expect(abs(tokens(day: 0) - (60 + 1050 + 1800)) < 1e-3)
    #expect(abs(tokens(day: 365) - (60 + 525 + 1800)) < 1e-3)
  }
}
