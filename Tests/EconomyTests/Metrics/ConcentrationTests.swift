import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct ConcentrationTests {
  /// A state whose active operators have fleets of the given sizes.
  private func state(fleets: [Int]) throws -> NetworkState {
    let types = fleets.enumerated().map { index, fleet in
      """
      t\(index): {hardware: "gpu", candidates: 2, activeAtStart: 1,
        nodesPerOperator: {rule: "fixed", value: \(fleet)}}
      """
    }
    return try Scenario(
      text: """
        {horizonDays: 1, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}}, operators: {types: {\(types.joined(separator: ","))}}}
        """
    ).run().state
  }

  /// Fleets, the sum of their squared shares, and how few own more than half.
  private static let fleets: [([Int], Double, Double)] = [
    ([5], 1, 1), ([1, 1], 0.5, 2), ([3, 1, 1, 1], 12.0 / 36, 2), ([1, 4, 1, 1], 19.0 / 49, 1),
    ([2, 2, 2, 2], 0.25, 3), ([1, 2, 3, 4], 0.3, 2),
  ]

  @Test(arguments: fleets)
  func `shares of nodes, by hand`(fleets: [Int], herfindahl: Double, nakamoto: Double) throws {
    let found = try state(fleets: fleets).concentrationOfNodes()
    #expect(abs(found.herfindahl - herfindahl) < 1e-15)
    #expect(found.nakamoto == nakamoto)
  }

  private static let incomes: [([Double], Double)] = [
    ([7], 0), ([3, 3, 3], 0), ([1, 3], 0.25), ([4, 2, 1, 3], 0.25), ([9, 0, 1], 0.4),
  ]

  @Test(arguments: incomes)
  func `the Gini coefficient of incomes, by hand`(incomes: [Double], gini: Double) throws {
    var state = try state(fleets: incomes.map { _ in 1 })
    // Operators stand in pairs, an active one and a candidate, who has no income and is left out.
    for (index, income) in incomes.enumerated() { state.operators.income[2 * index] = income }
    #expect(abs(state.takeIncomeGini() - gini) < 1e-15)
    #expect(state.takeIncomeGini().isNaN)
  }
}
