import Configuration
import Kernel

/// Holders who bond part of their tokens for a part of emission and fees.
///
/// They aim at the share s* = clamp(s₀ + β (r − r₀), 0, s₁) of the supply, with r the real yield they
/// expect and r₀ what they could have elsewhere [1/year]. At each settlement the bonded share s goes
/// 1 − exp(−k Δ) of the way to s*, with k the speed [1/day] and Δ the epoch [days], as far as holders
/// have tokens. r = (1 + y) / (1 + i) − 1 with y what a bonded token earns, less what is slashed of it,
/// and i the net issue of a token of the supply, each per year and a mean over `memoryDays`.
struct StakingTerms: Sendable, Equatable {
  /// Who keeps the commission on rewards.
  enum CommissionTo: String, CaseIterable, Sendable { case operators, treasury }

  /// Share of the supply that is bonded at day 0 [1].
  let openingShare: Double
  /// s₀ and s₁ [1], β [year], r₀ [1/year], k [1/day].
  let restingShare: Double
  let mostShare: Double
  let response: Double
  let alternative: Double
  let speed: Double
  let memoryDays: Double
  let unbonding: SimDuration
  /// Of every reward first the tax, then of the rest the commission [1].
  let tax: Double
  let commission: Double
  let commissionTo: CommissionTo
  /// Share of what is left that is bonded at once, and of the others' that is sold [1].
  let compounded: Double
  let rewardsSold: Double
  /// Share of what comes back that is sold [1].
  let unbondedSold: Double
  /// What delegators lose of the stake behind an operator, for each part of its own that is slashed.
  let slashedBeside: Double

  init(reading fields: inout FieldReader) {
    openingShare = fields.share(
      "openingShare",
      "share of the supply that is bonded at day 0; where an amendment brings staking, nothing is at first",
      default: 0.4,
      source: "model-facts §5.4: 40 %, LPT 45 %")
    restingShare = fields.share(
      "restingShare", "share of the supply that is bonded where staking yields the alternative",
      default: 0.4, source: "model-facts §5.4: 0 to 60 %")
    mostShare = fields.share(
      "mostShare", "most of the supply that is ever bonded", default: 0.9, source: "assumption")
    response = fields.number(
      "responseYears", "share of the supply for each 1/year of real yield above the alternative",
      unit: "years", in: 0...1000, default: 1, source: "assumption")
    alternative = fields.number(
      "alternativePerYear", "yield that holders could have elsewhere", unit: "1/year",
      in: -0.99...100, default: 0.05, source: "assumption")
    speed = fields.number(
      "speedPerDay", "part of the gap between what is bonded and what is meant to be that closes",
      unit: "1/day", in: 0...100, default: 0.02, source: "assumption: half in 35 days")
    memoryDays = fields.number(
      "memoryDays", "memory of the mean yield that is expected", unit: "days", in: 0.1...3650,
      default: 30, source: "assumption")
    unbonding = .days(
      fields.number(
        "unbondingDays", "time from unbonding to free tokens", unit: "days", in: 0...3650,
        default: 14, source: "Akash, code of the chain: 14 days"))
    tax = fields.share(
      "taxShare", "share of all rewards that goes to the treasury first", default: 0,
      source: "assumption; Akash 2 to 50 %, by vote")
    commission = fields.share(
      "commissionShare", "share of the rest that is not the delegators'", default: 0.05,
      source: "Akash: at least 5 %")
    commissionTo = fields.choice(
      "commissionTo", "who keeps it; operators by their nodes", default: CommissionTo.operators)
    compounded = fields.share(
      "compoundShare", "share of delegators' rewards that is bonded at once", default: 0.5,
      source: "assumption")
    rewardsSold = fields.share(
      "rewardSaleShare", "share of the others that is sold at the next market step", default: 0.5,
      source: "assumption")
    unbondedSold = fields.share(
      "unbondedSaleShare", "share of what comes back that is sold at the next market step",
      default: 0.5, source: "assumption")
    slashedBeside = fields.share(
      "slashedShare",
      "part of the stake behind an operator that is lost where all of the operator's own is slashed",
      default: 1, source: "Cosmos chains: delegators lose the same part; Livepeer: none")
    if restingShare > mostShare {
      fields.refuse(
        "restingShare", expected: "at most mostShare (\(mostShare))", found: "\(restingShare)",
        help: "lower it, or raise mostShare")
    }
    if openingShare > mostShare {
      fields.refuse(
        "openingShare", expected: "at most mostShare (\(mostShare))", found: "\(openingShare)",
        help: "lower it, or raise mostShare")
    }
  }

  /// The share of the supply that holders aim at, given a real yield [1/year].
  func target(realYield: Double) -> Double {
    min(max(restingShare + response * (realYield - alternative), 0), mostShare)
  }

  /// A yield after the issue of new tokens [1/year].
  static func realYield(nominal: Double, issue: Double) -> Double {
    max(1 + nominal, 0) / max(1 + issue, 1e-9) - 1
  }
}
