import Kernel
import Testing

@testable import Economy

private func law(_ text: String) throws -> ArrivalLaw {
  try rule(text, from: ArrivalLaw.choices)
}

struct ArrivalLawTests {
  @Test(
    arguments: [
      // 1/k, and Γ(1 + 2/k)/Γ(1 + 1/k)² - 1 with Γ(3) = 2 and Γ(5) = 24 for k = 1/2.
      ("'poisson'", 1.0), ("{rule: 'gamma', shape: 0.23}", 1 / 0.23), ("'gamma'", 1 / 0.87),
      ("{rule: 'weibull', shape: 0.5}", 5.0), ("{rule: 'weibull', shape: 1}", 1.0),
    ] as [(String, Double)]) func `every law has a mean load of one job, and the variance it says`(
      text: String, variance: Double
    ) throws
  {
    let law = try law(text)
    #expect(abs(law.variance - variance) < 1e-9)
    var sum = 0.0
    let count = 40_000
    for seed in 0..<count {
      var stream = testStream(seed)
      sum += law.load(using: &stream)
    }
    // 4 standard errors of the mean.
    #expect(abs(sum / Double(count) - 1) < 4 * (variance / Double(count)).squareRoot())
  }

  private func run(_ arrivals: String, factor: Double = 1) throws -> NetworkRun {
    try PlainNetwork.scenario(
      days: 200, nodes: 1,
      classes: "jobs: {arrivalsPerHour: 5, arrivals: \(arrivals), hardware: ['gpu']}",
      others: "measureEveryDays: 200, cut: ['jobsToNodes'], "
        + "shocks: {level: {target: 'demand', on: 0, factor: \(factor)}}"
    ).finished()
  }

  @Test(arguments: [1.0, 2.0]) func `thinning leaves the burstiness that theory says`(
    factor: Double
  ) throws {
    let run = try run("{rule: 'gamma', shape: 0.23}", factor: factor)
    // Headroom 2: a share of factor/2 comes, and 1 + p (1/k - 1) is left.
    let left = 1 + factor / 2 * (1 / 0.23 - 1)
    // 24,000 jobs or more. Fourth moments of a Gamma law of that variation give the mean square of
    // a gap a deviation of 14 (p = 1/2) and 36 (p = 1): 4 standard errors.
    let tolerance = 4 * (factor == 1 ? 14.0 : 36) / (24_000 * factor).squareRoot()
    #expect(abs(try run.measured("arrival_dispersion") - left) < tolerance)
    // Counts: variance of a renewal process is dispersion x mean over long times.
    let expected = 24_000 * factor
    #expect(
      abs(try run.measured("jobs_arrived") - expected) < 4 * (left * expected).squareRoot())
  }

  @Test func `independent arrivals are not measured`() throws {
    #expect(try run("'poisson'").measured("arrival_dispersion").isNaN)
  }

  @Test func `thinning leaves arrivals at their times`() throws {
    // What comes at half of the demand also comes at the whole of it.
    let half = try run("'weibull'", factor: 0.5)
    let whole = try run("'weibull'")
    #expect(half.state.users[0].nextArrival == whole.state.users[0].nextArrival)
    #expect(half.state.users[0].load == whole.state.users[0].load)
    #expect(try half.measured("jobs_arrived") < whole.measured("jobs_arrived"))
  }

  @Test func `bursts follow the shape of the day`() throws {
    let hours = (0..<24).map { $0 < 12 ? "2" : "0" }.joined(separator: ",")
    let run = try PlainNetwork.scenario(
      days: 20, nodes: 1,
      classes: """
        jobs: {arrivalsPerHour: 5, arrivals: {rule: 'gamma', shape: 0.23}, byHour: [\(hours)],
          hardware: ['gpu']}
        """, others: "measureEveryDays: 0.5, cut: ['jobsToNodes']"
    ).finished()
    var rows = run
    let arrived = try rows.takeSeries().column("jobs_arrived").dropFirst()
    for (half, jobs) in arrived.enumerated() { #expect((jobs > 0) == (half % 2 == 0)) }
  }

  @Test func `variants cannot have other arrivals under the same name`() {
    let said = PlainNetwork.refusal(
      classes: "jobs: {arrivalsPerHour: 5, hardware: ['gpu']}",
      others: "variants: {a: {}, b: {demand: {classes: {jobs: {arrivals: 'gamma'}}}}}")
    #expect(said.contains("variants.b.demand.classes.jobs.arrivals: expected the luck of a"))
  }
}
