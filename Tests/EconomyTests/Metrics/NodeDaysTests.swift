import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// What is told by type of operator adds up to what is told of all.
struct NodeDaysTests {
  @Test(arguments: [24.0, 120]) func `nodes that come and go within an epoch count for their days`(
    hours: Double
  ) throws {
    var run = try SmallNetwork.scenario(["epochHours=\(hours)"]).run()
    // The end of an epoch of either length.
    try run.run(until: .days(40))
    let types = run.state.byType
    #expect(types.reduce(0) { $0 + $1.entries } > 0 && types.reduce(0) { $0 + $1.exits } > 0)
    #expect(run.state.lastSettlement == .days(40))
    let days = types.reduce(0) { $0 + $1.nodeDays }
    let all = Double(run.state.whole.activeNodes + run.state.interval.activeNodes)
    #expect((days / (all / 8.64e10) - 1).magnitude < 1e-12)
    for type in types where type.nodeDays > 0 {
      #expect(type.onlineHours / 24 <= type.nodeDays * (1 + 1e-12))
    }
  }
}
