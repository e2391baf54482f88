import Testing

@testable import Experiments

struct PlanTests {
  @Test func `units go through the replicates of one variant before the next`() {
    let units = Plan.toy([.toy(1), .toy(2)], replicates: 2).units
    #expect(
      units == [
        WorkUnit(variant: 0, replicate: 1), WorkUnit(variant: 0, replicate: 2),
        WorkUnit(variant: 1, replicate: 1), WorkUnit(variant: 1, replicate: 2),
      ])
  }
}
