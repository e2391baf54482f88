import Kernel
import Testing

@testable import Economy

/// Filecoin's rules against what was observed of it from launch to May 2025 (`filecoin_quarters`).
struct FilecoinQuarterTests {
  /// Capacity in EiB. Epoch 0 of the chain was on 24 August 2020 at 22:00 UTC.
  private static let minting =
    "{rule: 'capacityCapped', baselineAtAge0: \(2_888_888_880_000_000_000 / 0x1p60)}"
  private static let hour = 22.0 / 24

  private struct Quarter {
    /// Days since 24 August 2020.
    let day: Int
    let row: VectorFile.Row
  }

  private static func quarters() throws -> [Quarter] {
    let origin = try #require(CalendarDate(parsing: "2020-08-24")).daysSince1970
    return try VectorFile.rows("filecoin_quarters").map { row in
      let date = try #require(CalendarDate(parsing: row["date"]))
      return Quarter(day: Int(date.daysSince1970 - origin), row: row)
    }
  }

  private static func policy() throws -> CapacityCappedEmission {
    try #require(
      try rule(minting, from: EmissionPolicies.all) as? CapacityCappedEmission)
  }

  @Test func `the baseline begins at 2,5057 EiB and is 2,7662 at launch`() throws {
    let policy = try Self.policy()
    #expect(abs(policy.baseline(atAge: 0) - 2.5057) < 5e-5)
    // The end of 15 October.
    #expect(abs(policy.baseline(atAge: 53 - Self.hour) - 2.7662) < 5e-5)
    // A day of a date is not said further: a day's growth, 0.19 %, and the last digit.
    for quarter in try Self.quarters() {
      let observed = quarter.row.number("baseline_eib")
      let found = policy.baseline(atAge: Double(quarter.day + 1) - Self.hour)
      #expect(abs(found - observed) < 0.0019 * observed + 0.005, "\(quarter.row["date"])")
    }
  }

  /// Raw power between the dates is drawn on straight lines in the logarithm, up to the first on one
  /// from 0.
  private static func power(_ day: Double, _ quarters: [Quarter]) -> Double {
    let next = quarters.firstIndex { Double($0.day) >= day } ?? quarters.count - 1
    let end = quarters[next]
    let after = end.row.number("raw_eib")
    if next == 0 { return after * day / Double(end.day) }
    let begin = quarters[next - 1]
    let share = (day - Double(begin.day)) / Double(end.day - begin.day)
    let before = begin.row.number("raw_eib")
    return before * Elementary.pow(after / before, min(share, 1))
  }

  /// What the schedule has brought by each date, and what a win brings on it: 2,880 epochs of five
  /// wins a day.
  private static func replay() throws -> [(quarter: Quarter, minted: Double, win: Double)] {
    let quarters = try quarters()
    let policy = try policy()
    var memory = EmissionMemory()
    var minted = 0.0
    var replayed: [(quarter: Quarter, minted: Double, win: Double)] = []
    for epoch in 0..<(quarters.last?.day ?? 0) {
      let power = power(Double(epoch) + hour, quarters)
      let tokens = policy.emission(
        NetworkSnapshot(epoch: epoch, onlineHours: 24 * power), &memory)
      minted += tokens
      for quarter in quarters where quarter.day == epoch + 1 {
        replayed.append((quarter, minted, tokens / 14_400))
      }
    }
    // The preset takes 1,218.05 days of effective time, from the reward alone.
    #expect(abs((memory.level ?? 0) - 1218.05) < 1)
    return replayed
  }

  @Test func `a win brings what it brought, from launch on`() throws {
    for (quarter, _, win) in try Self.replay() {
      let ratio = win / quarter.row.number("reward_fil")
      #expect(abs(ratio - 1) < 0.005, "\(quarter.row["date"]): \(ratio)")
    }
  }

  /// Fewer than five wins an epoch: 97.1 to 97.6 % of the schedule came. Before 2023 the dates are too
  /// far apart for the power between them, which peaked there.
  @Test func `0,972 of the schedule was mined`() throws {
    for (quarter, minted, _) in try Self.replay().dropFirst(2) {
      let share = quarter.row.number("mined_million_fil") * 1e6 / minted
      let margin = quarter.row["date"] < "2023-07-01" ? 0.0085 : 0.0015
      #expect(abs(share - 0.972) < margin, "\(quarter.row["date"]): \(share)")
    }
  }

  /// For a PiB, 32,768 times 32 GiB. The weight of the baseline falls from 19 November 2024 on, as the
  /// preset has it. What is expected of a sector was learned slowly: not in the first quarter, and to
  /// 2 % on the first day of 2021.
  @Test func `a pledge was what the rule asks`() throws {
    let ramp = try #require(CalendarDate(parsing: "2024-11-19")).daysSince1970
    let origin = try #require(CalendarDate(parsing: "2020-08-24")).daysSince1970
    for quarter in try Self.quarters().dropFirst() {
      let row = quarter.row
      let rule = try read(
        "{baselineNodes: \(1024 * row.number("baseline_eib")), rampFrom: 0, rampDays: 365}"
      ) { Pledge(reading: &$0) }
      let network = 1024 * row.number("qap_eib")
      let pledge = rule.tokens(
        reward: row.number("reward_fil") * 14_400 / network,
        circulating: row.number("circulating_million_fil") * 1e6, scale: 1e9, multiplier: 1,
        network: network, day: Double(quarter.day + Int(origin) - Int(ramp)))
      let ratio = pledge / 32_768 / row.number("pledge_fil")
      #expect(
        abs(ratio - 1) < (row["date"] < "2021-04-01" ? 0.02 : 0.003), "\(row["date"]): \(ratio)")
    }
  }
}
