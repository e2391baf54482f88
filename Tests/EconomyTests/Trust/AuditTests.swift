import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct AuditTests {
  @Test func `an audit costs its share of the price, whoever pays`() throws {
    for payer in ["user", "protocol"] {
      let state = try CheckedNetwork.run(
        "trust: {audits: {share: 1, costShare: 0.04, paidBy: '\(payer)'}}")
      let jobs = state.whole.jobsCompleted
      #expect(state.whole.trust.audits == jobs)
      #expect(abs(state.whole.trust.verificationUSD - 0.08 * jobs) < 1e-6)
      let cost = state.whole.classes[0].usefulCost / state.whole.classes[0].usefulHours
      #expect(abs(cost - (payer == "user" ? 1.04 : 1)) < 1e-9)
      let part = state.whole.classes[0].verificationCost / state.whole.classes[0].usefulHours
      #expect(abs(part - (payer == "user" ? 0.04 : 0)) < 1e-9)
    }
  }

  @Test func `honest work passes every audit`() throws {
    let state = try CheckedNetwork.run("trust: {audits: {share: 1}, reputation: {}}")
    #expect(state.whole.trust.faultsCaught == 0 && state.whole.trust.ejected == 0)
    #expect(state.whole.lostHours == 0)
    #expect(state.trust.nodes.allSatisfy { $0.reputation.value == 1 })
  }

  @Test func `a job that fails its audit is done again and paid once`() throws {
    let state = try CheckedNetwork.run(
      host: "cheats: {rule: 'slips', jobsShare: 0.3}",
      "trust: {audits: {share: 1, detectionShare: 1}}")
    let caught = state.whole.trust.faultsCaught
    #expect(caught > 100)
    #expect(state.whole.trust.wrongAccepted == 0)
    #expect(state.whole.lostHours == 2 * caught)
    let cost = state.whole.classes[0].usefulCost / state.whole.classes[0].usefulHours
    #expect(abs(cost - 1) < 1e-9)
  }

  @Test(arguments: ["node", "operator"])
  func `who is caught is thrown out, and only he`(unit: String) throws {
    let state = try CheckedNetwork.run(
      days: 40, hosts: 10,
      host: """
        cheats: {rule: 'slips', operatorsShare: 0.5}, nodesPerOperator: {rule: 'fixed', value: 3}
        """, "trust: {audits: {share: 0.5, detectionShare: 1}, reputation: {of: '\(unit)'}}")
    let gone = state.operators.state.indices.filter { state.operators.state[$0] == .left }
    #expect(gone.count > 1 && gone.count < 9)
    #expect(Int(state.whole.trust.ejected) == 3 * gone.count)
    #expect(state.activeNodes == 30 - 3 * gone.count)
    for slot in gone {
      #expect(state.registeredNodes(of: slot) == 0)
      #expect(state.operators.nodeRange(slot).allSatisfy { state.nodes[$0].state == .absent })
    }
    // Whoever stayed has passed every audit since.
    #expect(state.interval.trust.wrongAccepted == 0)
    if unit == "node" { #expect(Int(state.whole.trust.faultsCaught) == 3 * gone.count) }
    if unit == "operator" { #expect(Int(state.whole.trust.faultsCaught) == gone.count) }
  }

  @Test func `challengers find what they repeat, and the referee has the last word`() throws {
    let state = try CheckedNetwork.run(
      host: "cheats: {rule: 'slips', jobsShare: 0.5}",
      """
      trust: {disputes: {challengeShare: 1, replayShare: 0.5, refereeShare: 0.05, paidBy: 'user'}}
      """)
    let trust = state.whole.trust
    #expect(trust.wrongResults > 100)
    #expect(trust.disputes == trust.wrongResults && trust.faultsCaught == trust.wrongResults)
    #expect(trust.wrongAccepted == 0)
    let due = 1.0 * (state.whole.jobsCompleted + trust.wrongResults) + 0.1 * trust.disputes
    #expect(abs(trust.verificationUSD - due) < 1e-6)
  }

  @Test func `reputation without anything that could lower it is warned of`() throws {
    let complaint = try complaints(about: "{trust: {reputation: {}}}") { fields in
      fields.section("trust", "it") { fields in
        TrustSettings(operators: nil, reading: &fields)
      }
    }
    #expect(
      complaint == [
        "expected audits, disputes, or copies that must agree beside it, found none of them"
      ])
  }

  @Test func `a probability of more than one is refused`() throws {
    let complaint = try complaints(about: "{share: 1.2}") { AuditSettings(reading: &$0) }
    #expect(complaint == ["expected a number from 0 to 1, found 1.2"])
  }
}
