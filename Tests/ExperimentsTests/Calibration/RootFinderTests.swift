import Kernel
import Testing

@testable import Experiments

struct RootFinderTests {
  /// Rounds until f(x) is within a tolerance of 1.
  private func rounds(
    from start: Double, tolerance: Double, _ function: (Double) -> Double
  ) -> Int {
    var finder = RootFinder()
    var x = start
    for round in 1...40 {
      let ratio = function(x)
      if abs(ratio - 1) <= tolerance { return round }
      x = finder.next(after: x, ratio: ratio)
    }
    return .max
  }

  @Test func `a proportional function is met by the first step`() {
    #expect(rounds(from: 30, tolerance: 1e-12) { 0.01 * $0 } == 2)
  }

  @Test func `a power law is met by the secant`() {
    #expect(rounds(from: 10, tolerance: 1e-9) { Elementary.pow($0, 0.3) } <= 4)
  }

  @Test(arguments: [0.01, 0.5, 30, 4_000])
  func `a saturating function is met within the rounds of a calibration`(start: Double) {
    // x / (x + 5) × 1.5 = 1 at x = 10; below it rises, above it hardly moves.
    let count = rounds(from: start, tolerance: 1e-3) { 1.5 * $0 / ($0 + 5) }
    #expect(count <= Experiment.calibrationRounds)
  }

  @Test func `a falling function is met too`() {
    #expect(rounds(from: 1, tolerance: 1e-6) { 8 / ($0 * $0) } <= 8)
  }
}
