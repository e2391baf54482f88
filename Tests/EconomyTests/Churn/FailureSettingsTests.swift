import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private let luck = Luck(seed: 11, replicate: 1)

private func failure(_ text: String) throws -> FailureSettings {
  try read(text) { FailureSettings(reading: &$0) }
}

struct AgeingTests {
  @Test func `a life given its age follows the Weibull law from that age on`() throws {
    let ageing = try read("{}") { Ageing(reading: &$0) }
    for age in [0, 0.5, 7.1, 40] {
      for load in [0.01, 0.5, 1, 4] {
        let years = ageing.years(from: age, load: load)
        // The integral of the hazard from the age over these years is the load.
        func integral(_ age: Double) -> Double { Elementary.pow(age / 7.1, 2.64) }
        #expect(abs(integral(age + years) - integral(age) - load) < 1e-9 * (1 + integral(age)))
      }
    }
    // New and with a load of 1 it is the scale; the hazard is the derivative of the integral.
    #expect(abs(ageing.years(from: 0, load: 1) - 7.1) < 1e-12)
    let slope = (Elementary.pow(5.001 / 7.1, 2.64) - Elementary.pow(4.999 / 7.1, 2.64)) / 0.002
    #expect(abs(ageing.hazard(age: 5) - slope) < 1e-6)
  }

  @Test func `shape one forgets the age, and below one the young fail`() throws {
    let constant = try read("{shape: 1, scaleYears: 2}") { Ageing(reading: &$0) }
    #expect(abs(constant.years(from: 9, load: 0.5) - 1) < 1e-12)
    let young = try read("{shape: 0.5, scaleYears: 2}") { Ageing(reading: &$0) }
    #expect(young.years(from: 1, load: 0.5) > young.years(from: 0, load: 0.5))
    #expect(young.hazard(age: 0) == .infinity)
  }
}

struct FailureSettingsTests {
  @Test func `without more a life is the draw that it always was`() throws {
    let settings = try failure("{perYear: 3}")
    for number: UInt32 in 0..<5 {
      var stream = luck.stream(.failure, entity: 77, index: number)
      let years = -Elementary.log(stream.uniform()) / 3
      #expect(settings.yearsUntilNext(of: 77, number: number, age: 4, luck) == years)
      #expect(settings.repair(of: 77, number: number, age: 4, luck) == 0)
    }
  }

  @Test func `lemons are a share of the nodes and have a multiple of the hazard`() throws {
    let plain = try failure("{perYear: 3, ageing: {}}")
    let mixed = try failure("{perYear: 3, ageing: {}, lemons: {multiple: 20}}")
    var lemons = 0
    for node: UInt64 in 0..<20_000 {
      let years = plain.yearsUntilNext(of: node, number: 0, age: 0, luck)
      let those = mixed.yearsUntilNext(of: node, number: 0, age: 0, luck)
      if those != years {
        lemons += 1
        #expect(those < years)
      }
    }
    // Binomial of 20,000 at 0.012: four standard errors.
    #expect(abs(Double(lemons) - 240) < 4 * (240 * 0.988).squareRoot())
  }

  @Test func `kinds of repair come by their weights, restarts by their share of the hazard`() throws
  {
    let settings = try failure(
      """
      {perYear: 2, transientPerYear: 3, ageing: {shape: 2, scaleYears: 1},
       repairs: {software: {weight: 1}, swap: {weight: 2}, home: {weight: 5}}}
      """)
    let count = 20_000
    var kinds = [UInt8: Int]()
    for node in 0..<count {
      kinds[settings.repair(of: UInt64(node), number: 1, age: 2.5, luck), default: 0] += 1
    }
    // At 2.5 years the hazard of age is 2 x 2.5 = 5: transient errors are 3 of 10.
    let shares: [(UInt8, Double)] = [(.max, 0.3), (0, 0.7 / 8), (1, 1.4 / 8), (2, 3.5 / 8)]
    for (kind, share) in shares {
      let found = Double(kinds[kind] ?? 0) / Double(count)
      #expect(abs(found - share) < 4 * (share * (1 - share) / Double(count)).squareRoot())
    }
    #expect(settings.isTransient(.max) && !settings[.max].takesCrew)
    #expect(settings.repairs.map(\.renews) == [false, true, false])
    #expect(settings.repairs.map(\.takesCrew) == [false, true, false])
    // An amendment may leave fewer kinds than a machine in the line was told of.
    #expect(try failure("{perYear: 1}")[2].takesCrew)
  }

  @Test func `software repairs have the mean and the median of model-facts 1_3`() throws {
    let law = try failure("{perYear: 1, repairs: {}}").repairs[0].hours
    // 2.2 h from a median of 0.5 h, sigma to four digits.
    #expect(abs(law.mean - 2.2) < 0.001)
  }

  @Test func `what cannot be is refused`() throws {
    #expect(
      try complaints(
        about: "{perYear: 1, repairHours: {rule: 'fixed', value: 1}, repairs: {}}"
      ) { FailureSettings(reading: &$0) } == [
        "expected either repairHours or repairs, found both"
      ])
    #expect(
      try complaints(
        about: "{perYear: 1, repairs: {software: {weight: 0}, swap: {weight: 0}}}"
      ) { FailureSettings(reading: &$0) } == [
        "expected a weight above 0 for one of software, swap, home, found none"
      ])
    #expect(
      try complaints(about: "{perYear: 1, lemons: {share: 1.2}}") {
        FailureSettings(reading: &$0)
      } == ["expected a number from 0 to 1, found 1.2"])
  }
}

/// Nodes that break, in a network.
struct FailureRunTests {
  private func run(_ failure: String, days: Int = 400, nodes: Int = 300) throws -> NetworkRun {
    try Scenario(
      text: """
        {horizonDays: \(days), epochHours: 240, measureEveryDays: 10,
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: \(nodes), activeAtStart: \(nodes),
           churn: {failure: \(failure)}}}},
         demand: {classes: {}}}
        """
    ).finished()
  }

  @Test func `with failures at rate zero nothing restarts and nothing differs`() throws {
    func series(_ churn: String) throws -> [[UInt64]] {
      var run = try SmallNetwork.scenario([
        "operators.types.home.churn=\(churn)", "operators.types.home.decisions=none",
      ]).finished()
      #expect(try run.measured("restarts") == 0)
      return run.takeSeries().map { $0.values.map(\.bits) }
    }
    let none = try series("none")
    #expect(try series("{failure: {perYear: 0, lemons: {share: 1}}}") == none)
    #expect(try series("{drain: {plannedShare: 1}, failure: {perYear: 0, repairs: {}}}") == none)
  }

  @Test func `a swapped machine is new, a mended one is as old as it was`() throws {
    let ageing = "perYear: 0, ageing: {shape: 4, scaleYears: 0.5}"
    let swapped = try run(
      """
      {\(ageing), repairs: {software: {weight: 0}, swap: {weight: 1,
        hours: {rule: "fixed", value: 0}}}}
      """)
    let mended = try run("{\(ageing), repairHours: {rule: 'fixed', value: 0}}")
    // New after each failure: a renewal process with mean 0.5 Γ(1.25) years. Mended: the integral of
    // the hazard, (age/0.5)^4. Machines are up to two years old at the start.
    let horizon = 400 / 365.0
    let ages = mended.state.operators.age
    let expected = ages.reduce(0.0) { sum, age in
      sum + Elementary.pow((age + horizon) / 0.5, 4) - Elementary.pow(age / 0.5, 4)
    }
    let failures = try mended.measured("node_failures")
    // A Poisson count: four standard errors.
    #expect(abs(failures - expected) < 4 * expected.squareRoot())
    // At most one failure for the old machine, then a renewal count: elementary bounds of its mean
    // m(t) ≤ t/μ + σ²/μ² + 1 and m(t) ≥ t/μ - 1 (Lorden 1970).
    let mean = 0.5 * Elementary.gamma(1.25)
    let count = try swapped.measured("node_failures") / 300
    #expect(count < horizon / mean + 1 + 0.08 && count > horizon / mean - 1)
  }

  @Test func `time broken is the repairs' time, and restarts need no crew`() throws {
    let run = try run(
      """
      {perYear: 20, transientPerYear: 20, restartHours: {rule: "fixed", value: 1},
       repairHours: {rule: "fixed", value: 9}}
      """, days: 100, nodes: 100)
    let failures = try run.measured("node_failures")
    let restarts = try run.measured("transient_errors")
    let hours = try run.measured("mttr_hours") * failures
    // Repairs that are not over at the horizon are missing, at most 9 h for each broken node.
    let broken = Double(run.state.nodes.count { $0.state == .failed })
    let whole = restarts + 9 * (failures - restarts)
    #expect(hours <= whole + 1e-6 && hours >= whole - 9 * broken)
    #expect(try run.measured("repair_share") == 1)
    // Half of them, binomial: four standard errors.
    #expect(abs(restarts / failures - 0.5) < 4 * (0.25 / failures).squareRoot())
  }
}
