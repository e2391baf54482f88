import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct RedundancyTests {
  @Test(arguments: [(copies: 1, saving: 0.45), (2, -0.1), (3, -0.65)])
  func `a discount of 45 % is worth what is left of it after the copies`(
    copies: Int, saving: Double
  ) throws {
    // 1 − (1 − d) k (model-facts §0).
    let run = try CheckedNetwork.scenario(
      hosts: 80, jobs: "cloud: {priceUSDPerGPUHour: \(1 / 0.55), discountWanted: 0, spread: 3}",
      "cut: ['costToDemand'], trust: {redundancy: {copies: \(copies)}}"
    ).finished()
    #expect(abs(try run.measured("cloud_discount") - saving) < 1e-6)
    let completed = try run.measured("jobs_completed")
    #expect(completed > 900)
    #expect(try run.measured("redundant_gpu_hours") == 2 * completed * Double(copies - 1))
  }

  @Test func `copies run with different operators`() throws {
    // Three operators with ten nodes each: of three copies none ever waits for its own kind's sake.
    var run = try CheckedNetwork.scenario(
      hosts: 3, host: "nodesPerOperator: {rule: 'fixed', value: 10}",
      "trust: {redundancy: {copies: 3, needed: 3}}"
    ).run()
    for day in 1...20 {
      try run.run(until: .days(Double(day)))
      for group in run.state.trust.groups where !group.isClosed {
        let owners = (0..<group.issued).map { group.owners[$0] }.filter { $0 >= 0 }
        #expect(Set(owners).count == owners.count)
      }
    }
    #expect(run.state.whole.jobsCompleted > 900)
  }

  @Test func `a copy waits rather than run beside another with its operator`() throws {
    // Two operators, and jobs that need both: one job at a time on each pair of nodes.
    let state = try CheckedNetwork.run(
      hosts: 2, host: "nodesPerOperator: {rule: 'fixed', value: 2}",
      jobs: "patienceHours: {rule: 'fixed', value: 1}",
      "trust: {redundancy: {copies: 2, needed: 2}}")
    #expect(state.whole.jobsAbandoned > 0 && state.whole.jobsCompleted > 0)
    #expect(
      state.whole.jobsArrived
        == state.whole.jobsCompleted + state.whole.jobsAbandoned
        + Double(state.trust.groups.count { !$0.isClosed }))
  }

  @Test func `only the classes that are named have copies`() throws {
    let train = "trust={redundancy: {copies: 2, classes: ['train']}}"
    let state = try SmallNetwork.scenario([train, "operators.types.site.activeAtStart=2"])
      .finished().state
    #expect(state.whole.classes[1].redundancyCost > 0)
    #expect(state.whole.classes[0].redundancyCost == 0)
    let complaint = try complaints(about: "{classes: ['nobody']}") {
      Redundancy(operators: 9, classes: ["a", "b"], reading: &$0)
    }
    #expect(complaint == ["expected names of demand.classes, found \"nobody\""])
  }

  @Test func `copy zero has the luck of the job that is alone`() {
    let identity = Identity.arrival(class: 3, number: 0x7FF_FFFF_FFFF)
    #expect(Identity.copy(0, of: identity) == identity)
    let copies = Set((0..<32).map { Identity.copy($0, of: identity) })
    #expect(copies.count == 32)
    #expect(copies.allSatisfy { $0 >> 56 == 3 })
  }

  @Test func `two that must agree leave no wrong result, and cost another when they do not`() throws
  {
    let state = try CheckedNetwork.run(
      host: "cheats: {rule: 'slips', jobsShare: 0.2}", "trust: {redundancy: {copies: 2, needed: 2}}"
    )
    #expect(state.whole.trust.wrongResults > 100)
    #expect(state.whole.trust.wrongAccepted == 0)
    // Every wrong result of a finished job is shown by the two that agree.
    #expect(state.whole.trust.faultsCaught > 0.95 * state.whole.trust.wrongResults)
    #expect(state.whole.trust.redundantHours > 2 * state.whole.jobsCompleted)
  }

  @Test func `cheats who collude can outvote`() throws {
    let state = try CheckedNetwork.run(
      host: "cheats: {rule: 'slips', jobsShare: 0.5}",
      "trust: {redundancy: {copies: 2, needed: 2, collusionShare: 1}}")
    // Of the first two, both are wrong in a quarter of the jobs; where they differ the third decides.
    let share = state.whole.trust.wrongAccepted / state.whole.jobsCompleted
    #expect(abs(share - 0.5) < 3 * (0.25 / state.whole.jobsCompleted).squareRoot())
  }

  @Test func `a referee settles what two disagree on, without a third`() throws {
    let state = try CheckedNetwork.run(
      host: "cheats: {rule: 'slips', jobsShare: 0.1}",
      """
      trust: {redundancy: {copies: 2, needed: 2}, disputes: {refereeShare: 0.05, paidBy: 'protocol'}}
      """)
    let trust = state.whole.trust
    #expect(trust.disputes > 50 && trust.wrongAccepted == 0)
    #expect(abs(trust.verificationUSD - 0.1 * trust.disputes) < 1e-6)
    #expect(trust.faultsCaught >= trust.disputes)
  }

  @Test func `copies that run on are paid in full, copies that are stopped for their time`() throws
  {
    let nodes = """
      churn: {sessionHours: {rule: 'exponential', mean: 6}, offlineHours: {rule: 'fixed', value: 1}}
      """
    let stopped = try CheckedNetwork.run(host: nodes, "trust: {redundancy: {copies: 2}}")
    let full = try CheckedNetwork.run(
      host: nodes, "trust: {redundancy: {copies: 2, rest: 'finish'}}")
    let alone = try CheckedNetwork.run(host: nodes)
    // Two copies are there sooner than one that loses its node.
    #expect(
      Double(stopped.whole.timeInSystem) / stopped.whole.jobsLeft
        < Double(alone.whole.timeInSystem) / alone.whole.jobsLeft)
    #expect(stopped.whole.userSpend > 1.5 * alone.whole.userSpend)
    #expect(full.whole.userSpend > stopped.whole.userSpend)
  }

  @Test func `the protocol pays the copies beyond the first as far as its treasury goes`() throws {
    let payment = "provider: 0.4, protocol: 0.6, burn: 0"
    let user = try CheckedNetwork.run(
      payment: payment, "trust: {redundancy: {copies: 2}}")
    let shared = try CheckedNetwork.run(
      payment: payment, "trust: {redundancy: {copies: 2, paidBy: 'protocol'}}")
    func cost(_ state: NetworkState) -> Double {
      state.whole.classes[0].usefulCost / state.whole.classes[0].usefulHours
    }
    #expect(abs(cost(user) - 2) < 1e-9)
    // The treasury is empty until the first settlement.
    #expect(cost(shared) > 1 && cost(shared) < 1.15)
  }

  /// Of N nodes that are up nine tenths of the time, at least `needed` are.
  private func up(_ nodes: Int, needed: Int, _ share: Double) -> Double {
    var sum = 0.0
    for count in needed...nodes {
      var term = 1.0
      for k in 0..<count { term *= Double(nodes - k) / Double(k + 1) * share }
      for _ in count..<nodes { term *= 1 - share }
      sum += term
    }
    return sum
  }

  @Test(
    arguments: zip(
      [0.9931, 0.99, 0.97, 0.95, 0.90, 0.85],
      [(2, 12), (2, 13), (3, 14), (4, 15), (4, 18), (5, 20)]))
  func `the tables of replicas hold`(availability: Double, nodes: (alone: Int, ten: Int)) {
    // model-facts §1.2: the fewest for 0.9999.
    #expect(up(nodes.alone, needed: 1, availability) >= 0.9999 - 1e-12)
    #expect(up(nodes.alone - 1, needed: 1, availability) < 0.9999)
    #expect(up(nodes.ten, needed: 10, availability) >= 0.9999 - 1e-12)
    #expect(up(nodes.ten - 1, needed: 10, availability) < 0.9999)
  }

  @Test func `what is impossible is refused`() throws {
    let complaint = try complaints(about: "{copies: 2, needed: 3}") {
      Redundancy(operators: 9, reading: &$0)
    }
    #expect(complaint == ["expected at most copies (2), found 3"])
    let crowd = try complaints(about: "{copies: 4}") { Redundancy(operators: 3, reading: &$0) }
    #expect(crowd == ["expected at most as many as there are operators (3), found 4"])
  }
}
