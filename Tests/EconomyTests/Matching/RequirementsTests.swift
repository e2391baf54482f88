import Configuration
import Testing

@testable import Economy
@testable import Scenarios

struct RequirementsTests {
  private func hardware(_ settings: [String]) throws -> [Int] {
    try MatchingBench.scenario(settings).variants[0].stages[0].settings.demand.classes[0].hardware
  }

  /// Work on big costs 0.8 ÷ 2 an hour, on gpu 0.5.
  @Test func `a class that lists no hardware takes all that will do, the cheapest work first`()
    throws
  {
    #expect(try hardware([]) == [1, 0])
    #expect(try hardware(["hardware.classes.big.priceUSDPerGPUHour=1.2"]) == [0, 1])
    #expect(try hardware(["demand.classes.jobs.vramGB=24"]) == [1, 0])
    #expect(try hardware(["demand.classes.jobs.vramGB=25"]) == [1])
    #expect(try hardware(["demand.classes.jobs.interconnect=pcie"]) == [1])
    #expect(try hardware(["demand.classes.jobs.hardware=['gpu', 'big']"]) == [0, 1])
  }

  @Test func `hardware that nobody owns is not in the list, since it would set the price`() throws {
    #expect(try hardware(["operators.types.site=none"]) == [0])
  }

  @Test(arguments: [
    (
      ["demand.classes.jobs.vramGB=100"],
      "demand.classes.jobs: expected hardware with at least 100 GB, found \"big\" (80 GB, nvlink), "
        + "\"gpu\" (24 GB, none)"
    ),
    (
      ["demand.classes.jobs.interconnect=nvlink", "demand.classes.jobs.hardware=['gpu']"],
      "demand.classes.jobs.hardware: expected hardware with interconnect \"nvlink\" or faster, "
        + "found \"gpu\" (24 GB, none)"
    ),
    (
      ["demand.classes.jobs.vramGB=40", "demand.classes.jobs.allowedRegions=['north']"],
      "demand.classes.jobs.allowedRegions: expected a region in which operators have \"big\", "
        + "found a list"
    ),
    (
      ["demand.classes.jobs.gpus=5", "demand.classes.jobs.vramGB=40"],
      "demand.classes.jobs.gpus: expected at most the 4 nodes that operators could have together, "
        + "found 5"
    ),
    (
      [
        "demand.classes.jobs.gpus=2", "demand.classes.jobs.gangWithin=operator",
        "demand.classes.jobs.hardware=['gpu']",
      ],
      "demand.classes.jobs.gpus: expected at most the 1 nodes that operators could have with one "
        + "operator, found 2"
    ),
    (
      ["demand.classes.jobs.allowedRegions=['east']"],
      "demand.classes.jobs.allowedRegions: expected names of regions, found \"east\""
    ),
    (
      ["demand.classes.jobs.gpus=2", "matching=leastLoaded"],
      "matching: expected a rule with one queue, since jobs of \"jobs\" need 2 GPUs at once, found "
        + "\"leastLoaded\""
    ),
    (
      ["regions={north: {roundTripMs: {south: 9}}, south: {}, west: {}}", "matching=nearest"],
      "regions: expected a round trip between \"north\" and \"west\", found none"
    ),
    (
      ["regions.south.roundTripMs={north: 90}"],
      "regions: expected one round trip between \"north\" and \"south\", found 100 ms and 90 ms"
    ),
    (
      ["regions.south.roundTripMs={east: 90}"],
      "regions: expected round trips between regions of the scenario, found one from \"south\" to "
        + "\"east\""
    ),
    (
      ["eligibility={minimumVramGB: 100}"],
      "eligibility: expected hardware with at least 100 GB, found \"gpu\" (24 GB) of \"home\""
    ),
  ]) func `what no node can ever do is refused with the reason`(settings: [String], message: String)
    throws
  {
    #expect {
      try MatchingBench.scenario(settings)
    } throws: { error in
      let isSaid = "\(error)".contains(message)
      if !isSaid { print(error) }
      return isSaid
    }
  }

  @Test func `links without one place, and hardware that will not do, are doubted`() throws {
    func warnings(_ settings: [String]) throws -> [String] {
      try MatchingBench.scenario(settings).warnings.map { "\($0.path): \($0.message)" }
    }
    #expect(try warnings([]) == [])
    #expect(
      try warnings(["demand.classes.jobs.gpus=2", "demand.classes.jobs.interconnect=nvlink"]) == [
        "demand.classes.jobs.gangWithin: expected \"operator\", since links join GPUs of one place, "
          + "found \"anywhere\""
      ])
    #expect(
      try warnings(["demand.classes.jobs.vramGB=40", "demand.classes.jobs.hardware=['gpu', 'big']"])
        == [
          "demand.classes.jobs.hardware: expected hardware with at least 40 GB, found \"gpu\" "
            + "(24 GB, none)"
        ])
    #expect(
      try warnings(["eligibility={minimumVramGB: 40}"]).first?.hasPrefix(
        "eligibility: expected hardware with at least 40 GB") ?? false)
  }

  @Test(arguments: [
    (
      ["matching='leastLoaded'", "demand.classes.jobs.contract='spot'"],
      "demand: expected a rule with one queue beside contracts that set nodes aside or take them back, "
        + "and beside copies of jobs, found \"leastLoaded\" and the contract of class \"jobs\"\n"
    ),
    (
      ["matching='leastLoaded'", "trust={redundancy: {copies: 2}}"],
      "trust: expected a rule with one queue beside contracts that set nodes aside or take them back, "
        + "and beside copies of jobs, found \"leastLoaded\" and copies of jobs\n"
    ),
    (
      ["demand.classes.jobs.gpus=2", "trust={redundancy: {copies: 2}}"],
      "trust: expected copies of jobs of one GPU, since a copy is known by the one operator that has "
        + "it, found copies of \"jobs\", which needs 2 GPUs at once\n"
    ),
  ]) func `what one line, or one node, cannot keep is refused with the reason`(
    settings: [String], message: String
  ) {
    #expect {
      try MatchingBench.scenario(settings)
    } throws: { error in
      let isSaid = "\(error)".contains(message)
      if !isSaid { print(error) }
      return isSaid
    }
  }
}
