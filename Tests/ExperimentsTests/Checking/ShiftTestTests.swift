import Kernel
import TestSupport
import Testing

@testable import Experiments

struct ShiftTestTests {
  @Test(
    .tags(.slow), .enabled(if: Slow.isOn), arguments: [(true, 0.0), (true, 0.9), (false, 0.0)])
  func `over 200 seeds without a change at most one in twenty checks gives an alarm`(
    paired: Bool, shared: Double
  ) {
    let alarms = (1...200).count { seed in
      ToyCheck(seed: UInt64(seed), shared: shared).shifts(paired: paired).contains(
        where: \.hasMoved)
    }
    let interval = ConfidenceInterval.wilson(successes: alarms, of: 200)
    print(
      "\(paired ? "paired" : "unpaired"), shared luck \(shared): \(alarms) alarms in 200, "
        + "Wilson [\(interval.low), \(interval.high)]")
    #expect(alarms <= 10)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn), arguments: [true, false])
  func `a shift of the size that the reference states is caught nine times in ten`(paired: Bool) {
    // A level, a price and a count of each cause; the size is stated under one luck and met under
    // another.
    let measures = [0, 1, 2, 12, 13, 14, 24, 25, 26, 36, 37, 38, 48, 49, 50]
    var caught = 0
    for seed in UInt64(1)...200 {
      let stated = ToyCheck(seed: 1000 + seed).shifts(paired: paired)
      let later = ToyCheck(seed: seed)
      caught += measures.count { measure in
        later.shifts(moving: measure, by: stated[measure].detectable, paired: paired)[measure]
          .hasMoved
      }
    }
    let all = 200 * measures.count
    let interval = ConfidenceInterval.wilson(successes: caught, of: all)
    print(
      "\(paired ? "paired" : "unpaired"): \(caught) of \(all) shifts caught, "
        + "Wilson [\(interval.low), \(interval.high)]")
    #expect(Double(caught) >= 0.9 * Double(all))
  }

  @Test func `measures that luck does not touch show any change`() throws {
    let before = [Double](repeating: 7200, count: 8)
    let test = try #require(ShiftTest(before: before, now: before.map { $0 + 1 }))
    #expect(test.method == "constant")
    // 2 × 2⁻¹⁶
    #expect(abs(test.pValue - 0.000030517578125) < 1e-15)
    #expect(test.detectableShift(atLevel: 0.001) == 0)
  }

  @Test func `the last digits of a sum are no shift`() throws {
    let before = (1...8).map(Double.init)
    let test = try #require(ShiftTest(before: before, now: before.map { $0 * (1 + 1e-12) }))
    #expect(test.difference == 0 && test.pValue == 1)
  }

  @Test func `few values are judged by the replicates that changed`() throws {
    // Nine of twenty rise by one, one falls: 2 × (1 + 10) / 2¹⁰.
    let before = [1.0] + Array(repeating: 0, count: 19)
    let now = [0.0] + Array(repeating: 1, count: 9) + Array(repeating: 0, count: 10)
    let test = try #require(ShiftTest(before: before, now: now))
    #expect(test.method == "paired sign")
    #expect(abs(test.pValue - 0.021484375) < 1e-12)
    // Six of twenty must change, 2 × 2⁻⁶ < 0.05: P(Bin(20, 0.4287) ≥ 6) = 0.92.
    #expect(abs(test.detectableShift(atLevel: 0.05) - 0.4287) < 1e-3)
    // 2 × 2⁻²⁰ is the least that twenty can show.
    #expect(test.detectableShift(atLevel: 1e-6).isNaN)
  }

  @Test func `independent shares are judged by their exact law`() {
    // Fisher's tea: 3 of 4 against 1 of 4, one tail 17/70.
    #expect(abs(ShiftTest.fisherP(3, of: 4, 1, of: 4) - 34.0 / 70) < 1e-12)
  }

  @Test func `independent means are judged with the degrees of Welch`() throws {
    let test = try #require(
      ShiftTest(independent: [1, 2, 3, 4], [2, 4, 6, 8, 10, 12], isShare: false))
    guard case .student(let error, let degrees) = test.law else {
      Issue.record("expected Student's law")
      return
    }
    // Variances 5/3 and 14: 0.41667 + 2.33333; (2.75)² / (0.0578704 + 1.0888889).
    #expect(abs(error - 2.75.squareRoot()) < 1e-12)
    #expect(abs(degrees - 7.5625 / (0.41666666666666 * 0.41666666666666 / 3 + 49.0 / 45)) < 1e-9)
    #expect(test.difference == 4.5)
  }

  @Test func `one replicate tells nothing`() throws {
    let test = try #require(ShiftTest(before: [1, .nan], now: [2, 3]))
    #expect(test.pValue.isNaN)
    #expect(test.detectableShift(atLevel: 0.05).isNaN || test.method == "constant")
  }
}
