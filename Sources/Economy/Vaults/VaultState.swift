import Kernel

/// What is remembered of credits, buy-backs and vaults; zeros where a scenario has none.
struct VaultState: Sendable {
  /// Parameter: the credits that jobs are paid with at some stage; nil: dollars alone.
  var creditsAsset: Asset?
  /// State: whether the credits that are there are the vault's, to be redeemed; else work uses them up.
  var creditsAreRedeemed = false
  /// Counter: credits that were made and that finished jobs used up [micro-credits].
  var creditsMade: Int64 = 0
  var creditsUsed: Int64 = 0
  /// Counter: of these, used since the last settlement.
  var usedOfEpoch: Int64 = 0
  /// State: dollars in escrow that operators get when credits are used up [micro-dollars].
  var providerDollars: Int64 = 0
  /// Counter: dollars that bought tokens since the last settlement, beside its own purchase, and those
  /// of them that burned what they bought [USD].
  var spending = 0.0
  var burning = 0.0
  /// Counter: tokens that were issued since the market was last told [tokens].
  var mintedBeside = 0.0
  /// Counter: of the burned share, dollars spent ahead of the settlement [micro-dollars].
  var spentAhead: Int64 = 0
  /// Counter: the protocol's fees and those of the fee vault, since vaults were last settled
  /// [micro-dollars].
  var protocolFees: Int64 = 0
  var feesOfEpoch: Int64 = 0

  /// State: fees that wait to buy tokens back [micro-dollars], and when some last did.
  var buyBackDue: Int64 = 0
  var boughtBackAt = SimTime.zero

  var book = CreditVault()
  var isBookSeeded = false
  /// State: credits that users had when the vault was closed.
  var creditsAtClose: Int64 = 0
  /// State: tokens in line for credits.
  var line: [InLine] = []
  /// State: credits of finished work that wait for redemption, `[operators]` once there are any, and
  /// those of the treasury [micro-credits].
  var claims: [Int64] = []
  var treasuryClaim: Int64 = 0
  /// State: what users paid for the redeemed credits that are theirs [micro-dollars].
  var creditCost = 0.0
  /// State: what users paid for the tokens in their wallets [micro-dollars].
  var walletCost = 0.0
  /// Counter: most tokens issued above the cap [base units].
  var overIssued: Int64 = 0

  /// State: of promised pay, its scale, and the day on which it first fell short.
  var scale = 1.0
  var isSeeded = false
  var firstShort: Double?
  /// State: when pay was first promised [days].
  var promisedSince = 0.0
  /// Counter: base units and micro-dollars that went into the reward and the fee vault, and out.
  var rewardIn: Int64 = 0
  var rewardOut: Int64 = 0
  var feesIn: Int64 = 0
  var feesOut: Int64 = 0

  /// Tokens that wait in line for credits.
  struct InLine: Sendable {
    let units: Int64
    /// What users paid for them [micro-dollars].
    let cost: Double
    let due: SimTime
  }

  /// All credits that wait for redemption.
  var claimed: Int64 { claims.reduce(treasuryClaim, +) }
}

/// What vaults did over one stretch of time, and what they are at its end.
struct VaultTotals: Sendable {
  var creditsBought = 0.0
  var creditPayments = 0.0
  var buyBackUSD = 0.0
  var reminted = 0.0
  var creditSettlements = 0.0
  var haltedSettlements = 0.0
  /// Dollars: promised at scale 1, paid, fees taken in, worth of tokens issued to the reward vault,
  /// and what left the fee vault otherwise.
  var promised = 0.0
  var paid = 0.0
  var feesIn = 0.0
  var funded = 0.0
  var surplusOut = 0.0
  var surplusBurned = 0.0
  var alerts = 0.0
  // States.
  var credits = Double.nan
  var ratio = Double.nan
  var scale = Double.nan
  var value = Double.nan
  var monthsInFull = Double.nan
  /// Since pay was first promised [days].
  var promisedDays = Double.nan

  mutating func append(_ next: VaultTotals) {
    creditsBought += next.creditsBought
    creditPayments += next.creditPayments
    buyBackUSD += next.buyBackUSD
    reminted += next.reminted
    creditSettlements += next.creditSettlements
    haltedSettlements += next.haltedSettlements
    promised += next.promised
    paid += next.paid
    feesIn += next.feesIn
    funded += next.funded
    surplusOut += next.surplusOut
    surplusBurned += next.surplusBurned
    alerts += next.alerts
    credits = next.credits
    ratio = next.ratio
    scale = next.scale
    value = next.value
    monthsInFull = next.monthsInFull
    promisedDays = next.promisedDays
  }
}
