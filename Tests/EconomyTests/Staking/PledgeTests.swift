import Kernel
import Testing

@testable import Economy

/// Cases of the tests of filecoin-project/builtin-actors at b0a3bdd6 (MIT and Apache-2.0).
struct PledgeTests {
  private static let fil: Int64 = 1_000_000_000_000_000_000

  /// Sector power 2^36 bytes, network 2^10, baseline 2^37, 1 FIL in circulation, no reward; the actor
  /// adds one attoFIL to what its rule gives.
  @Test(arguments: VectorFile.rows("filecoin_initial_pledge_fip0081"))
  func `the consensus pledge of FIP-0081 is exact along its ramp`(row: VectorFile.Row) {
    let weight = Pledge.weight(
      sinceRamp: row.integer("epochs_since_ramp_start"), ramp: row.integer("ramp_duration_epochs"))
    let pledge = Pledge.consensus(
      circulating: Self.fil, capacity: 1 << 36, network: 1 << 10, baseline: 1 << 37,
      share: 300_000, weight: weight)
    // Four decimals at most: exact in units of 10^-4 FIL.
    let tenThousandths = (row.number("initial_pledge_fil") * 1e4).rounded()
    #expect(pledge == Self.fil / 10_000 * Int64(tenThousandths))
  }

  @Test(arguments: VectorFile.rows("filecoin_termination_fee_fip0098"))
  func `the termination fee of FIP-0098 is exact`(row: VectorFile.Row) {
    let fee = TerminationTerms(termDays: 540).fee(
      pledge: row.integer("initial_pledge"), ageMinutes: row.integer("sector_age_days") * 1440,
      faultFee: row.integer("fault_fee"))
    #expect(fee == row.integer("expected_fee"))
  }

  @Test(arguments: VectorFile.rows("filecoin_daily_fee_fip0100"))
  func `the daily fee of FIP-0100 is exact`(row: VectorFile.Row) throws {
    let rule = try read("{shareOfCirculating: \(1.61817e-25 * 0x1p30)}") { DailyFee(reading: &$0) }
    let fee = rule.tokens(
      circulating: row.number("circulating_supply_fil"),
      multiplier: row.number("sector_gib") * row.number("qa_multiplier"), reward: .infinity)
    #expect(Int64((fee * 1e18).rounded(.down)) == row.integer("daily_fee_atto_fil"))
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

  /// 1 FIL for 32 GiB is 32,768 FIL for a PiB: the pledge that the launch asked, at 0.17 FIL, is below
  /// it, that of a network of a tenth above.
  @Test func `no PiB pledges more than a FIL for each 32 GiB`() throws {
    let pledge = try read("{mostTokensPerNode: 32768}") { Pledge(reading: &$0) }
    func tokens(network: Double, multiplier: Double) -> Double {
      pledge.tokens(
        reward: 0, circulating: 9.29e6, scale: 1e9, multiplier: multiplier, network: network, day: 0
      )
    }
    #expect(tokens(network: 584, multiplier: 1) < 0.17 * 32_768)
    #expect(tokens(network: 58.4, multiplier: 1) == 32_768)
    #expect(tokens(network: 58.4, multiplier: 10) == 327_680)
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
