import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private let steady = """
  jobs: {arrivalsPerHour: 2, sizeHours: {rule: "exponential", mean: 3}, hardware: ["gpu"]}
  """

private func second(_ contract: String) -> String {
  """
  \(steady), second: {arrivalsPerHour: 2, sizeHours: {rule: "exponential", mean: 2},
    hardware: ["gpu"], contract: \(contract)}
  """
}

struct SpotContractTests {
  @Test func `other classes do not notice spot jobs`() throws {
    let alone = try PlainNetwork.scenario(classes: steady).finished()
    let beside = try PlainNetwork.scenario(classes: second("'spot'")).finished()
    #expect(try beside.measured("preemptions") > 100)
    #expect(try beside.measured("preemptions") == beside.measured("restarts"))
    for measure in ["served_gpu_hours", "useful_gpu_hour_cost_usd"] {
      #expect(
        alone.measured(measure, of: "jobs") == beside.measured(measure, of: "jobs"), "\(measure)")
    }
    // A spot job pays half for the attempt that finished, and nothing for those that were lost.
    let served = beside.measured("served_gpu_hours", of: "second")
    #expect(served > 0)
    // Each job's price is rounded to a micro-dollar.
    #expect(abs(beside.measured("useful_gpu_hour_cost_usd", of: "second") - 0.25) < 1e-4)
  }

  @Test func `spot jobs use what is idle`() throws {
    let beside = try PlainNetwork.scenario(classes: second("{rule: 'spot', discount: 0.7}"))
      .finished()
    let alone = try PlainNetwork.scenario(classes: steady).finished()
    #expect(try beside.measured("utilisation") > alone.measured("utilisation") + 0.1)
    #expect(try beside.measured("demand_gpu_hours") > 1.5 * alone.measured("demand_gpu_hours"))
  }

  @Test func `the books balance through sessions, failures and preemptions`() throws {
    let run = try SmallNetwork.scenario([
      "demand.classes.train.contract={rule: \"spot\"}", "demand.classes.train.arrivalsPerHour=0.5",
      "demand.classes.render.arrivalsPerHour=2",
    ]).finished()
    #expect(try run.measured("preemptions") > 0)
    // Every node that serves a spot job is known, and no other.
    let listed = run.state.contracts.spotNodes.slots.flatMap { $0 }.map(Int.init).sorted()
    let serving = run.state.nodes.indices.filter { node in
      run.state.nodes[node].state == .serving
        && run.state.jobs[Int(run.state.nodes[node].link)].kind == 1
    }
    #expect(listed == serving)
  }
}

struct ReservedContractTests {
  @Test func `nodes set aside are kept free, used or not`() throws {
    let run = try PlainNetwork.scenario(
      classes: second("{rule: 'reserved', nodes: 10, discount: 0.4, from: 10, termDays: 10}")
    ).finished()
    // 10 nodes x 240 h x 0.5 x 0.6.
    #expect(abs(try run.measured("reservation_fees_usd") - 720) < 1e-3)
    var rows = run
    let spent = try rows.takeSeries().column("user_spend_usd").dropFirst()
    // Within the term nobody else starts; what runs at its beginning ends soon.
    #expect(spent.dropFirst(14).prefix(5).allSatisfy { abs($0 - 72) < 8 })
    // Whoever waited for the end of the term starts with it: no node is idle while a job waits.
    var during = try PlainNetwork.scenario(
      classes: second("{rule: 'reserved', nodes: 10, discount: 0.4, from: 10, termDays: 10}")
    ).run()
    try during.run(until: .days(19.9))
    #expect(during.state.gauges.queuedJobs.level > 300)
    try during.run(until: .days(20))
    #expect(during.state.gauges.queuedJobs.level > 300 && during.state.idle.count(of: 0) == 0)
    let paid = run.moved(.jobPayment)
    #expect(paid == microdollars(try run.measured("user_spend_usd")))
  }

  @Test func `jobs above the nodes set aside pay as others do`() throws {
    let run = try PlainNetwork.scenario(
      classes: "second: {arrivalsPerHour: 4, sizeHours: {rule: 'exponential', mean: 2}, "
        + "hardware: ['gpu'], contract: {rule: 'reserved', nodes: 2}}"
    ).finished()
    let fees = try run.measured("reservation_fees_usd")
    let spent = try run.measured("user_spend_usd")
    #expect(abs(fees - 2 * 720 * 0.3) < 1e-3)
    let list = try run.measured("served_gpu_hours") * 0.5
    // Eight nodes are busy on average, two of them covered, a little less when few jobs run.
    #expect(spent - fees > 0.70 * list && spent - fees < 0.80 * list)
  }

  @Test func `the books balance where nodes come and go`() throws {
    let run = try SmallNetwork.scenario([
      "demand.classes.train.contract={rule: \"reserved\", nodes: 2}"
    ]).finished()
    #expect(try run.measured("reservation_fees_usd") > 0)
    #expect(run.state.users[1].running >= 0)
    let covered = run.state.nodes.indices.filter { run.state.contracts.isCovered[$0] }
    #expect(run.state.users[1].running == covered.count)
    for node in covered {
      #expect(run.state.nodes[node].state == .serving)
      let job = run.state.jobs[Int(run.state.nodes[node].link)]
      #expect(job.kind == 1 && job.deposit == 0)
    }
  }
}

struct PrepaidContractTests {
  private func run(_ refundShare: Double) throws -> NetworkRun {
    try PlainNetwork.scenario(
      classes: "jobs: {arrivalsPerHour: 1, sizeHours: {rule: 'exponential', mean: 2}, "
        + "hardware: ['gpu'], contract: {rule: 'prepaid', discount: 0.2, termDays: 8, "
        + "creditsUSDPerTerm: 300, refundShare: \(refundShare)}}"
    ).finished()
  }

  @Test func `credits are used, refunded, lost or left`() throws {
    let run = try run(0.25)
    // Terms begin on days 0, 8, 16 and 24; about 154 USD of each 300 are used.
    #expect(run.moved(.creditPurchase) == 1_200_000_000)
    #expect(run.moved(.escrowDeposit) == 0)
    let (refunded, lost) = (run.moved(.refund), run.moved(.breakage))
    #expect(abs(Double(refunded) / Double(refunded + lost) - 0.25) < 1e-6)
    #expect(microdollars(try run.measured("breakage_usd")) == lost)
    let left = run.state.users[0].credits
    #expect(left == run.state.contracts.credits && left > 0)
    #expect(microdollars(try run.measured("prepaid_credits_usd")) == left)
    let used = run.moved(.jobPayment) + run.state.jobs.deposits
    #expect(used + refunded + lost + left == 1_200_000_000)
    // An hour costs 0.5 x 0.8.
    let served = try run.measured("served_gpu_hours")
    #expect(abs(try run.measured("user_spend_usd") / served - 0.4) < 1e-4)
  }

  @Test func `what expires is the treasury's, and part of what users paid`() throws {
    let run = try run(0)
    let lost = run.moved(.breakage)
    #expect(run.state.ledger.balance(.dollars, of: .treasury) == lost && lost > 0)
    let paid = try run.measured("user_spend_usd") + run.measured("breakage_usd")
    let served = try run.measured("served_gpu_hours")
    #expect(abs(run.measured("useful_gpu_hour_cost_usd", of: "jobs") - paid / served) < 1e-3)
  }

  @Test func `a job that credits do not cover is paid from the purse`() throws {
    let run = try PlainNetwork.scenario(
      classes: "jobs: {arrivalsPerHour: 1, hardware: ['gpu'], "
        + "contract: {rule: 'prepaid', termDays: 100, creditsUSDPerTerm: 10}}"
    ).finished()
    #expect(run.moved(.creditPurchase) == 10_000_000)
    #expect(run.moved(.escrowDeposit) > 200_000_000)
    #expect(run.state.users[0].credits < 450_000)
  }

  @Test func `what a lost attempt cost comes back as credit`() throws {
    let run = try SmallNetwork.scenario([
      "demand.classes.render.contract={rule: \"prepaid\", creditsUSDPerTerm: 50, termDays: 5}"
    ]).finished()
    #expect(try run.measured("restarts") > 0)
    #expect(run.state.contracts.credits > 0)
  }
}

struct ContractAmendmentTests {
  @Test func `a contract of another kind cannot be amended, its terms can`() throws {
    func scenario(_ change: String) throws -> Scenario {
      try SmallNetwork.scenario([
        "demand.classes.train.contract={rule: \"spot\"}",
        "amendments={vote: {on: 6, set: {'demand.classes.train.contract': \(change)}}}",
      ])
    }
    #expect(
      try scenario("{rule: 'spot', discount: 0.9}").finished().state.users[1].priceFactor < 0.11)
    let error = #expect(throws: ScenarioError.self) { _ = try scenario("'onDemand'") }
    #expect(
      error?.description.contains(
        "expected an amendment that leaves demand.classes.train.contract as it is") == true)
  }
}
