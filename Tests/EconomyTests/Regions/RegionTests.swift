import Testing

@testable import Economy
@testable import Scenarios

struct RegionTests {
  private static let twoRegions = [
    "regions={north: {electricityUSDPerKWh: {rule: 'fixed', value: 0.1}}, south: {}}",
    "operators.types.home.regions={north: 3, south: 1}",
    "operators.types.home.candidates=400",
  ]

  private func state(_ settings: [String]) throws -> NetworkState {
    try SmallNetwork.scenario(settings).run().state
  }

  @Test func `candidates are in the regions by their shares, and always in the same one`() throws {
    let first = try state(Self.twoRegions).operators
    let north = first.region.count { $0 == 0 }
    // 400 draws at .75 deviate by 8.7; four deviations.
    #expect((265...335).contains(north))
    let later = try state(Self.twoRegions + ["operators.types.home.largestFleet=1"])
    #expect(later.operators.region == first.region)
  }

  @Test func `a region's tariff is paid by its operators, unless their type names one`() throws {
    let operators = try state(Self.twoRegions).operators
    for slot in 0..<operators.count {
      #expect((operators.tariff[slot] == 0.1) == (operators.region[slot] == 0))
    }
    let named = "operators.types.home.electricityUSDPerKWh={rule: 'fixed', value: 0.3}"
    let all = try state(Self.twoRegions + [named]).operators
    #expect(all.tariff.prefix(400).allSatisfy { $0 == 0.3 } && all.tariff.last == 0.1)
  }

  @Test func `regions without tariffs or distance change nothing`() throws {
    let plain = try SmallNetwork.scenario().finished()
    let placed = try SmallNetwork.scenario([
      "regions={north: {}, south: {}}", "operators.types.home.regions={north: 0.5, south: 0.5}",
    ]).finished()
    #expect(
      plain.state.series.map { $0.values.map(\.bits) }
        == placed.state.series.map { $0.values.map(\.bits) })
  }

  @Test(arguments: [
    ("{east: 1}", "expected names of regions, found \"east\""),
    ("{north: 0, south: 0}", "expected a weight above 0, found 0 + 0 = 0"),
  ]) func `weights are of regions, and not all of them 0`(shares: String, message: String) {
    #expect {
      try SmallNetwork.scenario([
        "regions={north: {}, south: {}}", "operators.types.home.regions=\(shares)",
      ])
    } throws: {
      "\($0)".contains("operators.types.home.regions: " + message)
    }
  }
}
