import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func condition(_ text: String) throws -> ShockCondition {
  try read(text, ShockCondition.init(reading:))
}

/// What a watch says to daily values; a shock that begins is on from the next day on, and one that
/// ends is over by then.
private func moves(_ values: [Double], _ text: String, endsWhenBack: Bool) throws -> String {
  let condition = try condition(text)
  var watch = ShockWatch()
  var isOn = false
  return values.enumerated().map { day, value in
    let now = SimTime.days(Double(day))
    let move = watch.look(
      value, at: now, condition, isOn: isOn, endsWhenBack: endsWhenBack, isLucky: { _ in true })
    switch move {
    case .wait: return "."
    case .begin:
      isOn = true
      return "b"
    case .end:
      isOn = false
      watch.end(at: now, restingFor: condition.coolDown)
      return "e"
    }
  }.joined()
}

struct ShockWatchTests {
  @Test func `a shock ends, and is ready again, only at the level of the way back`() throws {
    let text = "{measure: 'token_price_usd', below: 0.5, until: 0.7, times: 9}"
    #expect(
      try moves([1, 0.5, 0.4, 0.6, 0.4, 0.7, 0.6, 0.4, 0.3, 1], text, endsWhenBack: true)
        == "..b..e.b.e")
  }

  @Test func `above is the mirror of below`() throws {
    let text = "{measure: 'token_price_usd', above: 2, until: 1, times: 9}"
    #expect(try moves([1, 2, 3, 2, 1, 1.5, 2.5], text, endsWhenBack: true) == "..b.e.b")
  }

  @Test func `the measure must stay across for the days asked for, and be known`() throws {
    let text = "{measure: 'token_price_usd', below: 0.5, forDays: 2}"
    #expect(
      try moves([0.4, 0.4, 0.6, 0.4, .nan, 0.4, 0.4, 0.4], text, endsWhenBack: false) == ".......b")
  }

  @Test func `it begins as often as the scenario says, and not while it rests`() throws {
    let text = "{measure: 'token_price_usd', below: 0.5, until: 0.5, times: 2, coolDownDays: 3}"
    #expect(
      try moves([0, 1, 0, 1, 0, 1, 0, 1, 0], text, endsWhenBack: true) == "be..be...")
  }
}

struct ConditionShockTests {
  /// Tariff factor at noon of each of ten days. No job arrives in days 3 to 5 and day 8.
  private func factors(
    _ condition: String, _ rest: String = "", below level: Int = 1, setting settings: [String] = []
  ) throws -> [Double] {
    let scenario = try SmallNetwork.scenario(
      [
        """
        shocks={away: {target: 'demand', on: 2, lastingDays: 3, factor: 0}, \
        again: {target: 'demand', on: 7, lastingDays: 1, factor: 0}, \
        dear: {target: 'electricity', factor: 3\(rest), \
        when: {measure: 'jobs_arrived', below: \(level)\(condition)}}}
        """
      ] + settings)
    var run = scenario.run()
    return try (0..<10).map { day in
      try run.run(until: .days(Double(day) + 0.5))
      return run.state.electricityFactor
    }
  }

  @Test func `a shock begins after the measurement that sees the measure across`() throws {
    #expect(try factors("") == [1, 1, 1, 3, 3, 3, 3, 3, 3, 3])
    #expect(try factors(", until: 3") == [1, 1, 1, 3, 3, 3, 1, 1, 1, 1])
    #expect(try factors(", until: 3, times: 2") == [1, 1, 1, 3, 3, 3, 1, 1, 3, 1])
    #expect(try factors(", forDays: 2") == [1, 1, 1, 1, 1, 3, 3, 3, 3, 3])
    #expect(try factors(", delayDays: 1.2") == [1, 1, 1, 1, 3, 3, 3, 3, 3, 3])
    #expect(try factors("", ", lastingDays: 1.2") == [1, 1, 1, 3, 1, 1, 1, 1, 1, 1])
    #expect(
      try factors(", times: 2", ", lastingDays: 1.2") == [1, 1, 1, 3, 1, 1, 1, 1, 3, 1])
    #expect(
      try factors(", times: 2, coolDownDays: 4", ", lastingDays: 1.2")
        == [1, 1, 1, 3, 1, 1, 1, 1, 1, 1])
    #expect(try factors(", probability: 0") == Array(repeating: 1, count: 10))
  }

  @Test func `one number scales the shocks on dates and on conditions alike`() throws {
    let half = try factors("", setting: ["shockIntensity=0.5", "shocks.dear.intensity=0.5"])
    // Half of the demand shocks leaves jobs, so that nothing sets the other off.
    #expect(half == Array(repeating: 1, count: 10))
    let alone = try factors(
      "", below: 100, setting: ["shockIntensity=0.5", "shocks.dear.intensity=0.5"])
    #expect(alone == [1] + Array(repeating: 1.5, count: 9))
  }

  @Test func `a crossing is drawn for once, and its luck is the replicate's`() throws {
    let scenario = try SmallNetwork.scenario([
      "shocks={a: {target: 'cloudPrice', factor: 2, "
        + "when: {measure: 'active_nodes', above: 0, probability: 0.3}}}"
    ])
    let begun = try (1...100).filter { replicate in
      var run = scenario.run(replicate: UInt32(replicate))
      try run.run(until: .days(4))
      return run.state.cloudFactor == 2
    }
    // Binomial with deviation 4.6; drawn anew each day, three out of four would have begun.
    #expect(abs(begun.count - 30) < 15)
  }

  @Test func `a sale is over at once and may come again`() throws {
    let run = try SmallNetwork.scenario([
      """
      shocks={away: {target: 'demand', on: 2, lastingDays: 3, factor: 0}, \
      again: {target: 'demand', on: 7, lastingDays: 1, factor: 0}, \
      sale: {target: 'sale', share: 0.01, when: {measure: 'jobs_arrived', below: 1, times: 9}}}
      """, "horizonDays=12",
    ]).finished()
    let begun = run.events.byKind.first { $0.name == "shockOn" }?.count
    #expect(begun == 4)
  }

  @Test func `a condition that is never met leaves every byte as it was`() throws {
    let fall = "fall: {target: 'demand', on: 3, factor: 0.5}"
    let never =
      "never: {target: 'sale', share: 1, when: {measure: 'active_nodes', below: -1}}"
    var plain = try SmallNetwork.scenario(["horizonDays=12", "shocks={\(fall)}"]).finished()
    var watched = try SmallNetwork.scenario([
      "horizonDays=12", "shocks={\(never), \(fall)}",
    ]).finished()
    func bits(_ run: inout NetworkRun) -> [[UInt64]] {
      run.takeSeries().map { $0.values.map(\.bits) }
    }
    #expect(bits(&plain) == bits(&watched))
  }

  @Test func `shocks that cannot be meant are refused`() throws {
    func wrong(_ text: String) throws -> [String] {
      try complaints(about: text) { Shock(name: "test", reading: &$0) }
    }
    let shock = "{target: 'demand', factor: 0.5"
    #expect(try wrong(shock + "}") == ["expected either on or when, found neither"])
    #expect(
      try wrong(shock + ", on: 3, when: {measure: 'active_nodes', below: 3}}")
        == ["expected either on or when, found both"])
    #expect(
      try wrong(shock + ", when: {measure: 'active_node', below: 3, above: 2}}") == [
        "expected the name of a measure, found \"active_node\"",
        "expected either below or above, found both",
      ])
    #expect(
      try wrong(shock + ", when: {measure: 'active_nodes'}}")
        == ["expected either below or above, found neither"])
    #expect(
      try wrong(shock + ", when: {measure: 'active_nodes', below: 3, until: 2}}")
        == ["expected a level not below 3, where the measure is back, found 2"])
    #expect(
      try wrong(shock + ", when: {measure: 'active_nodes', above: 3, until: 4}}")
        == ["expected a level not above 3, where the measure is back, found 4"])
    #expect(
      try wrong(shock + ", when: {measure: 'active_nodes', above: 3, times: 2}}")
        == ["expected an end, since it begins up to 2 times, found a shock that stays"])
  }
}
