import Economy
import Kernel
import Scenarios

/// Keeps the values of a replicate that stand beside observations, while its rows pass by.
struct HistoryRecorder {
  /// Observations that the variant stands beside, as instants; empty for those of other variants.
  private let instants: [[SimTime]]
  private let measures: [Int]
  /// Simulated values, aligned with the observations; NaN where none was measured at that instant.
  private(set) var values: [[Double]]

  init(_ plan: Plan, variant: Int) {
    self.init(plan.histories) { plan.variant(of: $0) == variant }
  }

  /// - Parameter isWanted: whether values of a history are to be kept.
  init(_ histories: [History], where isWanted: (History) -> Bool) {
    instants = histories.map { history in
      isWanted(history) ? history.points.map { SimTime.days(max($0.day, 0)) } : []
    }
    measures = histories.map { Measure.index(of: $0.measure) ?? 0 }
    values = instants.map { Array(repeating: .nan, count: $0.count) }
  }

  mutating func note(_ rows: [SeriesRow]) {
    for row in rows {
      for history in instants.indices {
        for (place, instant) in instants[history].enumerated() where instant == row.time {
          values[history][place] = row.values[measures[history]]
        }
      }
    }
  }
}

extension Plan {
  /// The variant that a history stands beside.
  func variant(of history: History) -> Int {
    history.variant.flatMap { name in variants.firstIndex { $0.name == name } } ?? baseline
  }
}
