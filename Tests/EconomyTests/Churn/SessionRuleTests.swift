import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func choices() throws -> [Choice<SessionRule>] {
  SessionRule.choices(
    try ["us", "eu"].map { name in try read("{}") { Region(name: name, reading: &$0) } })
}

private func sessions(_ text: String) throws -> SessionRule {
  try rule(text, from: try choices())
}

private func refusals(_ text: String) throws -> [String] {
  let choices = try choices()
  return try complaints(about: "{it: \(text)}") { $0.rule("it", "the rule", from: choices) }
}

/// A node of an operator, both of the same number.
private func node(_ number: UInt64, region: Int = 0, session: UInt32 = 0) -> SessionLuck {
  SessionLuck(
    luck: Luck(seed: 5, replicate: 1), node: number, owner: number, region: region,
    session: session)
}

private func hours(_ time: SimTime) -> Double { time.inHours }

struct DailyRhythmTests {
  private let evening = """
    {rule: "daily", startHour: {rule: "fixed", value: 20}, hoursPerDay: {rule: "fixed", value: 6},
     hoursFromUTC: {us: -5, eu: 1}}
    """

  @Test func `a window opens at the same local hour every day and may pass midnight`() throws {
    let rule = try sessions(evening)
    // 20 h in America is 1 h of the day after here; in Europe it is 19 h.
    for (region, start) in [(0, 1.0), (1, 19.0)] {
      let node = node(1, region: region)
      for day in 0..<3 {
        let opens = start + 24 * Double(day)
        func at(_ hour: Double) -> SimTime { .zero + .hours(opens + hour) }
        #expect(rule.opening(of: node, at: at(-1)) == at(0))
        #expect(rule.opening(of: node, at: at(0)) == at(0))
        #expect(rule.end(of: node, at: at(0)) == at(6))
        #expect(rule.end(of: node, at: at(5.5)) == at(6))
        #expect(rule.opening(of: node, at: at(6)) == at(24))
        #expect(rule.comeback(of: node, at: at(6), early: false) == at(24))
        #expect(rule.comeback(of: node, at: at(2), early: true) == at(24))
        // Not early and inside: an amendment has moved the window, and the node stays.
        #expect(rule.comeback(of: node, at: at(2), early: false) == at(2))
      }
    }
    // The window that opened the evening before the start is still open in Europe.
    #expect(rule.opening(of: node(1, region: 1), at: .zero) == .zero)
    #expect(hours(rule.end(of: node(1, region: 1), at: .zero)) == 1)
  }

  @Test func `a window of all day never ends, one of no time never opens`() throws {
    func rule(_ hours: String) throws -> SessionRule {
      try sessions("{rule: 'daily', startHour: {rule: 'fixed', value: 3}, hoursPerDay: \(hours)}")
    }
    #expect(try rule("{rule: 'fixed', value: 30}").end(of: node(1), at: .zero) == .farFuture)
    let often = try rule("{rule: 'discrete', values: [0, 12], weights: [1, 1]}")
    for number in 0..<20 {
      let opening = often.opening(of: node(UInt64(number)), at: .zero)
      #expect(opening == .farFuture || hours(opening) == 3 || opening == .zero)
    }
  }

  @Test func `a length of its own each day leaves the others alone`() throws {
    let rule = try sessions(
      """
      {rule: "daily", startHour: {rule: "fixed", value: 0}, hoursDrawnFor: "day",
       hoursPerDay: {rule: "discrete", values: [0, 6, 24], weights: [1, 1, 1]}}
      """)
    let node = node(3)
    // Walk through a thousand days by what the rule says, and add up the time online.
    var (time, online, ends) = (SimTime.zero, 0.0, 0)
    while true {
      let start = rule.opening(of: node, at: time)
      let end = rule.end(of: node, at: start)
      guard end.inDays < 1000 else { break }
      online += (end - start).inHours
      ends += 1
      #expect(start.inHours.truncatingRemainder(dividingBy: 24) == 0)
      time = end
    }
    // A day has 10 h on average with deviation √(0 + 36 + 576)/3 - 100 = 10.2 h: over a thousand
    // days four standard errors are 1.3 h. A session begins on a day with a length, after one of
    // less than 24 h: 2/3 x 2/3 of the days.
    #expect(abs(online / 1000 - 10) < 1.3)
    #expect(abs(Double(ends) / 1000 - 4.0 / 9) < 4 * (0.25 / 1000.0).squareRoot())
  }

  @Test func `the duty cycles of model-facts 1_2 give the availability of their mixture`() throws {
    var run = try Scenario(
      text: """
        {horizonDays: 10, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: 400, activeAtStart: 400, churn: {
           sessions: {rule: "daily", hoursPerDay: {rule: "discrete", values: [21, 1.5],
             weights: [0.6, 0.4]}}}}}},
         demand: {classes: {}}}
        """
    ).finished()
    let rows = try run.takeSeries().column("availability").dropFirst()
    let classes = run.state.nodeIdentities.map { identity in
      var stream = run.state.luck.stream(.dailyHours, entity: identity)
      return Distribution.discrete(Discrete(values: [21, 1.5], weights: [0.6, 0.4]))
        .sample(using: &stream)
    }
    // Every node has its own hours on every day of 24 h, whatever its window: the same share each
    // day, to the microsecond of a window's bounds.
    let expected = classes.reduce(0, +) / 24 / 400
    #expect(rows.allSatisfy { abs($0 - expected) < 1e-8 })
    // 0.6 x 21/24 + 0.4 x 1.5/24 = 0.55 for very many nodes; four standard errors of 400 draws.
    #expect(abs(expected - 0.55) < 4 * (0.24 / 400.0).squareRoot() * 19.5 / 24)
  }

  @Test func `a region that nobody knows and a window of no hours are refused`() throws {
    #expect(
      try refusals("{rule: 'daily', hoursFromUTC: {asia: 8}}") == [
        "expected names of regions, found \"asia\""
      ])
    #expect(
      try refusals("{rule: 'daily', hoursPerDay: {rule: 'fixed', value: 0}}") == [
        "expected a law with a mean above 0 h, found mean 0.0"
      ])
  }
}

struct HourlyHazardTests {
  private func list(_ rate: (Int) -> Double) -> String {
    "[" + (0..<24).map { "\(rate($0))" }.joined(separator: ", ") + "]"
  }

  @Test func `under one rate at all hours lengths are exponential`() throws {
    let rule = try sessions(
      "{rule: 'hourly', endsPerHour: \(list { _ in 0.2 }), returnsPerHour: \(list { _ in 0.5 })}")
    for session in 0..<200 {
      let node = node(9, session: UInt32(session))
      var stream = node.luck.stream(.session, entity: 9, index: UInt32(session))
      let now = SimTime.zero + .hours(3.7 * Double(session))
      let length = -Elementary.log(stream.uniform()) / 0.2
      #expect(abs((rule.end(of: node, at: now) - now).inHours - length) < 1e-8)
    }
  }

  @Test func `nothing ends in an hour without a rate, and the hour is that of the region`() throws {
    let rule = try sessions(
      """
      {rule: "hourly", endsPerHour: \(list { $0 == 18 || $0 == 19 ? 1 : 0 }),
       returnsPerHour: \(list { $0 == 7 ? 3 : 0 }), hoursFromUTC: {us: -6}}
      """)
    var early = 0
    for session in 0..<400 {
      let node = node(2, session: UInt32(session))
      let end = hours(rule.end(of: node, at: .zero)).truncatingRemainder(dividingBy: 24)
      #expect(end >= 0 && end <= 2)
      if hours(rule.end(of: node, at: .zero)) < 2 { early += 1 }
      let back = hours(rule.comeback(of: node, at: .zero, early: false))
      #expect((13...14).contains(back.truncatingRemainder(dividingBy: 24)))
    }
    // Noon and six behind: 18 h there is 0 h of the next day here, and the start lies in it. The
    // chance to end within these first two hours is 1 - e^-2; four standard errors of 400.
    let chance = -Elementary.expm1(-2)
    #expect(abs(Double(early) / 400 - chance) < 4 * (chance * (1 - chance) / 400).squareRoot())
  }

  @Test func `a node that could never come back is refused`() throws {
    #expect(
      try refusals(
        "{rule: 'hourly', endsPerHour: \(list { _ in 1 }), returnsPerHour: \(list { _ in 0 })}")
        == ["expected a rate above 0 in some hour, found none"])
  }
}

struct SessionTraceTests {
  private let table =
    "host,start,end\na,-1,0.5\nb,0.25,1\na,0.75,1.5\nb,1,2\na,2025-01-03,2025-01-04\n"

  private func scenario(_ table: String, more: String = "") throws -> Scenario {
    try Scenario(
      text: """
        {start: "2025-01-01", horizonDays: 8, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0,
           idleWatts: 0, priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: 40, activeAtStart: 40, churn: {
           sessions: {rule: "trace", table: {csv: "s.csv"}, host: "host", start: "start",
             end: "end"\(more)}}}}},
         demand: {classes: {}}}
        """, tables: ["s.csv": table])
  }

  private func message(_ table: String, more: String = "") -> String {
    do {
      _ = try scenario(table, more: more)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `nodes are online when their host was`() throws {
    let run = try scenario(table).finished()
    let hosts = run.state.nodeIdentities.map { identity in
      var stream = run.state.luck.stream(.sessionTrace, entity: identity)
      return stream.below(2)
    }
    let ofA = Double(hosts.count { $0 == 0 })
    #expect(ofA > 5 && ofA < 35)
    // a is there for 0.5 + 0.75 + 1 days of the eight, b, whose two rows touch, for 1.75.
    let online = Double(run.state.whole.onlineNodes) / 8.64e10
    #expect(abs(online - (2.25 * ofA + 1.75 * (40 - ofA))) < 1e-6)
    #expect(try run.measured("sessions_ended") == 3 * ofA + (40 - ofA))
  }

  @Test func `a table that is repeated begins again`() throws {
    let table = "host,start,end\na,0.5,1\na,1.5,2\n"
    let run = try scenario(table, more: ", repeatEveryDays: 2").finished()
    #expect(try run.measured("availability") == 0.5)
    #expect(try run.measured("sessions_ended") == 40 * 8)
  }

  @Test func `rows out of order are refused with their number`() {
    let sentence = "expected sessions of each host in order that do not overlap"
    #expect(
      message("host,start,end\na,0,1\nb,0,3\na,0.5,2\n").contains(
        sentence + ", found row 3: \"a\" from day 0.5 to 2"))
    #expect(
      message("host,start,end\na,0,1\na,3,2\n").contains(
        sentence + ", found row 2: \"a\" from day 3 to 2"))
    #expect(
      message("host,start,end\na,0,1\na,1,3\n", more: ", repeatEveryDays: 2").contains(
        sentence + ", within repeatEveryDays, found row 2: \"a\" from day 1 to 3"))
  }

  @Test func `a cell that is no time is refused where it stands`() {
    let text = message("host,start,end\na,0,1\na,2,NaN\n")
    #expect(text.contains("s.csv:3:1"))
    #expect(text.contains("in column \"end\", found \"NaN\""))
    #expect(message("host,start,end\n").contains("expected at least one session, found 0 rows"))
    #expect(message("name,start,end\na,0,1\n").contains("expected a column of the table"))
  }
}

struct ChurnSettingsTests {
  @Test func `sessions are told in one way`() throws {
    #expect(
      try complaints(
        about: "{sessionHours: {rule: 'fixed', value: 1}, sessions: {rule: 'daily'}}"
      ) { ChurnSettings(reading: &$0) } == ["expected either sessionHours or sessions, found both"])
    #expect(
      try complaints(
        about: "{offlineHours: {rule: 'fixed', value: 1}, sessions: {rule: 'daily'}}"
      ) { ChurnSettings(reading: &$0) } == [
        "expected offlineHours beside sessionHours alone, found it beside sessions, which say "
          + "themselves when a node is back"
      ])
  }

  @Test func `an amendment takes a rhythm away and brings another`() throws {
    // Away from 12 h on; from day 3 on there is no rule, from day 5 on the window is the morning's.
    var run = try Scenario(
      text: """
        {horizonDays: 8, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: 3, activeAtStart: 3, churn: {
           sessions: {rule: "daily", startHour: {rule: "fixed", value: 0},
             hoursPerDay: {rule: "fixed", value: 12}}}}}},
         demand: {classes: {}},
         amendments: {
           free: {on: 3, set: {"operators.types.a.churn": "none"}},
           again: {on: 5.25, set: {"operators.types.a.churn": {sessions: {rule: "daily",
             startHour: {rule: "fixed", value: 6}, hoursPerDay: {rule: "fixed", value: 12}}}}}}}
        """
    ).finished()
    let rows = try run.takeSeries().column("availability").dropFirst()
    // Who is online when the rule is gone stays; nothing ends what then has no end.
    #expect(Array(rows) == [0.5, 0.5, 0.5, 1, 1, 1, 1, 1])
  }
}
