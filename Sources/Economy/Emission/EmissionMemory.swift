/// What an emission policy carries from one epoch to the next; each policy says what it keeps where.
///
/// It outlives an amendment that changes the policy's figures, so that a rate of inflation moves on
/// from where it stood; a policy of another kind starts with a fresh one.
struct EmissionMemory: Sendable, Equatable {
  /// State: a rate, a pool or an amount of the last epoch; nil before the first.
  var level: Double?
  /// State: the same where the rule counts in whole units of its own.
  var units: Int64?
  /// Counters: sums since the first epoch, and steps of a second clock.
  var sum = 0.0
  var otherSum = 0.0
  var steps = 0
}
