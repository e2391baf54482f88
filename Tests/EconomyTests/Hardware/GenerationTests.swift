import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Newer hardware on a date.
struct GenerationTests {
  private func scenario(
    _ settings: [String] = [], from day: String = "2025-03-02"
  ) throws -> Scenario {
    let factors = "{class: 'new', valueFactor: 0.5, priceFactor: 0.8}"
    return try QuietNetwork.scenario(
      ["hardware.classes.gpu.supersededBy=\(factors)"] + settings,
      hardware: """
        new: {priceUSD: 500, busyWatts: 500, idleWatts: 50, priceUSDPerGPUHour: 0.5,
          availableFrom: '\(day)'},
        """,
      types: """
        next: {hardware: 'new', candidates: 20, activeAtStart: 0,
          electricityUSDPerKWh: {rule: 'fixed', value: 0.05}, decisions: {everyDays: 10,
          firstLookDays: {rule: 'fixed', value: 5}, leadDays: {rule: 'fixed', value: 0}}},
        """)
  }

  private func state(
    day: Double, _ settings: [String] = [], from first: String = "2025-03-02"
  ) throws -> NetworkState {
    var run = try scenario(settings, from: first).run()
    try run.run(until: .days(day))
    return run.state
  }

  /// Looks are on days 5, 15, …; the new class comes on day 60.
  @Test func `nobody owns a class before its day, and everybody wants it afterwards`() throws {
    #expect(try state(day: 64).byType[1].entries == 0)
    #expect(try state(day: 65).byType[1].entries == 20)
    #expect(try state(day: 5, from: "2025-01-01").byType[1].entries == 20)
  }

  @Test func `the older class is worth and asks its part from that day on`() throws {
    let before = try state(day: 59.9)
    let after = try state(day: 60)
    #expect(after.settings.hardware[0].hourlyPrice == 0.8 * 0.5)
    #expect(before.settings.hardware[0].hourlyPrice == 0.5)
    let now = SimTime.days(60)
    for slot in 0..<50 {
      #expect(
        after.resaleValue(of: slot, at: now) == 0.5 * before.resaleValue(of: slot, at: now))
    }
  }

  @Test func `an amendment keeps the generation that has come`() throws {
    let amended = "amendments={change: {on: 80, set: {\"hardware.classes.gpu.busyWatts\": 9}}}"
    let gpu = try state(day: 90, [amended]).settings.hardware[0]
    #expect(gpu.busyWatts == 9 && gpu.price == 500 && gpu.hourlyPrice == 0.4)
  }

  @Test func `a successor that was there before the run changes nothing`() throws {
    #expect(try state(day: 90, from: "2024-06-01").settings.hardware[0].price == 1000)
  }

  @Test(arguments: [
    (
      "operators.types.next.activeAtStart=3",
      "operators.types.next.activeAtStart: expected 0, since new comes on day 60, found 3"
    ),
    (
      "operators.types.next.ownedShare=0.5",
      "operators.types.next.ownedShare: expected 0, since new comes on day 60, found 0.5"
    ),
    (
      "hardware.classes.gpu.supersededBy.class=newest",
      "hardware.classes: expected another class that supersedes gpu, found \"newest\""
    ),
    (
      "hardware.classes.new.supersededBy={class: 'gpu'}",
      "hardware.classes: expected gpu with availableFrom, since it supersedes new, found none"
    ),
  ]) func `what cannot be is refused`(setting: String, message: String) {
    #expect {
      try scenario([setting])
    } throws: {
      "\($0)".contains(message)
    }
  }
}
