import Economy
import Experiments
import Kernel
import Synchronization

/// Keeps the rows of a result in memory.
final class RowSink: ResultSink {
  struct Rows: Sendable {
    var series: [SeriesRow] = []
    var flows: [FlowRow] = []
    var breakdown: [BreakdownRow] = []
    var outcome: ReplicateOutcome?

    /// Every number as its bits, so that two of them are equal when all their bytes are.
    var bytes: [UInt64] {
      let numbers = series.flatMap { [$0.time.inDays] + $0.values } + (outcome?.summary ?? [])
      return numbers.map(\.bitPattern)
    }

    var words: [String] {
      flows.map { "\($0.time.inDays) \($0.asset) \($0.reason) \($0.from) \($0.to) \($0.amount)" }
    }
  }

  private let units = Mutex<[WorkUnit: Rows]>([:])

  var rows: [WorkUnit: Rows] { units.withLock { $0 } }

  let bytesWritten = 0

  func stored(_ unit: WorkUnit, of plan: Plan) -> ReplicateOutcome? { nil }

  func open(_ unit: WorkUnit, of plan: Plan) -> any ReplicateSink {
    Writer(sink: self, unit: unit)
  }

  private struct Writer: ReplicateSink {
    let sink: RowSink
    let unit: WorkUnit
    var rows = Rows()

    mutating func write(_ rows: [SeriesRow]) { self.rows.series += rows }
    mutating func write(_ rows: [FlowRow]) { self.rows.flows += rows }

    mutating func finish(
      _ outcome: ReplicateOutcome, breakdown: [BreakdownRow], survival: [SurvivalRow]
    ) {
      rows.outcome = outcome
      rows.breakdown = breakdown
      sink.units.withLock { $0[unit] = rows }
    }

    mutating func discard() {}
  }
}
