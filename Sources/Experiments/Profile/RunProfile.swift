import Economy

/// What a command spent its time on, added up over variants, replicates and threads.
public struct RunProfile: Sendable {
  /// One kind of event, the queue, or work around the runs.
  public struct Row: Sendable, Equatable {
    public let name: String
    /// What happens, in words.
    public let words: String
    /// Events, stale ones included; nil where the row is of no event.
    public var events: Int?
    /// Of these, events whose entity had moved on.
    public var stale: Int?
    /// Time without what the profile itself took [ms].
    public let milliseconds: Double
    /// Time of one event [ns]; NaN where the row is of no event.
    public var nanosecondsPerEvent = Double.nan
  }

  /// Replicates that were run, of all variants together.
  public let replicates: Int
  /// What took most time first.
  public let rows: [Row]
  /// All rows together; its time of one event is that of the events and the queue alone.
  public let total: Row
  /// What the profile itself took: for one event [ns], and in all [ms].
  public let ownNanosecondsPerEvent: Double
  public let ownMilliseconds: Double

  /// Part that a row has of all events; NaN where it is of none.
  public func shareOfEvents(_ row: Row) -> Double {
    guard let events = row.events, let all = total.events else { return .nan }
    return Double(events) / Double(all)
  }

  /// Part that a row has of the time of all rows.
  public func shareOfTime(_ row: Row) -> Double { row.milliseconds / total.milliseconds }

  /// Part that the profile itself had of the time of everything.
  public var ownShareOfTime: Double {
    ownMilliseconds / (total.milliseconds + ownMilliseconds)
  }
}

extension RunProfile {
  init(stages: [Profiler.Stage: UInt64], events profile: EventProfile?) {
    let around = Profiler.Stage.allCases.compactMap { stage in
      stages[stage].map {
        Row(name: "\(stage)", words: stage.words, milliseconds: Double($0) / 1e6)
      }
    }
    let parts = (profile?.parts ?? []).map { part in
      Row(
        name: part.name, words: part.words, events: part.events, stale: part.stale,
        milliseconds: part.nanoseconds / 1e6,
        nanosecondsPerEvent: part.events.map { part.nanoseconds / Double($0) } ?? .nan)
    }
    let running = parts.reduce(0) { $0 + $1.milliseconds }
    let events = parts.reduce(0) { $0 + ($1.events ?? 0) }
    replicates = profile?.runs ?? 0
    rows = (around + parts).sorted {
      ($1.milliseconds, $0.name) < ($0.milliseconds, $1.name)
    }
    total = Row(
      name: "total", words: "", events: events,
      stale: parts.reduce(0) { $0 + ($1.stale ?? 0) },
      milliseconds: around.reduce(running) { $0 + $1.milliseconds },
      nanosecondsPerEvent: running * 1e6 / Double(events))
    ownNanosecondsPerEvent = profile?.ownNanosecondsPerEvent ?? 0
    ownMilliseconds = (profile?.ownNanoseconds ?? 0) / 1e6
  }
}

extension Profiler.Stage {
  fileprivate var words: String {
    switch self {
    case .reading: "the scenario is read and checked"
    case .calibration: "pilots are run to match a variant"
    case .opening: "networks are set up"
    case .statistics: "means and intervals are taken"
    case .writing: "rows and files are written"
    }
  }
}
