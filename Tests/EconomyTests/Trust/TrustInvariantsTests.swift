import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Everything at once in the network in which everything happens: the books are checked at each
/// settlement, and a run that ends has balanced.
struct TrustInvariantsTests {
  private static let cheats = "operators.types.home.cheats={rule: 'slips'}"
  private static let fakes = "operators.types.home.spoofedShare=0.5"
  private static let tokens = """
    staking={collateral: {tokensPerNode: 20, slashShare: 0.5, slashedTo: 'burn'}}
    """
  private static let dollars = """
    staking={collateral: {usdPerNode: 20, slashTimesPrice: 5, slashedTo: 'user'}}
    """

  private static func trust(_ terms: String) -> String { "trust={\(terms)}" }

  private static let cases: [[String]] = [
    [cheats, trust("audits: {share: 0.5}")],
    [cheats, trust("audits: {share: 0.5}, reputation: {}")],
    [cheats, trust("audits: {share: 0.5}, reputation: {of: 'operator'}")],
    [trust("redundancy: {copies: 2, needed: 2}")],
    [cheats, trust("redundancy: {copies: 2, needed: 2}")],
    [cheats, trust("redundancy: {copies: 2, needed: 2, rest: 'finish'}, audits: {}")],
    [cheats, trust("redundancy: {copies: 3, paidBy: 'protocol'}")],
    [cheats, trust("redundancy: {copies: 3, rest: 'finish'}, disputes: {}, reputation: {}")],
    [
      cheats, tokens, "loss.restart=\"checkpoint\"",
      trust("redundancy: {copies: 2, needed: 2, collusionShare: 0.5}, reputation: {}"),
    ],
    [cheats, tokens, trust("audits: {share: 0.5}, reputation: {}")],
    [cheats, dollars, trust("audits: {share: 0.5, paidBy: 'user'}")],
    [fakes, dollars, trust("proofs: {everyHours: 6}")],
    [fakes, tokens, trust("admission: {refusedShare: 0.5}, proofs: {detectionShare: 0.1}")],
    [cheats, trust("redundancy: {copies: 2}"), "cut=['nodesToRevenue']"],
    [cheats, trust("redundancy: {copies: 2}, audits: {}"), "cut=['jobsToNodes']"],
    [
      cheats, tokens, "cut=['revenueToPrice', 'priceToPay', 'entryToCapacity']",
      trust("redundancy: {copies: 2}, audits: {share: 0.5}, reputation: {}"),
    ],
  ]

  @Test(arguments: cases)
  func `books, queues and Little's law hold`(settings: [String]) throws {
    for replicate: UInt32 in 1...3 {
      var run = try SmallNetwork.scenario(settings).run(replicate: replicate)
      try run.run(until: .days(40))
      let state = run.state
      #expect(state.failure == nil)
      #expect(
        state.activeNodes
          == state.operators.state.indices.reduce(0) {
            $0 + (state.operators.state[$1] == .active ? state.registeredNodes(of: $1) : 0)
          })
      #expect(state.gauges.onlineNodes.level == state.nodes.count { $0.state.isOnline })
      #expect(
        state.gauges.busyNodes.level == state.nodes.count { $0.state == .serving }
          || state.isCut(.jobsToNodes))
      // What waits is in line, and nobody idle could serve what waits first.
      var waiting = 0
      for line in state.lines {
        var job = Int(line.head)
        while job >= 0 {
          waiting += 1
          let hardware = state.settings.demand.classes[Int(state.jobs[job].kind)].hardware
          let couldTake = state.nodes.indices.contains { node in
            state.nodes[node].state == .idle && hardware.contains(Int(state.nodes[node].hardware))
              && state.isApart(job, from: node)
          }
          #expect(!couldTake)
          job = Int(state.jobs[job].next)
        }
      }
      #expect(waiting == state.gauges.queuedJobs.level)
      #expect(state.gauges.jobsInSystem.level >= waiting)
      let running = state.nodes.count { $0.state == .serving }
      if state.isCut(.jobsToNodes) == false {
        #expect(state.gauges.jobsInSystem.level <= running + waiting + Int(state.whole.restarts))
      }
    }
  }

  @Test func `the same luck gives the same run`() throws {
    let settings = Self.cases[8]
    let first = try SmallNetwork.scenario(settings).finished().summary().map(\.bits)
    #expect(try SmallNetwork.scenario(settings).finished().summary().map(\.bits) == first)
  }

  @Test func `switches that change nothing leave every other measure alone`() throws {
    // Audits of nothing, copies of one: the same jobs on the same nodes.
    let plain = try SmallNetwork.scenario().finished().summary().map(\.bits)
    for settings in [
      "audits: {share: 0}", "redundancy: {copies: 1}", "disputes: {challengeShare: 0}",
    ] {
      #expect(
        try SmallNetwork.scenario([Self.trust(settings)]).finished().summary().map(\.bits) == plain)
    }
  }
}
