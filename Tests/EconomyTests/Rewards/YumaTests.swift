import Testing

@testable import Economy

struct YumaTests {
  /// Version 2 as the upstream test sets it up.
  private static let second = Yuma(
    version: .yuma2, kappa: 32767.0 / 65535, bondsAlpha: 0.1, bondsPenalty: 1, liquid: nil)

  /// What the four validators say of the four miners, epoch by epoch.
  private static let sayings: [[Double]] = {
    let base: [Double] = [16383, 32767, 49149, 65535]
    let nothing: [Double] = [0, 0, 0, 0]
    let last: [Double] = [0, 0, 0, 65535]
    return [
      base + base + base + base, nothing + base + base + base, nothing + nothing + base + base,
      nothing + nothing + nothing + base, nothing + nothing + last + base,
      nothing + nothing + last + base, nothing + nothing + last + base,
      nothing + nothing + last + base,
    ]
  }()

  @Test func `version 2 pays what the protocol's own test says`() {
    let rows = VectorFile.rows("bittensor_yuma2_bonds")
    #expect(rows.count == 8)
    var bonds = [Double](repeating: 0, count: 16)
    for (row, weights) in zip(rows, Self.sayings) {
      let outcome = Self.second.rank(stake: [1, 2, 3, 4], weights: weights, bonds: &bonds)
      // Where no miner has incentive, the whole epoch goes to validators.
      let half = outcome.incentive.contains { $0 > 0 } ? 0.5 : 1
      let paid = outcome.dividends.map { $0 * half } + outcome.incentive.map { $0 * half }
      for (place, share) in paid.enumerated() {
        // Of the epoch's 1e9 units: 1e-5 of it.
        #expect((share * 1e9 - row.number("e\(place)")).magnitude < 1e4, "\(row), e\(place)")
      }
      guard let server = Int(row["bond_server"]) else { continue }
      for validator in 0..<4 {
        // Upstream computes in fixed point: one step of 16 bits.
        let stored = bonds[validator * 4 + server - 4] * 65535
        #expect((stored - row.number("b\(validator)")).magnitude < 1.001, "\(row)")
      }
    }
  }

  /// Shares of stake add to 1 but for their rounding.
  @Test(arguments: [2, 3, 7, 10, 49])
  func `all validators together are enough for a kappa of 1`(validators: Int) {
    let yuma = Yuma(version: .yuma2, kappa: 1, bondsAlpha: 0.1, bondsPenalty: 1, liquid: nil)
    var bonds = [Double](repeating: 0, count: 2 * validators)
    let weights = (0..<validators).flatMap { [1.0, Double($0 + 1)] }
    let outcome = yuma.rank(
      stake: (0..<validators).map { 0.1 + Double($0) / 3 }, weights: weights, bonds: &bonds)
    #expect(outcome.incentive.allSatisfy { $0 > 0 })
  }

  @Test(arguments: [
    "kappa_moves_first", "kappa_moves_second", "kappa_moves_last", "one_epoch_switch",
    "liquid_alpha_disabled",
  ])
  func `version 3 pays and bonds as the protocol's own test says`(name: String) {
    let rows = VectorFile.rows("bittensor_yuma3").filter { $0["case"] == name }
    #expect(rows.count == 6)
    let yuma = Yuma(
      version: .yuma3, kappa: 0.5, bondsAlpha: 0.025, bondsPenalty: 0,
      liquid: name == "liquid_alpha_disabled"
        ? nil : Yuma.LiquidAlpha(low: 0.1, high: 0.3, steepness: 1000))
    var bonds = [Double](repeating: 0, count: 6)
    let validators = ["a", "b", "c"]
    for row in rows {
      let weights = validators.flatMap { row["w_\($0)"] == "s1" ? [1.0, 0] : [0, 1.0] }
      let outcome = yuma.rank(
        stake: validators.map { row.number("stake_\($0)") }, weights: weights, bonds: &bonds)
      for (place, name) in validators.enumerated() {
        #expect((outcome.dividends[place] - row.number("div_\(name)")).magnitude < 1e-3, "\(row)")
        for miner in 0..<2 {
          let expected = row.number("bond_\(name)\(miner + 1)")
          #expect((bonds[place * 2 + miner] - expected).magnitude < 1e-3, "\(row)")
        }
      }
    }
  }

  @Test func `a minority cannot pay its friend, a majority can`() {
    // Two miners of equal worth; validators of the second kind give all to miner 1.
    func incentive(cabal: Double) -> Double {
      var bonds = [0.0, 0, 0, 0]
      return Self.second.rank(
        stake: [1 - cabal, cabal], weights: [1, 1, 0, 1], bonds: &bonds
      ).incentive[1]
    }
    // Honest stake s caps miner 1 at 1/2; miner 0 gets s/2 of it: (1/2) / (1/2 + s/2) is left.
    #expect((incentive(cabal: 0.4) - 0.5 / 0.8).magnitude < 1e-12)
    // With more than half, what the honest say of miner 0 counts for nothing.
    #expect(incentive(cabal: 0.6) == 1)
  }

  @Test func `scores that all agree are paid as they are`() {
    var bonds = [Double](repeating: 0, count: 6)
    let outcome = Self.second.rank(
      stake: [3, 1], weights: [2, 3, 5, 4, 6, 10], bonds: &bonds)
    #expect(outcome.consensus == [0.2, 0.3, 0.5])
    #expect(zip(outcome.incentive, [0.2, 0.3, 0.5]).allSatisfy { ($0 - $1).magnitude < 1e-15 })
    #expect(zip(outcome.dividends, [0.75, 0.25]).allSatisfy { ($0 - $1).magnitude < 1e-15 })
  }

  @Test func `nobody says anything: validators are paid by stake, and no miner`() {
    for version in Yuma.Version.allCases {
      let yuma = Yuma(
        version: version, kappa: 0.5, bondsAlpha: 0.1, bondsPenalty: 1, liquid: nil)
      var bonds = [Double](repeating: 0, count: 4)
      let outcome = yuma.rank(stake: [1, 3], weights: [0, 0, 0, 0], bonds: &bonds)
      #expect(outcome.incentive == [0, 0])
      #expect(outcome.dividends == [0.25, 0.75])
      #expect(bonds == [0, 0, 0, 0])
    }
    var none: [Double] = []
    let empty = Self.second.rank(stake: [], weights: [], bonds: &none)
    #expect(empty == Yuma.Outcome(incentive: [], dividends: [], consensus: []))
  }
}
