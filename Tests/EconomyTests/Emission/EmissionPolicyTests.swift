import Configuration
import Kernel
import Testing

@testable import Economy

private func policy(_ text: String) throws -> any EmissionPolicy {
  try rule(text, from: EmissionPolicies.all)
}

/// Epochs of a day: epoch n ends on day n + 1.
private func emission(
  _ policy: any EmissionPolicy, epoch: Int, nodes: Int = 0
) -> Double {
  var memory = EmissionMemory()
  return policy.emission(
    NetworkSnapshot(epoch: epoch, day: Double(epoch + 1), activeNodes: nodes), &memory)
}

struct EmissionPolicyTests {
  @Test func `fixed emission is the same each epoch, and more for each node`() throws {
    let fixed = try policy("{rule: 'fixed', tokensPerEpoch: 100, tokensPerEpochPerNode: 2.5}")
    #expect(emission(fixed, epoch: 0) == 100)
    #expect(emission(fixed, epoch: 999, nodes: 4) == 110)
  }

  @Test func `a table holds each amount from its day on, and nothing before`() throws {
    let table = try policy(
      "{rule: 'table', rows: [{from: 2, tokensPerEpoch: 7}, {from: 4, tokensPerEpoch: 3}]}")
    #expect((0..<7).map { emission(table, epoch: $0) } == [0, 0, 7, 7, 3, 3, 3])
  }

  @Test func `a table out of order is refused`() throws {
    let text = """
      {rule: 'table', rows: [{from: 4, tokensPerEpoch: 7}, {from: 4, tokensPerEpoch: 3}]}
      """
    let said = try complaints(about: "{it: \(text)}") {
      $0.rule("it", "the rule under test", from: EmissionPolicies.all)
    }
    #expect(said == ["expected rows in order of their day, found a row that is not after the last"])
  }

  @Test func `halving halves after every so many epochs`() throws {
    let halving = try policy("{rule: 'halving', initialTokensPerEpoch: 96, halvingEpochs: 3}")
    #expect((0..<8).map { emission(halving, epoch: $0) } == [96, 96, 96, 48, 48, 48, 24, 24])
    #expect(emission(halving, epoch: 3 * 200) == 96 * 0x1p-200)
  }

  @Test func `exponential emission steps down by its factor`() throws {
    let steps = try policy(
      "{rule: 'exponential', initialTokensPerEpoch: 1000, factor: 0.9, stepEpochs: 2}")
    let found = (0..<6).map { emission(steps, epoch: $0) }
    for (value, expected) in zip(found, [1000, 1000, 900, 900, 810, 810.0]) {
      #expect(abs(value - expected) < 1e-9)
    }
  }

  /// Docs of io.net, token emission: 8 % of 500 M in the first year, in months that fall by
  /// 1.0150801 %, 240 of them; the sums and the months were read off its table and closed form.
  @Test func `the geometric form of io.net adds up to what its documents say`() throws {
    let monthly = try policy(
      "{rule: 'exponential', initialTokensPerEpoch: 3333333.333333, factor: 0.989849199}")
    let months = (0..<240).map { emission(monthly, epoch: $0) }
    #expect(abs(months.reduce(0, +) / 1e6 - 300.006) < 0.0005)
    #expect(abs(months.prefix(24).reduce(0, +) / 1e6 - 71.3) < 0.05)
    // The table rounds along the way and differs from the closed form by under 10 tokens.
    for (month, tokens) in [(0, 3_333_333.0), (1, 3_299_497), (2, 3_266_003), (11, 2_979_456)] {
      #expect(abs(months[month] - tokens) < 10)
    }
    #expect(abs(months[23] - 2_636_128) < 1)
    let years = stride(from: 0, to: 240, by: 12).map { start in
      (months[start..<start + 12].reduce(0, +) / 1e4).rounded() / 100
    }
    #expect(
      years == [
        37.84, 33.48, 29.62, 26.21, 23.19, 20.52, 18.15, 16.06, 14.21, 12.57, 11.12, 9.84, 8.71,
        7.70, 6.82, 6.03, 5.34, 4.72, 4.18, 3.70,
      ])
  }
}
