import Economy
import Kernel
public import Scenarios
import Synchronization

/// Keeps of the rows of a result only what a check needs: a digest of every number, and whether the
/// assertions hold.
public final class CheckSink: ResultSink {
  private struct Unit: Sendable {
    let digest: String
    let outcomes: [AssertionMonitor.Outcome]
  }

  private let assertions: [Assertion]
  private let units = Mutex<[WorkUnit: Unit]>([:])

  public init(_ assertions: [Assertion]) {
    self.assertions = assertions
  }

  public let bytesWritten = 0

  public func stored(_ unit: WorkUnit, of plan: Plan) -> ReplicateOutcome? { nil }

  public func open(_ unit: WorkUnit, of plan: Plan) -> any ReplicateSink {
    Rows(sink: self, unit: unit, monitors: assertions.map(AssertionMonitor.init))
  }

  /// Digest over all units in their order; the number of threads does not show.
  public func digest(of plan: Plan) -> String {
    units.withLock { units in
      SHA256.hex(plan.units.map { (units[$0]?.digest ?? "") + "\n" }.joined())
    }
  }

  /// Every assertion for every variant it is about.
  public func results(of plan: Plan) -> [AssertionResult] {
    let units = units.withLock { $0 }
    return plan.variants.enumerated().flatMap { variant, network in
      assertions.enumerated().filter { $0.element.variant ?? network.name == network.name }
        .map { index, assertion in
          let outcomes = plan.replicates.compactMap { replicate in
            units[WorkUnit(variant: variant, replicate: replicate)].map {
              (replicate, $0.outcomes[index])
            }
          }
          return AssertionResult(assertion, variant: network.name, outcomes)
        }
    }
  }

  private struct Rows: ReplicateSink {
    let sink: CheckSink
    let unit: WorkUnit
    var monitors: [AssertionMonitor]
    var hash = NumberHash()

    mutating func write(_ rows: [SeriesRow]) {
      for index in monitors.indices { monitors[index].note(rows) }
      for row in rows { hash.add([row.time.inDays] + row.values) }
    }

    mutating func write(_ rows: [FlowRow]) {
      for row in rows {
        hash.add([row.time.inDays])
        hash.add([row.asset, row.reason, row.from, row.to, row.amount])
      }
    }

    mutating func finish(
      _ outcome: ReplicateOutcome, breakdown: [BreakdownRow], survival: [SurvivalRow]
    ) {
      for row in breakdown {
        hash.add([row.measure, row.dimension, row.key])
        hash.add([row.value])
      }
      for row in survival {
        hash.add([row.cohort])
        hash.add([row.time.inDays, Double(row.atRisk), Double(row.survivors)])
      }
      hash.add(outcome.summary)
      let unit = Unit(digest: hash.hex, outcomes: monitors.map(\.outcome))
      sink.units.withLock { $0[self.unit] = unit }
    }

    mutating func discard() {}
  }
}

/// Digest of numbers and words.
private struct NumberHash {
  private var hash = SHA256()

  /// Bits of numbers; all undefined ones count as equal.
  mutating func add(_ numbers: [Double]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * numbers.count)
    for number in numbers {
      let bits = number.isNaN ? UInt64.max : number.bitPattern
      for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * shift))) }
    }
    hash.update(bytes)
  }

  /// Words with their ends.
  mutating func add(_ words: [String]) {
    for word in words { hash.update(Array(word.utf8) + [0]) }
  }

  var hex: String { hash.hexDigest }
}
