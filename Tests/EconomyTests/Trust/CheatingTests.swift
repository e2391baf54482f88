import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// The deterrence condition of model-facts §6: G = 0.8 R, d = 0.97, and S in multiples of R.
private let table: [(stake: Double, audits: Double)] = [
  (0, 0.825), (1, 0.412), (10, 0.075), (100, 0.0082),
]

struct CheatingTests {
  private func cheating(_ text: String) throws -> Cheating {
    try rule(text, from: Cheating.choices)
  }

  @Test(arguments: table)
  func `cheating pays below the audit rate of the table and not above`(
    stake: Double, audits: Double
  ) throws {
    let cheat = try cheating("{rule: 'rational'}")
    let exact = 0.8 / (0.97 * (1 + stake))
    // The table has two or three digits.
    #expect(abs(exact - audits) < 0.0075 * audits)
    #expect(cheat.pays(caught: 0.97 * 0.999 * exact, reward: 2, stake: 2 * stake))
    #expect(!cheat.pays(caught: 0.97 * 1.001 * exact, reward: 2, stake: 2 * stake))
  }

  @Test(arguments: table)
  func `rational hosts cheat in an ordinary run below that rate and are honest above`(
    stake: Double, audits: Double
  ) throws {
    // The price of a job is 2 USD, of which the host gets 0.9: S is measured in rewards of 1.80 USD.
    func wrong(_ share: Double) throws -> (wrong: Double, jobs: Double) {
      let state = try CheckedNetwork.run(
        days: 3, host: "cheats: 'rational'",
        """
        trust: {audits: {share: \(share)}},
        staking: {collateral: {usdPerNode: 100000, slashTimesPrice: \(0.9 * stake), slashShare: 0}}
        """)
      return (state.whole.trust.wrongResults, state.whole.jobsCompleted)
    }
    let exact = 0.8 / (0.97 * (1 + stake))
    #expect(try wrong(exact * 1.01).wrong == 0)
    let below = try wrong(exact * 0.99)
    #expect(below.wrong >= below.jobs && below.jobs > 0)
  }

  @Test func `until one is caught it takes one over audit rate times detection jobs`() throws {
    // p d = 0.2 × 0.5: each wrong result is caught by itself, n = 960 jobs or so; the standard error
    // of a share is √(0.1 × 0.9 ÷ n) < 0.01.
    let state = try CheckedNetwork.run(
      host: "cheats: 'slips'", "trust: {audits: {share: 0.2, detectionShare: 0.5}}")
    let (wrong, caught) = (state.whole.trust.wrongResults, state.whole.trust.faultsCaught)
    #expect(wrong > 900)
    #expect(abs(caught / wrong - 0.1) < 3 * (0.09 / wrong).squareRoot())
    #expect(state.whole.trust.wrongAccepted == wrong - caught)
    #expect(state.whole.trust.wrongAccepted == state.whole.jobsCompleted)
    #expect(state.whole.classes[0].usefulHours == 0)
  }

  @Test func `a share of the operators cheats, drawn by identity`() throws {
    let all = try CheckedNetwork.run(host: "cheats: {rule: 'slips', operatorsShare: 0.5}")
    let wave = try CheckedNetwork.run(
      host: "cheats: {rule: 'slips', operatorsShare: 0.5}",
      "shocks: {wave: {target: 'fraud', on: 0, factor: 2}}")
    let none = try CheckedNetwork.run(
      host: "cheats: {rule: 'slips', operatorsShare: 0.5}",
      "shocks: {wave: {target: 'fraud', on: 0, factor: 0}}")
    let share = all.whole.trust.wrongResults / all.whole.jobsCompleted
    #expect(share > 0.2 && share < 0.8)
    #expect(wave.whole.trust.wrongResults == wave.whole.jobsCompleted)
    #expect(none.whole.trust.wrongResults == 0)
  }

  @Test func `what a wrong result saves is posted`() throws {
    let state = try CheckedNetwork.run(host: "cheats: {rule: 'slips', savesShare: 0.5}")
    // 2 USD a job, 0.9 of them to the host, half of that saved.
    #expect(abs(state.whole.trust.cheatingGain - 0.9 * state.whole.jobsCompleted) < 1e-6)
  }
}
