import Configuration
import Testing

@testable import Economy

struct TailEmissionTests {
  @Test func `a tail stays when the falling part is below it`() throws {
    let tail = try rule(
      """
      {rule: 'tail', initialTokensPerEpoch: 80, factor: 0.5, stepEpochs: 2, tailTokensPerEpoch: 15}
      """, from: EmissionPolicies.all)
    var memory = EmissionMemory()
    let issued = (0..<8).map { tail.emission(NetworkSnapshot(epoch: $0), &memory) }
    #expect(issued == [80, 80, 40, 40, 20, 20, 15, 15])
  }

  @Test func `without a tail it is the exponential rule`() throws {
    var memory = EmissionMemory()
    let rules = try ["tail", "exponential"].map { name in
      try rule(
        "{rule: '\(name)', initialTokensPerEpoch: 1e6, factor: 0.989849199"
          + (name == "tail" ? ", tailTokensPerEpoch: 0}" : "}"), from: EmissionPolicies.all)
    }
    for epoch in [0, 1, 24, 240] {
      let issued = rules.map { $0.emission(NetworkSnapshot(epoch: epoch), &memory) }
      #expect(issued[0] == issued[1])
    }
  }
}
