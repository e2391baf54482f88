/// What was measured of demand and its outside options over one stretch of time.
struct DemandTotals: Sendable {
  // Sums.
  var cloudHours = 0.0
  var cloudSpend = 0.0
  /// Requests that a cloud with less than full availability was asked for, and those it did not
  /// serve at once.
  var cloudRequests = 0.0
  var cloudUnserved = 0.0
  /// GPU-hours asked for by jobs that are not organic.
  var inorganicHours = 0.0
  var subsidies = 0.0
  var slaCredits = 0.0
  /// Of the credits, those that the treasury paid rather than escrow.
  var treasuryCredits = 0.0
  var breakage = 0.0
  var reservationFees = 0.0
  var preemptions = 0.0
  var missedDeadlines = 0.0
  var washSpend = 0.0

  // States at the end: NaN where no class has them.
  var prepaidCredits = Double.nan
  var washGain = Double.nan
  /// Share of the gated classes that come, over days.
  var adoption = DayMean()

  mutating func append(_ next: DemandTotals) {
    cloudHours += next.cloudHours
    cloudSpend += next.cloudSpend
    cloudRequests += next.cloudRequests
    cloudUnserved += next.cloudUnserved
    inorganicHours += next.inorganicHours
    subsidies += next.subsidies
    slaCredits += next.slaCredits
    treasuryCredits += next.treasuryCredits
    breakage += next.breakage
    reservationFees += next.reservationFees
    preemptions += next.preemptions
    missedDeadlines += next.missedDeadlines
    washSpend += next.washSpend
    prepaidCredits = next.prepaidCredits
    washGain = next.washGain
    adoption.append(next.adoption)
  }
}
