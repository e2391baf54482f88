import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func ceiling(_ text: String) throws -> ArrivalCeiling {
  try read(text) { ArrivalCeiling(reading: &$0) }
}

/// Times of the potential arrivals up to a horizon, by the luck of a seed.
private func arrivals(_ ceiling: ArrivalCeiling, days: Double, seed: Int) -> [SimTime] {
  var stream = testStream(seed)
  var times: [SimTime] = []
  var now = SimTime.zero
  while true {
    let load = -Elementary.log(stream.uniform())
    let next =
      ceiling.flat(nodes: 10).map { ArrivalCeiling.next(after: now, load: load, flat: $0) }
      ?? ceiling.next(
        after: now, load: load, base: ceiling.base(nodes: 10), horizon: .days(days))
    guard let next, next <= .days(days) else { return times }
    times.append(next)
    now = next
  }
}

struct ArrivalCeilingTests {
  @Test func `the base is given in all or for each node`() throws {
    #expect(try ceiling("{arrivalsPerHour: 3}").base(nodes: 10) == 3)
    #expect(try ceiling("{arrivalsPerHourPerNode: 0.2}").base(nodes: 10) == 2)
    let said = try complaints(about: "{}") { ArrivalCeiling(reading: &$0) }
    #expect(said == ["expected one of arrivalsPerHour and arrivalsPerHourPerNode, found neither"])
  }

  @Test func `shape multiplies hour, weekday and growth by whole days`() throws {
    let hours = (0..<24).map { $0 == 5 ? "3" : "1" }.joined(separator: ",")
    let shaped = try ceiling(
      """
      {arrivalsPerHour: 1, byHour: [\(hours)], byWeekday: [1, 1, 1, 1, 2, 1, 1], growthPerYear: 1}
      """)
    #expect(shaped.shape(hour: 0) == 1)
    #expect(shaped.shape(hour: 5) == 3)
    #expect(abs(shaped.shape(hour: 24 + 5) - 6 * Elementary.pow(2, 1.0 / 365)) < 1e-12)
    // Without a date day 0 is Thursday, 1 January 1970; a year on the base has doubled, and day 365
    // is a Friday.
    #expect(shaped.shape(hour: 365 * 24) == 4)
    #expect(shaped.shape(hour: 365 * 24 + 23) == 4)
  }

  @Test(arguments: [
    // Days since 1970 and the weekday from Monday as 1: `date -u -d @$((86400 * DAY)) +%u`.
    (20_089, 3), (19_723, 1), (-1, 3), (-4, 7), (0, 4), (20_514, 1),
  ]) func `the week begins on Monday whatever the start`(startDay: Int, weekday: Int) throws {
    let node = try #require(
      JSON5Parser.parse(
        Array("{arrivalsPerHour: 1, byWeekday: [1, 2, 3, 4, 5, 6, 7]}".utf8), file: "test.json5"
      ).node)
    var fields = FieldReader(node, context: ReadingContext(startDay: startDay))
    let shaped = ArrivalCeiling(reading: &fields)
    #expect(shaped.shape(hour: 0) == Double(weekday))
    #expect(shaped.shape(hour: 24) == Double(weekday % 7 + 1))
  }

  @Test func `the load of an arrival is the integral of the ceiling`() throws {
    let hours = (0..<24).map { $0 < 12 ? "0.5" : "1.5" }.joined(separator: ",")
    let shaped = try ceiling("{arrivalsPerHour: 2, headroom: 1.5, byHour: [\(hours)]}")
    // 1.5 jobs an hour in the morning, 4.5 after noon.
    func next(_ from: Double, load: Double) -> Double? {
      shaped.next(after: .days(from / 24), load: load, base: 2, horizon: .days(9))?.inHours
    }
    #expect(next(0, load: 3) == 2)
    #expect(next(0, load: 18) == 12)
    #expect(next(0, load: 18 + 9) == 14)
    #expect(next(11.5, load: 0.75 + 2.25) == 12.5)
    #expect(next(0, load: 72 + 1.5) == 25)
    #expect(next(0, load: 9 * 72 + 0.1) == nil)
  }

  @Test func `hours without arrivals are stepped over, and a ceiling of 0 brings none`() throws {
    let hours = (0..<24).map { $0 == 7 ? "24" : "0" }.joined(separator: ",")
    let shaped = try ceiling("{arrivalsPerHour: 1, headroom: 1, byHour: [\(hours)]}")
    let next = shaped.next(after: .zero, load: 36, base: 1, horizon: .days(9))
    #expect(next?.inHours == 24 + 7.5)
    #expect(shaped.next(after: .zero, load: 1, base: 0, horizon: .days(9)) == nil)
  }

  @Test func `a shape of ones is the flat ceiling`() throws {
    let flat = try ceiling("{arrivalsPerHour: 7}")
    // Growth too small to be seen takes the other path through the hours.
    let shaped = try ceiling("{arrivalsPerHour: 7, growthPerYear: 1e-15}")
    #expect(flat.flat(nodes: 10) == 14 && shaped.flat(nodes: 10) == nil)
    #expect(try ceiling("{arrivalsPerHour: 0}").flat(nodes: 10) == nil)
    let times = arrivals(flat, days: 20, seed: 4)
    let others = arrivals(shaped, days: 20, seed: 4)
    #expect(times.count == others.count)
    // Each gap is rounded to the microsecond once; the hours between add a rounding of 1e-16 x
    // 480 h, so that single gaps may fall the other way.
    for (number, (one, other)) in zip(times, others).enumerated() {
      #expect((one - other).microseconds.magnitude <= UInt64(1 + number / 100))
    }
  }

  @Test func `arrivals are as many as the ceiling says, hour by hour`() throws {
    let multipliers = (0..<24).map { $0 % 4 == 0 ? 2.5 : 0.5 }
    let hours = multipliers.map { "\($0)" }.joined(separator: ",")
    let shaped = try ceiling("{arrivalsPerHour: 6, headroom: 1.5, byHour: [\(hours)]}")
    let days = 100
    var counts = [Int](repeating: 0, count: 24)
    for time in arrivals(shaped, days: Double(days), seed: 9) {
      counts[Int(time.microseconds / 3_600_000_000) % 24] += 1
    }
    for (hour, count) in counts.enumerated() {
      let expected = 9 * multipliers[hour] * Double(days)
      // Poisson: 4 standard deviations of √expected, for 24 hours.
      #expect(abs(Double(count) - expected) < 4 * expected.squareRoot(), "hour \(hour)")
    }
  }
}

struct ThinningTests {
  /// Jobs of 200 days under a demand that is multiplied from the first instant on.
  private func run(factor: Double, headroom: Double = 2) throws -> NetworkRun {
    try Scenario(
      text: """
        {horizonDays: 200, measureEveryDays: 200, cut: ["jobsToNodes"],
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: 1, activeAtStart: 1}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 1, headroom: \(headroom)}}},
         shocks: {level: {target: "demand", on: 0, factor: \(factor)}}}
        """
    ).finished()
  }

  @Test(arguments: [0.25, 1, 1.6]) func `thinning leaves the rate that state asks for`(
    factor: Double
  ) throws {
    let run = try run(factor: factor)
    let expected = 4800 * factor
    // Poisson: 4 standard deviations.
    #expect(abs(try run.measured("jobs_arrived") - expected) < 4 * expected.squareRoot())
    #expect(try run.measured("demand_clipped_share") == 0)
    #expect(run.warnings.isEmpty)
  }

  @Test func `a rate for each node counts the nodes of every operator that is there`() throws {
    let run = try Scenario(
      text: """
        {horizonDays: 100, measureEveryDays: 100, cut: ["jobsToNodes"],
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: 3, activeAtStart: 2,
           nodesPerOperator: {rule: "fixed", value: 5}}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHourPerNode: 0.1}}}}
        """
    ).finished()
    #expect(run.state.openingNodes == 10)
    // A job an hour; Poisson: 4 standard deviations of √2400.
    #expect(abs(try run.measured("jobs_arrived") - 2400) < 196)
  }

  @Test func `demand above the ceiling is counted and warned about`() throws {
    let run = try run(factor: 2.5)
    // Half a job in two and a half is missing.
    #expect(abs(try run.measured("demand_clipped_share") - 0.2) < 1e-12)
    #expect(
      run.warnings == [
        """
        20.0 % of demand was above the ceiling and is missing: raise headroom of the demand classes
        """
      ])
  }
}
