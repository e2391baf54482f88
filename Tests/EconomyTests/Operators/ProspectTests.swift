import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Candidates of a network without nodes go by what it would pay them.
struct ProspectTests {
  /// Two tokens a day for each node at a price that falls to nothing on day 20 and is back on day 60.
  private func rows(_ settings: [String] = [], price: Double = 1) throws -> NetworkRun {
    try QuietNetwork.scenario(
      [
        QuietNetwork.decisions,
        "operators.types.host.decisions.firstLookDays={rule: 'fixed', value: 45}",
      ] + settings, market: QuietNetwork.trace,
      table: "day,price\n0,\(price)\n20,0.001\n60,\(price)\n"
    ).finished()
  }

  @Test func `when the price is back, those come who have not been there`() throws {
    let run = try rows()
    let nodes = try run.state.series.column("active_nodes")
    #expect(nodes[10] > 40 && nodes[55] == 0 && nodes[90] == 50)
    // Two tokens a node and day, whatever the number of nodes.
    #expect(abs(run.state.prospectivePay(of: 0, at: .days(100)) - 2) < 1e-9)
    #expect(try run.measured("entries") == 100 - 50)
  }

  @Test func `a price that does not pay brings nobody, and a schedule that is over neither`() throws
  {
    #expect(try rows(price: 0.2).measured("entries") == 0)
    let capped = try rows(["token.cap=1e9"])
    #expect(try capped.measured("entries") == 0)
  }

  /// Nodes leave on a price list of nothing; from day 30 on it is 0.5 USD again, and two jobs of an
  /// hour come each hour.
  private func priced(_ patience: String, _ more: [String] = []) throws -> NetworkRun {
    try PlainNetwork.scenario(
      days: 90, nodes: 6,
      classes: "jobs: {arrivalsPerHour: 2, headroom: 1, hardware: ['gpu'], "
        + "sizeHours: {rule: 'fixed', value: 1}, patienceHours: \(patience)}",
      others: """
        pricing: {rule: "posted"},
        amendments: {
          down: {on: 5, set: {"hardware.classes.gpu.priceUSDPerGPUHour": 0}},
          up: {on: 30, set: {"hardware.classes.gpu.priceUSDPerGPUHour": 0.5}},
        }
        """,
      setting: [
        "operators.types.host.candidates=12", "operators.frozenDays=0",
        "operators.expectation='last'", "operators.types.host.operatingUSDPerNodeDay=1",
        "operators.types.host.decisions={everyDays: 5, actOnLossShare: 1, "
          + "leadDays: {rule: 'fixed', value: 1}}",
      ] + more
    ).finished()
  }

  @Test func `work that waits or is given up is what the first one in would have`() throws {
    for patience in ["{rule: 'fixed', value: 3}", "'none'"] {
      let run = try priced(patience)
      let nodes = try run.state.series.column("active_nodes")
      #expect(nodes[25] == 0 && nodes[80] >= 1, "\(patience)")
      #expect(try run.measured("served_gpu_hours") > 200)
    }
    // Nobody comes where nobody asks for work.
    let none = try priced(
      "'none'",
      ["amendments.up.set={'hardware.classes.gpu.priceUSDPerGPUHour': 0.0001}"])
    #expect(try none.state.series.column("active_nodes")[80] == 0)
  }

  /// 48 GPU-hours of work a day at 0.5 USD: one node works 24 h for 12 USD; of three that come, each
  /// has 16 h.
  @Test
  func `pay is shared with the nodes that are on their way, and none works more than all day`()
    throws
  {
    var state = try priced("{rule: 'fixed', value: 3}").state
    state.priceLevel = 1
    state.users[0].abandonedHours = 48
    for slot in 0..<state.operators.count { state.operators.state[slot] = .candidate }
    while state.lines[0].head >= 0 {
      state.lines[0].remove(Int(state.lines[0].head), &state.jobs)
    }
    #expect(abs(state.prospectivePay(of: 0, at: .days(90)) - 12) < 1e-9)
    state.operators.state[0] = .arriving
    state.operators.state[1] = .arriving
    #expect(abs(state.prospectivePay(of: 0, at: .days(90)) - 8) < 1e-9)
  }

  @Test func `pay of others is what counts as long as there are others`() throws {
    let run = try QuietNetwork.scenario(
      [
        QuietNetwork.decisions, "operators.types.host.activeAtStart=0",
        "hardware.classes.gpu.busyWatts=50",
      ],
      types: "stays: {hardware: 'gpu', candidates: 5, activeAtStart: 5},"
    ).finished()
    #expect(run.state.supply.seenDays[0] < 100 && run.state.supply.expectedPay[1] > 0)
    #expect(try run.measured("entries") > 30)
  }
}
