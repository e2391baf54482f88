import Foundation
import TestSupport
import Testing

@testable import Scenarios

struct LargeScenarioTests {
  /// A valid scenario of a megabyte: 256 classes of hardware, 256 types of operator and 256 classes
  /// of demand, with a comment beside most values.
  private static let text = {
    let note = "// " + String(repeating: "as measured in the second quarter; ", count: 7) + "\n"
    let hardware = (0..<256).map {
      "g\($0): {priceUSD: 1800, \(note) busyWatts: 600, idleWatts: 60, priceUSDPerGPUHour: 0.4},\n"
    }
    let types = (0..<256).map { index in
      """
      o\(index): {
        hardware: "g\(index)", candidates: 208, activeAtStart: 116, \(note)
        nodesPerOperator: {rule: "lognormal", median: 4, sigma: 0.7}, largestFleet: 20, \(note)
        electricityUSDPerKWh: {rule: "lognormal", median: 0.161, sigma: 0.35}, \(note)
        operatingUSDPerNodeDay: 0.20, costSpread: 0.4, ownedShare: 0.3, sellShare: 0.7,
        decisions: {
          everyDays: 30, firstLookDays: {rule: "uniform", lower: 0, upper: 1095}, \(note)
          leadDays: {rule: "uniform", lower: 14, upper: 90}, attritionPerYear: 0.2, \(note)
        },
        churn: {
          sessionHours: {rule: "exponential", mean: 400}, \(note)
          offlineHours: {rule: "lognormal", median: 1.5, sigma: 1.0}, \(note)
          failure: {perYear: 0.03, repairHours: {rule: "lognormal", median: 12, sigma: 1.5}},
        },
      },

      """
    }
    let demand = (0..<256).map { index in
      """
      d\(index): {
        arrivalsPerHour: 15.5, sizeHours: {rule: "lognormal", median: 12, sigma: 1.0}, \(note)
        hardware: ["g\(index)"], priceElasticity: -1.1, serviceElasticity: 1, \(note)
        timeValueUSDPerHour: 0.1, patienceHours: {rule: "exponential", mean: 24}, \(note)
        budgetUSDPerGPUHour: {rule: "lognormal", median: 1.2, sigma: 0.6}, \(note)
        cloud: {priceUSDPerGPUHour: 0.80},
      },

      """
    }
    return """
      { horizonDays: 9,
        hardware: {classes: {\(hardware.joined())}},
        operators: {types: {\(types.joined())}},
        demand: {classes: {\(demand.joined())}} }
      """
  }()

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `a megabyte is read and checked in 50 ms`() throws {
    #expect((1_000_000..<1_200_000).contains(Self.text.utf8.count))
    let bytes = Array(Self.text.utf8)
    var best = Double.infinity
    for _ in 0..<5 {
      let begin = Self.seconds()
      let access = FileAccess { _ throws(FileAccess.Problem) in bytes }
      _ = try ScenarioSource(path: "a.json5", access: access).scenario()
      best = min(best, Self.seconds() - begin)
    }
    #expect(best < 0.050, "the best of five took \(best) s")
    print("a scenario of \(bytes.count) bytes was read and checked in \(best) s")
  }

  /// Time that the processor gave to this thread, which other work on the machine hardly changes.
  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
