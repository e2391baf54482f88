import Kernel

/// Rank consensus of validators who score miners (Yuma), one epoch at a time.
///
/// The stake-weighted median of what validators say of a miner caps what any of them can give it, so
/// that a minority cannot pay its friends; bonds reward validators who saw a miner's worth early.
/// In version 2 bonds are shares of a miner's column; in version 3 each pair of validator and miner
/// has its own, which no other validator can dilute.
///
/// Source: opentensor/subtensor @ 14bc6f9f (2026-06-30), `epoch/run_epoch.rs` and
/// `docs/consensus.md`. Bonds are kept in steps of 1/65535, as there.
struct Yuma: Sendable, Equatable {
  enum Version: String, CaseIterable, Sendable { case yuma2, yuma3 }

  /// How fast a bond follows a weight of version 3, by how far the weight is from the consensus:
  /// a = low + (high - low) / (1 + exp(-(steepness / 100) (d - 0.5))).
  struct LiquidAlpha: Sendable, Equatable {
    let low: Double
    let high: Double
    let steepness: Double

    func alpha(distance: Double) -> Double {
      let exponent = -steepness / 100 * (min(max(distance, 0), 1) - 0.5)
      return low + (high - low) / (1 + Elementary.exp(min(exponent, 700)))
    }
  }

  /// Shares that each add to 1, or to 0 where nobody has any.
  struct Outcome: Sendable, Equatable {
    /// What miners earn, `[miners]`.
    var incentive: [Double]
    /// What validators earn, `[validators]`; by stake where no miner has incentive.
    var dividends: [Double]
    /// Most that counts of what a validator says of a miner, `[miners]`.
    var consensus: [Double]
  }

  let version: Version
  /// Share of stake that must say at least as much [1].
  let kappa: Double
  /// How fast bonds follow weights [1/epoch].
  let bondsAlpha: Double
  /// Whether bonds follow clipped weights (1) or what validators said (0).
  let bondsPenalty: Double
  let liquid: LiquidAlpha?

  /// Ranks the miners, and moves the bonds.
  ///
  /// - Parameters:
  ///   - stake: not negative, `[validators]`.
  ///   - weights: what each validator says of each miner, not negative, `[validators x miners]`.
  ///   - bonds: from 0 to 1, `[validators x miners]`.
  func rank(stake: [Double], weights: [Double], bonds: inout [Double]) -> Outcome {
    let validators = stake.count
    let miners = validators == 0 ? 0 : weights.count / validators
    let stake = Self.shares(stake)
    var weights = weights
    for row in 0..<validators {
      let range = row * miners..<(row + 1) * miners
      let sum = weights[range].reduce(0, +)
      for place in range { weights[place] = sum > 0 ? weights[place] / sum : 0 }
    }
    let consensus = (0..<miners).map { self.consensus(on: $0, miners: miners, stake, weights) }
    var clipped = weights
    for place in clipped.indices {
      clipped[place] = min(clipped[place], consensus[place % miners])
    }
    var ranks = [Double](repeating: 0, count: miners)
    for place in clipped.indices { ranks[place % miners] += stake[place / miners] * clipped[place] }
    let incentive = Self.shares(ranks)
    // What bonds follow.
    var followed = weights
    for place in followed.indices {
      followed[place] += bondsPenalty * (clipped[place] - weights[place])
    }
    var dividends: [Double]
    switch version {
    case .yuma2:
      dividends = moveShares(following: followed, stake, incentive, &bonds)
    case .yuma3:
      dividends = movePairs(following: followed, weights, consensus, stake, incentive, &bonds)
    }
    dividends = Self.shares(dividends)
    if !dividends.contains(where: { $0 > 0 }) { dividends = stake }
    return Outcome(incentive: incentive, dividends: dividends, consensus: consensus)
  }
}

extension Yuma {
  /// The largest weight on a miner such that validators with a share kappa of the stake say at least
  /// as much.
  private func consensus(
    on miner: Int, miners: Int, _ stake: [Double], _ weights: [Double]
  ) -> Double {
    let order = stake.indices.sorted {
      let (a, b) = (weights[$0 * miners + miner], weights[$1 * miners + miner])
      return a != b ? a > b : $0 < $1
    }
    var support = 0.0
    for validator in order {
      support += stake[validator]
      // Shares of stake add to 1 but for their rounding.
      if support >= kappa * (1 - 1e-12) { return weights[validator * miners + miner] }
    }
    return 0
  }

  /// Version 2: bonds are shares of a miner's column, and follow stake times weight.
  private func moveShares(
    following weights: [Double], _ stake: [Double], _ incentive: [Double], _ bonds: inout [Double]
  ) -> [Double] {
    let miners = incentive.count
    var change = weights
    for place in change.indices { change[place] *= stake[place / miners] }
    Self.normaliseColumns(&change, miners)
    Self.normaliseColumns(&bonds, miners)
    for place in bonds.indices {
      bonds[place] = bondsAlpha * change[place] + (1 - bondsAlpha) * bonds[place]
    }
    Self.normaliseColumns(&bonds, miners)
    let dividends = Self.earned(bonds, incentive, of: stake.count)
    // What is kept: each column scaled to its largest bond.
    var largest = [Double](repeating: 0, count: miners)
    for place in bonds.indices {
      largest[place % miners] = max(largest[place % miners], bonds[place])
    }
    for place in bonds.indices where bonds[place] > 0 {
      bonds[place] = Self.step(bonds[place] / largest[place % miners])
    }
    return dividends
  }

  /// Version 3: each bond follows its own weight; stake counts when dividends are shared out.
  private func movePairs(
    following followed: [Double], _ weights: [Double], _ consensus: [Double], _ stake: [Double],
    _ incentive: [Double], _ bonds: inout [Double]
  ) -> [Double] {
    let miners = incentive.count
    for place in bonds.indices {
      let (weight, bond) = (weights[place], bonds[place])
      let distance = weight >= bond ? weight - consensus[place % miners] : bond - weight
      let alpha = liquid?.alpha(distance: distance) ?? bondsAlpha
      bonds[place] = min(1, (1 - alpha) * bond + alpha * followed[place])
    }
    var shares = bonds
    Self.normaliseColumns(&shares, miners)
    for place in bonds.indices { bonds[place] = Self.step(bonds[place]) }
    let earned = Self.earned(shares, incentive, of: stake.count)
    return zip(stake, earned).map { $0 * $1 }
  }

  /// Sum over miners of bond times incentive, `[validators]`.
  private static func earned(
    _ bonds: [Double], _ incentive: [Double], of validators: Int
  ) -> [Double] {
    var earned = [Double](repeating: 0, count: validators)
    let miners = incentive.count
    for place in bonds.indices {
      earned[place / miners] += bonds[place] * incentive[place % miners]
    }
    return earned
  }

  /// Bonds are stored in 16 bits, rounded down.
  private static func step(_ bond: Double) -> Double {
    (bond * 65535).rounded(.down) / 65535
  }

  private static func shares(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    return sum > 0 ? values.map { $0 / sum } : values.map { _ in 0 }
  }

  private static func normaliseColumns(_ matrix: inout [Double], _ columns: Int) {
    var sums = [Double](repeating: 0, count: columns)
    for place in matrix.indices { sums[place % columns] += matrix[place] }
    for place in matrix.indices where matrix[place] > 0 { matrix[place] /= sums[place % columns] }
  }
}
