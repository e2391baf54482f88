import Configuration
import Foundation
import Kernel
import Testing

@testable import Economy

private func policy(_ text: String) throws -> any EmissionPolicy {
  try rule(text, from: EmissionPolicies.all)
}

/// A number of 128 bits before and 128 behind the point, as protocols print it: a whole decimal.
private struct Q128 {
  /// Least first.
  private var limbs = [UInt64](repeating: 0, count: 4)

  init(_ text: String) {
    for digit in text.utf8 {
      var carry = UInt64(digit - UInt8(ascii: "0"))
      for place in limbs.indices {
        let product = limbs[place].multipliedFullWidth(by: 10)
        let (low, overflow) = product.low.addingReportingOverflow(carry)
        limbs[place] = low
        carry = product.high + (overflow ? 1 : 0)
      }
    }
  }

  static func - (left: Q128, right: Q128) -> Q128 {
    var difference = left
    var borrow: UInt64 = 0
    for place in left.limbs.indices {
      let (first, one) = left.limbs[place].subtractingReportingOverflow(right.limbs[place])
      let (second, two) = first.subtractingReportingOverflow(borrow)
      difference.limbs[place] = second
      borrow = one || two ? 1 : 0
    }
    return difference
  }

  var value: Double {
    zip(limbs, [0x1p-128, 0x1p-64, 1, 0x1p64]).reversed().reduce(0) { $0 + Double($1.0) * $1.1 }
  }
}

/// The rules of protocols against the numbers that their code or documents print; each file in `Data`
/// begins with its source.
struct EmissionVectorTests {
  private static let lambda = Elementary.log(2) / 6_307_200

  /// Largest relative error of a column of attoFIL.
  private func worst(
    _ rows: [VectorFile.Row], _ reward: (VectorFile.Row) -> Double
  ) -> Double {
    rows.map { row in
      let expected = row.number("reward_atto_fil")
      return (reward(row) * 1e18 - expected).magnitude / expected
    }.max() ?? .infinity
  }

  @Test func `Filecoin's part by time`() {
    let rows = VectorFile.rows("filecoin_simple_reward_golden")
    #expect(rows.count == 512)
    let worst = worst(rows) { row in
      CapacityCappedEmission.minted(
        of: 330e6, from: row.number("epoch") - 1, advancing: 1, decay: Self.lambda)
    }
    #expect(worst < 1e-12)
  }

  @Test func `Filecoin's part by effective time`() {
    let rows = VectorFile.rows("filecoin_baseline_reward_golden")
    #expect(rows.count == 512)
    let worst = worst(rows) { row in
      let before = Q128(row["theta_prev_q128"])
      return CapacityCappedEmission.minted(
        of: 770e6, from: before.value, advancing: (Q128(row["theta_q128"]) - before).value,
        decay: Self.lambda)
    }
    #expect(worst < 1e-12)
  }

  @Test(arguments: VectorFile.rows("filecoin_r_theta"))
  func `Filecoin's effective time between two epochs`(row: VectorFile.Row) {
    let theta = CapacityCappedEmission.effectiveTime(
      step: row.number("effective_network_time"),
      baseline: row.number("baseline_power_at_effective_time"),
      realised: row.number("cumsum_realized"), cumulative: row.number("cumsum_baseline"))
    #expect(theta == row.number("expected_theta"))
  }

  @Test(arguments: VectorFile.rows("bittensor_block_emission"))
  func `Bittensor's block by what has been issued`(row: VectorFile.Row) {
    let block = IssuanceHalvingEmission.block(
      1_000_000_000, issued: row.integer("issuance_rao"), maximum: 21_000_000_000_000_000)
    #expect(block.emission == row.integer("block_emission_rao"))
  }

  @Test(arguments: VectorFile.rows("livepeer_inflation"))
  func `Livepeer's inflation of a round`(row: VectorFile.Row) {
    let supply = row.number("global_supply")
    let bonded =
      row["bonded"].hasSuffix("% of supply")
      ? (Double(row["bonded"].prefix { $0.isNumber }) ?? .nan) / 100 * supply
      : row.number("bonded")
    let share = supply > 0 ? (bonded / supply * 1e9).rounded(.down) : 0
    let rate = StakeFeedbackEmission.rate(
      after: row.integer("inflation_before"), step: row.integer("inflation_change"),
      bonded: Int64(share), target: row.integer("target_rate"))
    #expect(rate == row.integer("inflation_after"))
    if !row["mintable"].isEmpty {
      let mintable = StakeFeedbackEmission.mintable(
        supply: Int128(row.integer("global_supply")), rate: rate)
      #expect(mintable == Int128(row.integer("mintable")))
    }
  }

  /// Column `asserted_pool` is what the contract's own test expects, whose units differ by 10^18;
  /// `consistent_units_pool` what the rule says.
  @Test(arguments: VectorFile.rows("fluence_reward_pool"), [false, true])
  func `Fluence's pool, by its rule and as deployed`(
    row: VectorFile.Row, asDeployed: Bool
  ) throws {
    let pool = try read(
      """
      {targetUSDPerNode: \(row["target_usd"]), minimumTokens: \(row["min_pool"]),
       maximumTokens: \(row["max_pool"]), initialTokens: \(row["last_pool"]),
       asDeployed: \(asDeployed)}
      """
    ) { TargetUSDEmission(reading: &$0) }
    let isFirst = row["epoch"] == "1"
    let next = pool.next(
      after: isFirst ? nil : row.number("last_pool"), price: row.number("flt_price_usd"),
      nodes: row.number("active_units"))
    // 1,500 x 1.1 is no binary number.
    #expect(abs(next - row.number(asDeployed ? "asserted_pool" : "consistent_units_pool")) < 1e-9)
  }

  @Test func `Helium's burned tokens come back smoothed and capped, unit by unit`() throws {
    let rule = try policy("{rule: 'netEmission'}")
    var memory = EmissionMemory()
    let rows = VectorFile.rows("helium_net_emissions")
    #expect(rows.count == 60)
    for row in rows {
      let issued = rule.emission(
        NetworkSnapshot(burned: row.number("hnt_burned_bones") / 1e8), &memory)
      #expect(memory.units == row.integer("smoothed_bones"))
      #expect(NetEmission.units(issued) == row.integer("re_emitted_bones"))
    }
  }

  /// HIP-20 prints years to a tenth of a token.
  @Test func `Helium's yearly schedule`() throws {
    let halving = try policy(
      "{rule: 'halving', initialTokensPerEpoch: 60000000, halvingEpochs: 2}")
    var memory = EmissionMemory()
    var total = 0.0
    let rows = VectorFile.rows("helium_hnt_emission_schedule")
    #expect(rows.count == 50)
    for (year, row) in rows.enumerated() {
      #expect(abs(total - row.number("hnt_at_start_theoretical")) < 1)
      let issued = halving.emission(NetworkSnapshot(epoch: year), &memory)
      #expect(abs(issued - row.number("hnt_minted")) < 0.051)
      total += issued
    }
    #expect(abs(total - 240e6) < 10)
  }

  @Test func `Helium's daily schedule on chain adds up to its years`() throws {
    let start = try #require(CalendarDate(year: 2023, month: 8, day: 1)).daysSince1970
    let steps = try VectorFile.rows("helium_hnt_onchain_daily_emission").map { row in
      let date = row["start_time_utc"].prefix(10).split(separator: "-").compactMap { Int($0) }
      let day = try #require(CalendarDate(year: date[0], month: date[1], day: date[2]))
      return (
        from: day.daysSince1970 - start, tokens: row.number("hnt_per_epoch"),
        year: row.number("annual_hnt"), days: row.number("days")
      )
    }
    let rows = steps.map { "{from: \($0.from), tokensPerEpoch: \($0.tokens)}" }
    let table = try policy("{rule: 'table', rows: [\(rows.joined(separator: ", "))]}")
    var memory = EmissionMemory()
    func sum(_ days: ClosedRange<Int>) -> Double {
      days.reduce(0) { $0 + table.emission(NetworkSnapshot(day: Double($1)), &memory) }
    }
    for step in steps { #expect(abs(step.tokens * step.days - step.year) < 1e-4) }
    // Epochs that end on 2 August 2024 to 1 August 2025, and the year after.
    #expect(abs(sum(367...731) - 15e6) < 1e-4)
    #expect(abs(sum(732...1096) - 7.5e6) < 1e-4)
    #expect(sum(1...1) == 0 && sum(2...2) == 82_191.780_821_92)
  }

  /// The policy for the floor of half of what was spent, limits of rewards for the cap of three times.
  @Test(arguments: VectorFile.rows("helium_hip149_backstop"))
  func `HIP-149's floor and cap`(row: VectorFile.Row) throws {
    // A data credit is ten micro-dollars.
    let spent = row.integer("mobile_dc_burned") * 10
    let schedule = row.number("emission_hnt")
    // 70 % of the Mobile network's share, in units of 1 ÷ 4,294,967,295.
    let bucket = 7 * row.integer("mobile_share_u32")
    let terms = "smoothingEpochs: 1, capTokensPerEpoch: \(row.number("net_cap_hnt"))"
    let backstop =
      "backstop: {bucketShare: \(Double(bucket) / Double(HeliumBackstop.whole)), "
      + "otherTokensPerEpoch: \(schedule)}"
    let network = NetworkSnapshot(
      price: row.number("price_floor_usd"), burned: row.number("smoothed_burn_hnt"),
      spentUSD: Double(spent) / 1e6)
    func units(_ text: String) throws -> Int64 {
      var memory = EmissionMemory()
      let tokens = try policy("{rule: 'netEmission', \(text)}").emission(network, &memory)
      return NetEmission.units(tokens)
    }
    #expect(try units(terms) == row.integer("re_emit_bones"))
    if bucket == 0 {
      // A scenario leaves the backstop out where nobody is paid.
      #expect(HeliumBackstop.topUp(floor: 1, bucket: 0, rewards: 0, burnLeft: 1) == 0)
      #expect(row.integer("top_up_bones") == 0)
    } else {
      let all = NetEmission.units(schedule) + (try units("\(terms), \(backstop)"))
      #expect(all == row.integer("total_rewards_bones"))
    }
    let limits = try read("{capOfSpend: 3}") { RewardLimits(reading: &$0) }
    let cap = limits.mostOfAll(spent: spent, price: row.number("price_cap_usd"), scale: 1e8)
    #expect(cap == row.integer("deployer_cap_bones"))
  }

  @Test(arguments: VectorFile.rows("helium_hip149_supplement"))
  func `HIP-149's supplement`(row: VectorFile.Row) {
    // Days settle half a day after the window's.
    let elapsed = row.integer("crank") * 86_400 + 43_200
    let each = TaperEmission.units(
      9_800_000_000_000, elapsed: elapsed, flat: 360 * 86_400, fall: 720 * 86_400)
    #expect(each == row.integer("per_subdao_bones"))
    #expect(2 * each == row.integer("per_day_bones"))
    // The chain rounds the council's part down; a split may round it up.
    let council = Split.largestRemainder(of: each, by: [0.0125, 0.9875])[0]
    #expect((0...1).contains(council - row.integer("council_cut_per_subdao_bones")))
  }

  @Test func `HIP-149's supplement adds up to 141.12 million`() throws {
    let taper = try policy(
      "{rule: 'taper', tokensPerEpoch: 196000, from: -0.5, flatDays: 360, taperDays: 720}")
    var memory = EmissionMemory()
    let total = (0...1100).reduce(0.0) { sum, day in
      sum + taper.emission(NetworkSnapshot(day: Double(day)), &memory)
    }
    // Two cranks of a day round down by at most one bone each.
    #expect(abs(total - 141.12e6) < 2 * 720 * 1e-8 + 1e-4)
  }
}
