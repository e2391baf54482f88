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
    let own = plan.histories.map { plan.variant(of: $0) == variant }
    instants = zip(plan.histories, own).map { history, own in
      own ? history.points.map { SimTime.days(max($0.day, 0)) } : []
    }
    measures = plan.histories.map { Measure.index(of: $0.measure) ?? 0 }
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
