import Configuration
import Kernel

/// When a node is online, where more than the length of a session is known. Each rule stands in a
/// file of its own.
enum SessionRule: Sendable {
  case daily(DailyRhythm)
  case hourly(HourlyHazard)
  case trace(SessionTrace)

  static func choices(_ regions: [Region]) -> [Choice<SessionRule>] {
    [DailyRhythm.choice(regions), HourlyHazard.choice(regions), SessionTrace.choice]
  }

  /// The first moment from `now` on at which a node that is ready comes online; `farFuture` where
  /// it never does.
  func opening(of node: SessionLuck, at now: SimTime) -> SimTime {
    switch self {
    case .daily(let rule): rule.opening(of: node, at: now)
    case .hourly: now
    case .trace(let rule): rule.opening(of: node, at: now)
    }
  }

  /// The end of a session that runs or begins at `now`; `farFuture` where it has none.
  func end(of node: SessionLuck, at now: SimTime) -> SimTime {
    switch self {
    case .daily(let rule): rule.end(of: node, at: now)
    case .hourly(let rule): rule.end(of: node, at: now)
    case .trace(let rule): rule.end(of: node, at: now)
    }
  }

  /// Sessions that end in an hour online, on average over nodes and hours [1/h].
  var endsPerHour: Double {
    switch self {
    case .daily(let rule): rule.endsPerHour
    case .hourly(let rule): rule.ends.reduce(0, +) / Span.hoursPerDay
    case .trace(let rule): rule.endsPerHour
    }
  }

  /// The start of the next session after one that ends at `now`, before its time where it was
  /// `early`.
  func comeback(of node: SessionLuck, at now: SimTime, early: Bool) -> SimTime {
    if case .hourly(let rule) = self { return rule.comeback(of: node, at: now) }
    return opening(of: node, at: early ? end(of: node, at: now) : now)
  }
}

/// What the sessions of one node are drawn from.
struct SessionLuck: Sendable {
  let luck: Luck
  /// Identities of the node and of its operator.
  let node: UInt64
  let owner: UInt64
  /// Column of its region.
  let region: Int
  /// Sessions begun.
  let session: UInt32
}

/// Local time of regions.
struct LocalClock: Sendable, Equatable {
  static let day = SimDuration.days(1).microseconds
  static let hour = SimDuration.hours(1).microseconds

  /// Local time less that of the scenario, by region [µs].
  private let ahead: [Int64]

  init(of regions: [Region], reading fields: inout FieldReader) {
    var ahead = [Int64](repeating: 0, count: regions.count)
    let hours = fields.namedNumbers(
      "hoursFromUTC", "local time of a region less the scenario's; 0 where none is written",
      unit: "h", in: -12...14, example: "us")
    for (name, value) in hours {
      if let column = regions.firstIndex(where: { $0.name == name }) {
        ahead[column] = Int64((value * 3.6e9).rounded())
      } else {
        fields.refuse(
          name: name, "hoursFromUTC", expected: "names of regions", among: regions.map(\.name),
          ifNone: "add \"regions\" to the scenario")
      }
    }
    self.ahead = ahead
  }

  /// Local time less that of the scenario [µs].
  func ahead(in region: Int) -> Int64 { region < ahead.count ? ahead[region] : 0 }

  /// Whole days from the start to a time, and what is left of it [µs].
  static func split(_ time: Int64) -> (day: Int64, rest: Int64) {
    let (day, rest) = time.quotientAndRemainder(dividingBy: day)
    return rest < 0 ? (day - 1, rest + Self.day) : (day, rest)
  }
}
