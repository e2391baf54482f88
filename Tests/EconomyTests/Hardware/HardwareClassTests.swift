import Configuration
import Testing

@testable import Economy

struct HardwareClassTests {
  private func value(_ years: Double, residuals: String) throws -> Double {
    let hardware = try read(
      """
      {priceUSD: 1000, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1,
       residualByYear: \(residuals)}
      """
    ) { HardwareClass(name: "gpu", reading: &$0) }
    return hardware.resaleValue(years: years)
  }

  @Test func `the resale value is a straight line between the years`() throws {
    let curve = "[0.6, 0.5, 0.2]"
    for (years, expected) in [
      (-1, 1000), (0, 1000), (0.5, 800), (1, 600), (1.25, 575), (2, 500), (2.5, 350), (3, 200),
      (40, 200.0),
    ] {
      #expect(abs(try value(years, residuals: curve) - expected) < 1e-9)
    }
  }

  @Test func `one year is curve enough`() throws {
    #expect(try value(0.5, residuals: "[0.5]") == 750)
    #expect(try value(9, residuals: "[0.5]") == 500)
  }
}

struct WorkloadTests {
  private func hardware(_ more: String) throws -> HardwareClass {
    try read("{priceUSD: 1, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1, \(more)}") {
      HardwareClass(name: "gpu", reading: &$0)
    }
  }

  @Test func `a card has the speed of the workload, or that in general`() throws {
    let card = try hardware("speed: 3, speedByWorkload: {training: 2, rendering: 0.5}")
    #expect(Workload.allCases.map { card.speed(for: $0) } == [3, 3, 3, 2, 0.5])
    #expect(try hardware("speed: 3").speed(for: .training) == 3)
  }

  @Test func `memory and interconnect are not said unless they are`() throws {
    #expect(try hardware("").memory == 0 && hardware("").interconnect == .none)
    let card = try hardware("vramGB: 80, interconnect: 'nvlink'")
    #expect(card.memory == 80 && card.interconnect > .pcie)
    #expect(Interconnect.allCases.map(\.rank) == [0, 1, 2])
  }

  /// 30 h of work at speed 3 in general, at 6 in training: the same dollars an hour, half the hours.
  @Test func `a job runs at the speed of its workload`() throws {
    func served(_ workload: String) throws -> [Double] {
      let run = try SmallNetwork.scenario([
        "demand.classes.train.workload=\(workload)",
        "hardware.classes.big.speedByWorkload={training: 6}",
        "demand.classes.render.arrivalsPerHour=0.000001", "shocks={}", "horizonDays=400",
        "pricing=posted",
      ]).finished()
      return [
        try run.measured("user_spend_usd") / run.measured("jobs_completed"),
        run.state.settings.speed(of: 1, for: 1), run.state.settings.speed(of: 1, for: 0),
      ]
    }
    #expect(try served("general") == [20, 3, 3])
    #expect(try served("training") == [10, 6, 3])
  }
}
