import Kernel
import Synchronization

@testable import Economy
@testable import Experiments
@testable import Scenarios

/// A replicate without an economy: a price that a variant sets and luck moves.
///
/// The variant's name is its level, such as `2.5`; replicates of all variants share their noise.
struct Toy: Trajectory {
  static let price = Measure.index(of: "token_price_usd")!
  static let jobs = Measure.index(of: "jobs_completed")!
  static let nodes = Measure.index(of: "active_nodes")!
  static let grade = Measure.index(of: "spiral_grade")!

  let level: Double
  let noise: Double
  let horizon: SimTime
  /// Day on which the books stop balancing.
  var brokenFromDay = Double.infinity

  var profile: EventProfile?
  private(set) var now = SimTime.zero
  private var rows: [SeriesRow] = []

  init(_ variant: Variant, _ replicate: Int, _ horizon: SimTime, seed: UInt64 = 1) {
    level = Double(variant.name) ?? 1
    var stream = Luck(seed: seed, replicate: UInt32(replicate))
      .stream(Purpose(rawValue: 1), entity: 0)
    noise = stream.uniform()
    self.horizon = horizon
  }

  mutating func run(until time: SimTime, atMost most: Int) throws(InvariantFailure) -> Bool {
    if rows.isEmpty && now == .zero { rows.append(SeriesRow(time: .zero, values: values(0))) }
    if time.inDays >= brokenFromDay {
      throw InvariantFailure(message: "a dollar is missing", report: "posting 7")
    }
    rows.append(SeriesRow(time: time, values: values((time - now).inDays)))
    now = time
    return true
  }

  mutating func leaveOut(until end: SimTime) {}

  mutating func takeSeries() -> [SeriesRow] {
    defer { rows = [] }
    return rows
  }

  mutating func takeFlows() -> [FlowRow] { [] }
  func breakdown() -> [BreakdownRow] { [] }
  func survival() -> [SurvivalRow] { [] }
  func summary() -> [Double] { values(now.inDays) }
  var warnings: [String] { [] }

  var events: EventCounts {
    EventCounts(total: Int(now.inDays) * 10, stale: 0, byKind: [("tick", Int(now.inDays) * 10)])
  }

  /// Values of an interval of some days.
  private func values(_ days: Double) -> [Double] {
    var values = [Double](repeating: .nan, count: Measure.all.count)
    values[Self.price] = level * (1 + noise)
    values[Self.jobs] = level * level * days * (1 + noise)
    values[Self.nodes] = level
    values[Self.grade] = noise > 0.5 ? 2 : 0
    return values
  }
}

extension Plan {
  /// A plan of variants named by their levels.
  static func toy(
    _ variants: [Variant], replicates: Int = 8, days: Double = 4, seed: UInt64 = 1,
    analysis: Analysis = .horizon(burnInDays: 0)
  ) -> Plan {
    Plan(
      name: "toy", about: "", start: CalendarDate(daysSince1970: 19_723), horizonDays: days,
      measureEvery: .days(1), seed: seed, analysis: analysis, replicates: Array(1...replicates),
      pilots: replicates,
      variants: variants,
      calibratedValues: Array(repeating: nil, count: variants.count), baseline: 0, histories: [],
      digest: "toy",
      effectiveText: "{}\n")
  }
}

extension Variant {
  static func toy(_ level: Double, _ calibration: Calibration? = nil) -> Variant {
    Variant(name: "\(level)", stages: [], calibration: calibration)
  }
}

extension Experiment {
  static func toy(
    _ plan: Plan, threads: Int = 2, breakingFromDay day: Double = .infinity,
    profiler: Profiler? = nil
  ) -> Experiment {
    let calibrator = Calibrator(
      number: { name, key in key == "level" ? Double(name) : nil },
      changing: { .toy($1[0].value) })
    return Experiment(plan, threads: threads, calibrator: calibrator, profiler: profiler) {
      variant, replicate, end, look in
      var toy = Toy(variant, replicate, end, seed: plan.seed)
      if replicate == 3 { toy.brokenFromDay = day }
      return toy
    }
  }
}

/// Counts rows and keeps outcomes, in memory.
final class MemorySink: ResultSink {
  struct Log: Sendable {
    var rows: [WorkUnit: Int] = [:]
    var outcomes: [WorkUnit: ReplicateOutcome] = [:]
    var discarded: [WorkUnit] = []
  }

  let log = Mutex(Log())
  let bytesWritten: Int
  private let refusesToOpen: Bool

  init(bytesWritten: Int = 0, refusesToOpen: Bool = false) {
    self.bytesWritten = bytesWritten
    self.refusesToOpen = refusesToOpen
  }

  func stored(_ unit: WorkUnit, of plan: Plan) throws(SinkError) -> ReplicateOutcome? {
    log.withLock { $0.outcomes[unit] }
  }

  func open(_ unit: WorkUnit, of plan: Plan) throws(SinkError) -> any ReplicateSink {
    if refusesToOpen { throw SinkError("the disk is full") }
    return Rows(sink: self, unit: unit)
  }

  struct Rows: ReplicateSink {
    let sink: MemorySink
    let unit: WorkUnit

    mutating func write(_ rows: [SeriesRow]) throws(SinkError) {
      sink.log.withLock { $0.rows[unit, default: 0] += rows.count }
    }

    mutating func write(_ rows: [FlowRow]) throws(SinkError) {}

    mutating func finish(
      _ outcome: ReplicateOutcome, breakdown: [BreakdownRow], survival: [SurvivalRow]
    ) throws(SinkError) {
      sink.log.withLock { $0.outcomes[unit] = outcome }
    }

    mutating func discard() {
      sink.log.withLock { $0.discarded.append(unit) }
    }
  }
}
