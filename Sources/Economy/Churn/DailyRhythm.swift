import Configuration
import Kernel

/// Online in one window a day, `start ..< start + hours`, at the same local hour every day.
///
/// The hour is one draw an operator, for the machines of a household follow its people; the length is
/// one draw a node, or one a day. A length of 24 h or more leaves no gap before the next day's window.
struct DailyRhythm: Sendable {
  /// What has a length of its own.
  enum Drawn: String, CaseIterable, Sendable { case node, day }

  /// Start of the window [local hour].
  let start: Distribution
  /// Length of the window [h].
  let hours: Distribution
  let drawn: Drawn
  let clock: LocalClock

  /// Windows that are looked through for one with a length, about a hundred years.
  private static let farthest = 36_525

  static func choice(_ regions: [Region]) -> Choice<SessionRule> {
    Choice(
      name: "daily", summary: "Online in one window a day, at the same local hour every day.",
      source: "model-facts §1.1: daily and weekly cycles in volunteer hosts; §1.2: duty cycles"
    ) { fields in .daily(DailyRhythm(regions, reading: &fields)) }
  }

  init(_ regions: [Region], reading fields: inout FieldReader) {
    start = fields.distribution(
      "startHour", "local hour at which the window of an operator's nodes opens [h]",
      default: .uniform(0, 24), source: "assumption")
    hours = fields.distribution(
      "hoursPerDay", "length of the window, cut at 24 h [h]", default: .fixed(21),
      source: "model-facts §1.2: gaming PC of the longer duty cycle, 20 to 22 h (P, vendor)")
    drawn = fields.choice("hoursDrawnFor", "what has a length of its own", default: Drawn.node)
    clock = LocalClock(of: regions, reading: &fields)
    if hours.mean <= 0 {
      fields.refuse(
        "hoursPerDay", expected: "a law with a mean above 0 h", found: "mean \(hours.mean)",
        help: "no node would ever be online")
    }
  }

  /// Ends in an hour online: one a day, of windows that leave a gap [1/h].
  var endsPerHour: Double { hours.mean < Span.hoursPerDay ? 1 / hours.mean : 0 }

  func opening(of node: SessionLuck, at now: SimTime) -> SimTime {
    let first = firstStart(of: node)
    var day = LocalClock.split(now.microseconds - first).day
    if now.microseconds < first + day * LocalClock.day + length(day, of: node) { return now }
    for _ in 0..<Self.farthest {
      day += 1
      if length(day, of: node) > 0 {
        return SimTime(microseconds: first + day * LocalClock.day)
      }
      if drawn == .node { break }
    }
    return .farFuture
  }

  func end(of node: SessionLuck, at now: SimTime) -> SimTime {
    let first = firstStart(of: node)
    var day = LocalClock.split(now.microseconds - first).day
    for _ in 0..<Self.farthest {
      let length = length(day, of: node)
      if length < LocalClock.day {
        return SimTime(microseconds: first + day * LocalClock.day + length)
      }
      if drawn == .node { break }
      day += 1
    }
    return .farFuture
  }

  /// Time of the scenario's day at which the window opens [µs].
  private func firstStart(of node: SessionLuck) -> Int64 {
    var stream = node.luck.stream(.dailyStart, entity: node.owner)
    let local = SimDuration.hours(start.sample(using: &stream)).microseconds
    return LocalClock.split(local - clock.ahead(in: node.region)).rest
  }

  /// Length of the window of a day, at most a day [µs].
  private func length(_ day: Int64, of node: SessionLuck) -> Int64 {
    let index = drawn == .node ? 0 : UInt32(truncatingIfNeeded: day + 1)
    var stream = node.luck.stream(.dailyHours, entity: node.node, index: index)
    return min(SimDuration.hours(hours.sample(using: &stream)).microseconds, LocalClock.day)
  }
}
