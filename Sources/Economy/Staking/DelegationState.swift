import Kernel

/// What holders have bonded, and what they expect of it; unused unless some stage lets them.
struct DelegationState: Sendable {
  /// Cache: whether any stage lets holders bond tokens.
  var isOn = false
  /// State: base units that are bonded, and those on their way back.
  var bonded: Int64 = 0
  var unbonding: [Unbonding] = []
  /// State: mean yield of a bonded token, less what is slashed, and net issue of a token of the supply
  /// [1/year], and days behind them.
  var nominalYield = 0.0
  var netIssue = 0.0
  var seenDays = 0.0
  /// Counter: what delegators received, or would have, less what they lost by slashes, since the last
  /// settlement [tokens].
  var rewards = 0.0
  /// State: what was bonded, and what there was, after the last settlement [base units].
  var bondedBefore: Int64 = 0
  var supplyBefore: Int64 = 0
  /// Counter: base units that slashes burned.
  var burned: Int64 = 0

  struct Unbonding: Sendable {
    let amount: Int64
    let due: SimTime
  }

  /// What they expect to earn after the issue of new tokens [1/year].
  var expectedYield: Double {
    StakingTerms.realYield(nominal: nominalYield, issue: netIssue)
  }
}

/// What bonding came to in one stretch of time.
struct DelegationTotals: BitwiseCopyable, Sendable {
  /// Paid to delegators, after tax and commission [tokens], [USD at the oracle].
  var rewards = 0.0
  var rewardsUSD = 0.0
  /// Lost by slashes [tokens], [USD at the oracle].
  var slashed = 0.0
  var slashedUSD = 0.0
  /// Bonded by delegators, and supply, over the epochs that ended [tokens x days].
  var bondedDays = 0.0
  var supplyDays = 0.0
  /// Issued less burned in the same epochs [tokens].
  var netIssued = 0.0
  /// States at the end [tokens].
  var bonded = 0.0
  var unbonding = 0.0
  var supply = Double.nan

  mutating func append(_ next: DelegationTotals) {
    rewards += next.rewards
    rewardsUSD += next.rewardsUSD
    slashed += next.slashed
    slashedUSD += next.slashedUSD
    bondedDays += next.bondedDays
    supplyDays += next.supplyDays
    netIssued += next.netIssued
    bonded = next.bonded
    unbonding = next.unbonding
    supply = next.supply
  }

  /// What a bonded token earned, per year [1/year].
  var nominalYield: Double { rewards / bondedDays * Span.daysPerYear }

  /// The same after slashes and the issue of new tokens [1/year].
  var realYield: Double {
    StakingTerms.realYield(
      nominal: (rewards - slashed) / bondedDays * Span.daysPerYear,
      issue: netIssued / supplyDays * Span.daysPerYear)
  }
}
