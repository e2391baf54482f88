import Kernel
import TestSupport
import Testing

@testable import Economy

struct ReputationRuleTests {
  private func rule(_ text: String = "{}") throws -> ReputationRule {
    try read(text) { ReputationRule(reading: &$0) }
  }

  @Test func `passes and failures are remembered as Storj does`() throws {
    let rule = try rule()
    var known = rule.start
    #expect(known.value == 1)
    var isOut = known.observe(passed: true, rule)
    #expect(!isOut)
    #expect(known.alpha == 0.95 * 1 + 1 && known.beta == 0)
    // α = 0.95 × 1.95, β = 1: 0.649 is below 0.8.
    isOut = known.observe(passed: false, rule)
    #expect(isOut)
    #expect(known.alpha == 0.95 * 1.95 && known.beta == 1)
    #expect(abs(known.value - 0.6494) < 1e-4)
  }

  @Test(arguments: [(passes: 3, isOut: true), (4, false), (100, false)])
  func `one failure is the end among the first four audits only`(passes: Int, isOut: Bool) throws {
    // α after n passes is 20 − 19 × 0.95ⁿ; 0.95 α ≥ 4 holds from n = 4 on.
    let rule = try rule()
    var known = rule.start
    for _ in 0..<passes { _ = known.observe(passed: true, rule) }
    let goes = known.observe(passed: false, rule)
    #expect(goes == isOut)
  }

  @Test func `on probation nobody has to go`() throws {
    let rule = try rule("{probationAudits: 2}")
    var known = rule.start
    let verdicts = (1...3).map { _ in known.observe(passed: false, rule) }
    #expect(verdicts == [false, false, true])
  }

  /// Share of nodes that have to go over 10,000 audits, of which a share fails.
  private func ejected(failing share: Double, nodes: Int, probation: Int = 0) throws -> Double {
    let rule = try rule("{probationAudits: \(probation)}")
    var gone = 0
    for node in 0..<nodes {
      var stream = Luck(seed: 11, replicate: 1).stream(.cheat, entity: UInt64(node))
      var known = rule.start
      for _ in 0..<10_000 where known.observe(passed: stream.uniform() >= share, rule) {
        gone += 1
        break
      }
    }
    return Double(gone) / Double(nodes)
  }

  @Test(arguments: [(share: 0.03, gone: 0.28), (0.05, 0.93), (0.0069, 0.028)])
  func `over ten thousand audits as many have to go as Storj says`(
    share: Double, gone: Double
  ) throws {
    // Binomial: three standard errors of √(g (1 − g) ÷ n), and half a unit of the last digit given.
    let nodes = 200
    let error = 3 * (gone * (1 - gone) / Double(nodes)).squareRoot()
    #expect(abs(try ejected(failing: share, nodes: nodes) - gone) < error + 0.005)
  }

  @Test func `twenty audits of probation keep those who fail early`() throws {
    #expect(try ejected(failing: 0.0069, nodes: 200, probation: 20) < 0.01)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `an ordinary run of ten thousand audits a node throws out as many`() throws {
    // 200 nodes, 250 jobs an hour for 333 days, each audited: 10,000 a node and more as nodes go. Of
    // 3 % failures 28 % go; three standard errors, and 0.05 for those additional audits.
    let run = try CheckedNetwork.scenario(
      days: 333, hosts: 200, host: "cheats: {rule: 'slips', jobsShare: 0.03}",
      jobs: "",
      "trust: {audits: {share: 1, detectionShare: 1}, reputation: {}}",
      arrivalsPerHour: 250, sizeHours: 0.5
    ).finished()
    let gone = try run.measured("ejected_nodes") / 200
    let tolerance = 3 * (0.28 * 0.72 / 200).squareRoot() + 0.05
    #expect(abs(gone - 0.28) < tolerance)
  }
}
