import Configuration

/// What an operator loses of its collateral that leaves before its term.
///
/// fee = max(least × pledge, fault × fault fee, share × pledge × min(1, age ÷ full age)), each product
/// rounded down. Source: Filecoin FIP-0098.
struct TerminationTerms: Sendable {
  /// Days for which an operator commits itself.
  let termDays: Double
  /// Shares in millionths.
  let least: Int64
  let share: Int64
  let fullDays: Double
  /// Multiple of the fault fee in millionths, and what that fee is: days of expected reward.
  let fault: Int64
  let faultDays: Double

  init(reading fields: inout FieldReader) {
    func millionths(_ share: Double) -> Int64 { Int64((share * 1e6).rounded()) }
    termDays = fields.number(
      "termDays", "time for which an operator commits itself", unit: "days", in: 0...36_500,
      default: 540, source: "Filecoin: 180 days to 5 years, 540 at first")
    least = millionths(
      fields.share(
        "leastShare", "share of the collateral that is lost at least", default: 0.02,
        source: "Filecoin FIP-0098"))
    share = millionths(
      fields.share(
        "share", "share of the collateral that is lost at the full age", default: 0.085,
        source: "Filecoin FIP-0098"))
    fullDays = fields.number(
      "fullAfterDays", "age from which all of that share is lost", unit: "days", in: 0.01...36_500,
      default: 140, source: "Filecoin FIP-0098")
    fault = millionths(
      fields.number(
        "faultFeeMultiple", "of the fee of a day of fault, what is lost at least", in: 0...1000,
        default: 1.05, source: "Filecoin FIP-0098"))
    faultDays = fields.number(
      "faultFeeDays", "fee of a day of fault, in expected reward", unit: "days", in: 0...3650,
      default: 3.51, source: "Filecoin: ongoing fault")
  }

  init(
    termDays: Double, least: Int64 = 20_000, share: Int64 = 85_000, fullDays: Double = 140,
    fault: Int64 = 1_050_000, faultDays: Double = 3.51
  ) {
    self.termDays = termDays
    self.least = least
    self.share = share
    self.fullDays = fullDays
    self.fault = fault
    self.faultDays = faultDays
  }

  /// The fee for collateral of an age [base units].
  func fee(pledge: Int64, ageMinutes: Int64, faultFee: Int64) -> Int64 {
    let full = Int128((fullDays * 1440).rounded())
    let age = min(Int128(max(ageMinutes, 0)), full)
    let byAge = Int128(pledge) * Int128(share) / 1_000_000 * age / full
    let byFault = Int128(faultFee) * Int128(fault) / 1_000_000
    let fee = max(byAge, byFault, Int128(pledge) * Int128(least) / 1_000_000)
    // No more than the ledger can hold; a holder of collateral loses no more than that.
    return Int64(min(fee, 4_600_000_000_000_000_000))
  }
}

/// What every node burns of its tokens day by day, fixed when its collateral is posted.
///
/// fee = min(share of circulating × multiplier, cap × expected reward) [tokens/node-day]. Source:
/// Filecoin FIP-0100.
struct DailyFee: Sendable {
  let shareOfCirculating: Double
  let mostOfReward: Double

  init(reading fields: inout FieldReader) {
    shareOfCirculating = fields.number(
      "shareOfCirculating", "share of circulating tokens that a node burns in a day",
      unit: "1/node-day", in: 0...1, source: "Filecoin FIP-0100: 5.56e-15 for 32 GiB",
      example: 1e-8)
    mostOfReward = fields.share(
      "mostOfReward", "most of its expected reward that a node burns", default: 0.5,
      source: "Filecoin FIP-0100")
  }

  /// Fee of a node [tokens/day].
  func tokens(circulating: Double, multiplier: Double, reward: Double) -> Double {
    min(shareOfCirculating * circulating * multiplier, mostOfReward * reward)
  }
}
