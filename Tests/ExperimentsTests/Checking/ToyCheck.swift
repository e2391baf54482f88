import Kernel

@testable import Experiments

/// Measures of many kinds, made of luck alone, as a reference and a later run would give them.
struct ToyCheck {
  static let replicates = 20
  static let measures = 60

  /// Values of every measure by replicate.
  let before: [[Double]]
  let now: [[Double]]

  /// - Parameters:
  ///   - seed: of the luck of both runs.
  ///   - shared: how much of the luck is common to both runs, 0 none, 1 all.
  init(seed: UInt64, shared: Double = 0.5) {
    func values(run: UInt64) -> [[Double]] {
      (0..<Self.measures).map { measure in
        (1...Self.replicates).map { replicate in
          func normal(_ run: UInt64) -> Double {
            // Twelve measures follow four common causes each, as those of one economy do.
            let cause = UInt64(measure / 12)
            let luck = Luck(seed: seed, replicate: UInt32(replicate))
            var own = luck.stream(Purpose(rawValue: 1), entity: UInt64(measure) << 8 | run)
            var common = luck.stream(Purpose(rawValue: 2), entity: cause << 8 | run)
            let law = Normal(mean: 0, deviation: 1)
            return 0.6 * law.sample(using: &own) + 0.8 * law.sample(using: &common)
          }
          let luck =
            shared.squareRoot() * normal(0) + (1 - shared).squareRoot() * normal(run)
          return Self.value(luck, ofKind: measure % 6)
        }
      }
    }
    before = values(run: 1)
    now = values(run: 2)
  }

  /// A level, a price, a count, a rare count, a grade, and a share with many zeros.
  private static func value(_ luck: Double, ofKind kind: Int) -> Double {
    switch kind {
    case 0: 100 + 5 * luck
    case 1: Elementary.exp(0.8 * luck)
    case 2: (10 + 3 * luck).rounded()
    case 3: max(0, (luck - 0.5).rounded())
    case 4: luck > 0.8 ? 1 : 0
    case _: max(0, luck)
    }
  }

  /// What a check says of every measure, one of them moved by a shift.
  func shifts(moving measure: Int? = nil, by shift: Double = 0, paired: Bool = true)
    -> [MeasureShift]
  {
    MeasureShift.family(
      before.indices.compactMap { index in
        let now = index == measure ? moved(now[index], ofKind: index % 6, by: shift) : now[index]
        let byFactors = index % 6 == 1
        let test =
          paired
          ? ShiftTest(before: before[index], now: now, spreadsByFactors: byFactors)
          : ShiftTest(
            independent: before[index], now, isShare: index % 6 == 4, spreadsByFactors: byFactors)
        return test.map { ("toy", Metric.all[index], $0) }
      })
  }

  /// Values moved by an amount, which for a price is one of its true geometric mean of 1.
  private func moved(_ values: [Double], ofKind kind: Int, by shift: Double) -> [Double] {
    values.map { kind == 1 ? $0 * (1 + shift) : $0 + shift }
  }
}
