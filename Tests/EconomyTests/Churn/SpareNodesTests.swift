import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// How many independent nodes a service needs (model-facts §1.2).
struct SpareNodesTests {
  /// Probability that at least `needed` of `nodes` are up, each with probability `up`.
  private func atLeast(_ needed: Int, of nodes: Int, up: Double) -> Double {
    var term = Elementary.pow(1 - up, Double(nodes))
    var below = 0.0
    for count in 0..<needed {
      below += term
      term *= Double(nodes - count) / Double(count + 1) * up / (1 - up)
    }
    return 1 - below
  }

  private static let table: [(up: Double, replicas: Int, nodesForTen: Int)] = [
    (0.9931, 2, 12), (0.99, 2, 13), (0.97, 3, 14), (0.95, 4, 15), (0.9, 4, 18), (0.85, 5, 20),
  ]

  @Test(arguments: table)
  func `the tables of replicas and of nodes for ten are those of the binomial law`(
    up: Double, replicas: Int, nodesForTen: Int
  ) {
    // 1 - (1 - 0.99)^2 is 0.9999 but for the last bit.
    let goal = 0.9999 - 1e-12
    #expect(atLeast(1, of: replicas, up: up) >= goal)
    #expect(atLeast(1, of: replicas - 1, up: up) < goal)
    #expect(atLeast(10, of: nodesForTen, up: up) >= goal)
    #expect(atLeast(10, of: nodesForTen - 1, up: up) < goal)
  }

  /// Up times and away times of a node with an availability, by laws of any kind.
  private static let runs: [(up: Double, churn: String)] = [
    (
      0.9,
      "sessionHours: {rule: 'exponential', mean: 90}, offlineHours: {rule: 'exponential', mean: 10}"
    ),
    (
      0.85,
      "sessionHours: {rule: 'lognormal', median: 51.5, sigma: 1}, offlineHours: {rule: 'fixed', "
        + "value: 15}"
    ),
  ]

  @Test(arguments: runs)
  func `groups of nodes of a run have enough of them up as often as the binomial law says`(
    up: Double, churn: String
  ) throws {
    let groups = 200
    let scenario = try Scenario(
      text: """
        {horizonDays: 400, epochHours: 2400, measureEveryDays: 100,
         hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {a: {hardware: "gpu", candidates: \(20 * groups),
           activeAtStart: \(20 * groups), churn: {\(churn)}}}},
         demand: {classes: {}}}
        """)
    var run = scenario.run()
    // Counts of up nodes among the first n of each group, at times a week or more apart: a node has
    // forgotten where it was, and the start, by then.
    var good = [Int](repeating: 0, count: 21)
    var looks = 0
    for look in 1...10 {
      try run.run(until: .days(40 * Double(look)))
      let nodes = run.state.nodes
      for group in 0..<groups {
        looks += 1
        var isUp = 0
        for number in 1...20 {
          if nodes[group * 20 + number - 1].state.isOnline { isUp += 1 }
          if isUp >= 10 { good[number] += 1 }
        }
      }
    }
    for number in 10...20 {
      let expected = atLeast(10, of: number, up: up)
      let error = (expected * (1 - expected) / Double(looks)).squareRoot()
      // Four standard errors of independent groups, and one group more where misses are rare.
      #expect(
        abs(Double(good[number]) / Double(looks) - expected) < 4 * error + 1 / Double(looks),
        "\(number) nodes")
    }
  }
}
