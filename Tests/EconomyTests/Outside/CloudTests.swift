import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private let clouds = """
  clouds: {
    dear: {offers: {any: {priceUSDPerGPUHour: 2}}},
    slow: {offers: {gpu: {priceUSDPerGPUHour: 1}, other: {priceUSDPerGPUHour: 0.1}},
      waitingHours: 3},
    none: {offers: {other: {priceUSDPerGPUHour: 0.1}}},
  }
  """

private func jobs(_ keys: String) -> String {
  """
  jobs: {arrivalsPerHour: 2, sizeHours: {rule: "lognormal", median: 3, sigma: 0.7},
    hardware: ["gpu"]\(keys.isEmpty ? "" : ", " + keys)}
  """
}

private func run(_ keys: String, others: String = "", days: Int = 30) throws -> NetworkRun {
  try PlainNetwork.scenario(
    days: days, nodes: 20, classes: jobs(keys),
    others: clouds + (others.isEmpty ? "" : ", " + others)
  ).finished()
}

struct CloudTests {
  @Test func `users compare prices and waits, and forget what cannot do their work`() throws {
    func option(_ timeValue: Double) throws -> OutsideView? {
      try run("clouds: ['dear', 'slow'], timeValueUSDPerHour: \(timeValue)", days: 1)
        .state.users[0].outside
    }
    let cheap = try #require(try option(0))
    #expect(cheap.option == 1 && cheap.price == 1 && cheap.there == 1 && cheap.waiting == 3)
    // Jobs of 3.83 h on average: a wait of 3 h at 2 USD/h makes the slow cloud dearer.
    let dear = try #require(try option(2))
    #expect(dear.option == 0 && dear.there == 2)
    let mean = 3 * Elementary.exp(0.245)
    let between = try #require(try option(1))
    #expect(between.option == 1 && abs(between.there - (1 + 3 / mean)) < 1e-12)
  }

  @Test func `the network loses exactly the jobs that clouds serve`() throws {
    let alone = try run("")
    let beside = try run("clouds: ['slow'], switching: {rule: 'taste', discountWanted: 0.5}")
    let (here, there) = (
      try beside.measured("demand_gpu_hours"), try beside.measured("cloud_served_gpu_hours")
    )
    // Half of the users want a discount of more than half.
    #expect(abs(try beside.measured("priced_out_share") - 0.5) < 0.06)
    let whole = try alone.measured("demand_gpu_hours")
    #expect(abs(here + there - whole) < 1e-9 * whole)
    #expect(microdollars(try beside.measured("cloud_spend_usd")) == beside.moved(.cloudBill))
    #expect(abs(try beside.measured("cloud_spend_usd") - there) < 1e-3)
  }

  @Test func `the older form of one cloud is the same as a cloud of the list`() throws {
    let older = try run("cloud: {priceUSDPerGPUHour: 1, waitingHours: 3, discountWanted: 0.3}")
    let newer = try run("clouds: ['slow']")
    // What goes there is drawn for the one and counted by the mean for the other.
    let bills: Set = ["cloud_served_gpu_hours", "cloud_spend_usd", "users_bill_usd_per_gpu_hour"]
    for measure in Measure.all where !bills.contains(measure.name) {
      #expect(
        try older.measured(measure.name).bits == newer.measured(measure.name).bits,
        "\(measure.name)")
    }
    let hours = try (
      older.measured("cloud_served_gpu_hours"), newer.measured("cloud_served_gpu_hours")
    )
    // Some 500 requests whose work varies by √(e^0.49 - 1) = 0.80: 4 standard errors.
    #expect(abs(hours.0 / hours.1 - 1) < 0.15)
  }

  @Test func `a request that a cloud does not serve comes here or waits`() throws {
    func run(_ unservedHours: Double, _ timeValue: Double) throws -> NetworkRun {
      try PlainNetwork.scenario(
        nodes: 20,
        classes: jobs(
          "clouds: ['big'], timeValueUSDPerHour: \(timeValue), "
            + "switching: {rule: 'taste', discountWanted: 0.6, spread: 0}"),
        others: """
          clouds: {big: {offers: {any: {priceUSDPerGPUHour: 0.4}}, availability: 0.25,
            unservedWaitingHours: \(unservedHours)}}
          """
      ).finished()
    }
    // The network asks 0.5, the cloud 0.4: everybody goes there first.
    let waits = try run(100, 0)
    #expect(try waits.measured("jobs_arrived") == 0)
    // Binomial over 1,440 requests: 4 standard deviations.
    #expect(abs(try waits.measured("cloud_unserved_share") - 0.75) < 0.046)
    let spills = try run(100, 1)
    #expect(abs(try spills.measured("jobs_arrived") / 1440 - 0.75) < 0.12)
    #expect(try spills.measured("priced_out_share") > 0.2)
    #expect(spills.state.users[0].outside?.waiting == 75)
  }

  @Test func `a shortage holds between its days, and a shock as long as it is on`() throws {
    let dated = """
      clouds: {big: {offers: {any: {priceUSDPerGPUHour: 0.4}},
        shortages: {run: {from: 10, lastingDays: 10, availability: 0}}}}
      """
    let shocked = """
      clouds: {big: {offers: {any: {priceUSDPerGPUHour: 0.4}}, unservedWaitingHours: 168}},
      shocks: {run: {target: "cloudShortage", on: 10, lastingDays: 10, factor: 0}}
      """
    var columns: [[Double]] = []
    for others in [dated, shocked] {
      var run = try PlainNetwork.scenario(
        nodes: 20,
        classes: jobs(
          "clouds: ['big'], timeValueUSDPerHour: 1, "
            + "switching: {rule: 'taste', discountWanted: 0.6, spread: 0}"), others: others
      ).finished()
      columns.append(Array(try run.takeSeries().column("jobs_arrived").dropFirst()))
    }
    #expect(columns[0] == columns[1])
    for (day, jobs) in columns[0].enumerated() { #expect((jobs > 0) == (10..<20).contains(day)) }
  }

  @Test func `prices of a date hold from the settlement of that day on`() throws {
    let run = try PlainNetwork.scenario(
      days: 20, nodes: 20, classes: jobs("clouds: ['big']"),
      others: """
        clouds: {big: {offers: {any: {priceUSDPerGPUHour: 1, changes: [
          {from: "2025-01-11", priceUSDPerGPUHour: 0.2}]}}}}
        """
    ).run()
    var (before, after) = (run, run)
    try before.run(until: .days(9.9))
    try after.run(until: .days(10))
    #expect(before.state.users[0].outside?.price == 1)
    #expect(after.state.users[0].outside?.price == 0.2)
  }

  @Test func `a name that no cloud has, and a cloud without use, are refused`() {
    let said = PlainNetwork.refusal(classes: jobs("clouds: ['elsewhere', 'none']"), others: clouds)
    #expect(
      said.contains("demand.classes.jobs.clouds: expected names of clouds, found \"elsewhere\"\n"))
    #expect(said.contains("  help: one of dear, slow, none\n"))
    #expect(
      said.contains(
        "expected clouds that offer \"gpu\", or \"any\", found \"none\", which offers \"other\"\n"))
    #expect(
      said.contains(
        "help: add an offer under clouds.none.offers, with its speed where it is another GPU\n"))
  }
}

struct SwitchingTests {
  @Test func `hybrid users split by relative cost`() throws {
    let rule = try read("{movableShare: 0.6, discountWanted: 0.25, exponent: 2}") {
      SplitSwitching(reading: &$0)
    }
    // Half of what may move at a quarter below; 1 / (1 + 2²) at twice that.
    #expect(abs(rule.networkShare(cost: 0.75, there: 1) - 0.3) < 1e-15)
    #expect(abs(rule.networkShare(cost: 1.5, there: 1) - 0.12) < 1e-15)
    #expect(rule.networkShare(cost: 0, there: 1) == 0.6)
  }

  @Test func `their share of the work comes`() throws {
    let hybrid = try run(
      "clouds: ['slow'], switching: {rule: 'split', movableShare: 0.6, discountWanted: 0.5}")
    let (here, there) = (
      try hybrid.measured("jobs_arrived"), try hybrid.measured("priced_out_share")
    )
    // The network costs half of the cloud: half of 60 %. Binomial, 4 standard deviations of 1,440.
    #expect(abs(there - 0.7) < 0.05 && abs(here - 432) < 90)
    // 30 % of the hours at 0.5, the others at 1 USD.
    #expect(abs(try hybrid.measured("users_bill_usd_per_gpu_hour") - 0.85) < 0.03)
  }

  @Test func `switching without a cloud is doubted`() throws {
    let scenario = try PlainNetwork.scenario(classes: jobs("switching: 'split'"))
    #expect(
      scenario.warnings.map(\.message) == [
        "expected cloud or clouds beside it, found neither"
      ])
  }
}
