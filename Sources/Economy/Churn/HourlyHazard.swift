import Configuration
import Kernel

/// Ends and returns at rates that change with the local hour: a Markov process driven by the clock.
///
/// The chance that a session that has come to time t ends in the next dt is h(hour of t) dt, so a
/// session ends where the integral of h since its start reaches a unit exponential; returns likewise.
struct HourlyHazard: Sendable {
  /// Rates by local hour [1/h].
  let ends: [Double]
  let returns: [Double]
  let clock: LocalClock

  static func choice(_ regions: [Region]) -> Choice<SessionRule> {
    Choice(
      name: "hourly", summary: "Ends and returns at rates that change with the local hour.",
      source: "model-facts §1.1: hosts with cycles fit a Markovian arrival process"
    ) { fields in .hourly(HourlyHazard(regions, reading: &fields)) }
  }

  init(_ regions: [Region], reading fields: inout FieldReader) {
    ends = Self.rates("endsPerHour", "rate at which sessions end", &fields)
    returns = Self.rates("returnsPerHour", "rate at which nodes come back", &fields)
    clock = LocalClock(of: regions, reading: &fields)
    if !fields.isRecording, ends.contains(where: { $0 > 0 }), returns.allSatisfy({ $0 == 0 }) {
      fields.refuse(
        "returnsPerHour", expected: "a rate above 0 in some hour", found: "none",
        help: "a node that left would never be back")
    }
  }

  private static func rates(
    _ key: String, _ meaning: String, _ fields: inout FieldReader
  ) -> [Double] {
    fields.numbers(
      key, "\(meaning), by local hour from midnight on", unit: "1/h", in: 0...1e4, count: 24...24)
  }

  func end(of node: SessionLuck, at now: SimTime) -> SimTime {
    var stream = node.luck.stream(.session, entity: node.node, index: node.session)
    return moment(ends, after: now, load: -Elementary.log(stream.uniform()), of: node)
  }

  func comeback(of node: SessionLuck, at now: SimTime) -> SimTime {
    var stream = node.luck.stream(.offline, entity: node.node, index: node.session)
    return moment(returns, after: now, load: -Elementary.log(stream.uniform()), of: node)
  }

  /// Where the integral of the rates from `now` on reaches the load [1].
  private func moment(
    _ rates: [Double], after now: SimTime, load: Double, of node: SessionLuck
  ) -> SimTime {
    let perDay = rates.reduce(0, +)
    let days = (load / perDay).rounded(.down)
    guard perDay > 0, days < 1e6 else { return .farFuture }
    var left = load - days * perDay
    var hours = days * Span.hoursPerDay
    let local = LocalClock.split(now.microseconds + clock.ahead(in: node.region)).rest
    var hour = Int(local / LocalClock.hour)
    var part = 1 - Double(local % LocalClock.hour) / Double(LocalClock.hour)
    // Through the rest of this hour, the others, and its beginning on the next day.
    for _ in 0...24 {
      let room = rates[hour] * part
      if left < room { return now + .hours(hours + left / rates[hour]) }
      left -= room
      hours += part
      hour = (hour + 1) % 24
      part = 1
    }
    return now + .hours(hours)
  }
}
