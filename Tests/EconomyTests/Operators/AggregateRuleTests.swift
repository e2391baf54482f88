import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Nodes that follow pay as a whole.
struct AggregateRuleTests {
  /// Pay of so many USD a node-month, to 2,000 of 4,000 operators; an epoch is a month.
  private func nodes(
    pay: Double, _ rule: String, market: String = "{rule: 'exogenous', openingPriceUSD: 1}",
    table: String = "day,price\n0,1\n"
  ) throws -> [Double] {
    try QuietNetwork.scenario(
      [
        "token.emission.tokensPerEpochPerNode=\(pay)", "horizonDays=370", "epochHours=730.5",
        "market.marketEveryHours=730.5", "measureEveryDays=30.4375",
        "operators.types.host.candidates=4000", "operators.types.host.activeAtStart=2000",
        "operators.types.host.aggregate=\(rule)",
      ], market: market, table: table
    ).rows().column("active_nodes")
  }

  /// N = 2000 e^(k g) after k steps with g = -0.183 + 0.042 ln r; nodes are whole. A row is the mean
  /// of a month, and steps stand at the ends of months.
  @Test(arguments: [20.0, 78, 300])
  func `the number of nodes grows as the fitted regression says`(pay: Double) throws {
    let growth = -0.183 + 0.042 * Elementary.log(pay)
    let found = try nodes(pay: pay, "fitted")
    for month in 1...12 {
      let expected = 2000 * Elementary.exp(Double(month - 1) * growth)
      #expect(abs(found[month] - expected) < 0.6, "month \(month)")
    }
  }

  @Test func `a lag of two months lets two more pass`() throws {
    let found = try nodes(pay: 20, "{rule: 'fitted', lagMonths: 2}")
    #expect(found[1...3].allSatisfy { $0 == 2000 } && found[4] < 2000)
  }

  /// Pay falls to a tenth after four months. Wanted is then 2000 x 0.1^0.26 = 1099; the log gap
  /// closes by .15 a month.
  @Test func `the target rule closes in on a power of pay, slowly when shrinking`() throws {
    let found = try nodes(
      pay: 100, "target", market: QuietNetwork.trace, table: "day,price\n0,1\n121,0.1\n")
    var gap = 0.0
    for month in 1...12 {
      #expect(abs(found[month] - 2000 * Elementary.exp(gap)) < 0.6, "month \(month)")
      let pay = month <= 4 ? 1 : 0.1
      gap += 0.15 * (0.26 * Elementary.log(pay) - gap)
    }
  }

  @Test func `more nodes may be wanted at the pay of the first month than are there`() throws {
    let found = try nodes(pay: 100, "{rule: 'target', wantedMultiple: 1.5, upShare: 0.5}")
    var gap = Elementary.log(1.5)
    for month in 1...12 {
      let expected = 3000 * Elementary.exp(-gap)
      #expect(abs(found[month] - expected) < 0.6, "month \(month)")
      gap *= 0.5
    }
  }

  @Test func `nodes that do not leave stand still where fewer are wanted`() throws {
    let found = try nodes(pay: 20, "{rule: 'fitted', leaves: false}")
    #expect(found[1...].allSatisfy { $0 == 2000 })
    #expect(try nodes(pay: 300, "{rule: 'fitted', leaves: false}")[12] > 2000)
  }

  /// Eleven steps of deviation 0.1, and the same luck at another pay.
  @Test func `what pay does not explain is one draw a month for all nodes`() throws {
    func steps(pay: Double) throws -> [Double] {
      let found = try nodes(pay: pay, "{rule: 'fitted', noise: 0.1}").dropFirst()
      return zip(found, found.dropFirst()).map { Elementary.log($1 / $0) }
    }
    let (less, more) = (try steps(pay: 60), try steps(pay: 78))
    let shift = 0.042 * Elementary.log(78 / 60)
    for (less, more) in zip(less, more) { #expect(abs(more - less - shift) < 2e-3) }
    let growth = -0.183 + 0.042 * Elementary.log(60)
    let square = less.reduce(0) { $0 + ($1 - growth) * ($1 - growth) } / Double(less.count)
    // 0.01 chi²(11) / 11 lies between a fifth and three times 0.01 but for one seed in a thousand.
    #expect(0.002...0.03 ~= square)
  }

  private func active(pay: Double, _ more: [String] = []) throws -> Set<Int> {
    let run = try QuietNetwork.scenario(
      [
        "token.emission.tokensPerEpochPerNode=\(pay / Span.daysPerMonth)",
        "operators.types.host.aggregate=fitted", "operators.types.host.candidates=400",
        "operators.types.host.activeAtStart=200",
      ] + more
    ).finished()
    let operators = run.state.operators
    return Set((0..<operators.count).filter { operators.state[$0] == .active })
  }

  @Test func `who leaves at low pay leaves at lower pay too, and nobody comes back`() throws {
    let (less, more) = (try active(pay: 1), try active(pay: 20))
    #expect(less.count < more.count && more.count < 200 && less.isSubset(of: more))
    let grown = try active(pay: 300)
    #expect(grown.count > 200 && grown.isSuperset(of: Set(0..<200)))
    #expect(try active(pay: 1, ["cut=['payToEntry']"]).count == 200)
    #expect(try active(pay: 1, ["operators.frozenDays=99"]).count == 200)
  }

  /// The last fleet to come may overshoot by up to half of itself.
  @Test func `fleets are brought in while that comes nearer`() throws {
    let fleets = [
      "operators.types.host.nodesPerOperator={rule: 'uniform', lower: 1, upper: 9}",
      "token.emission.tokensPerEpochPerNode=10", "operators.types.host.aggregate=fitted",
      "horizonDays=300", "operators.types.host.candidates=400",
    ]
    let state = try QuietNetwork.scenario(fleets).finished().state
    #expect(abs(Double(state.activeNodes) - state.aggregates[0].wanted) <= 4.5)
    #expect(state.activeNodes > state.openingNodes)
  }

  @Test func `decisions and an aggregate rule exclude each other`() {
    #expect {
      try QuietNetwork.scenario([
        QuietNetwork.decisions, "operators.types.host.aggregate=fitted",
      ])
    } throws: {
      "\($0)".contains(
        "operators.types.host.aggregate: expected either decisions or aggregate, found both")
    }
  }
}
