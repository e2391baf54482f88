import Kernel

/// What is remembered of a shock that waits for its condition.
struct ShockWatch: Sendable, Equatable {
  /// What a look leads to.
  enum Move: Equatable {
    case wait, begin, end
  }

  /// State: whether the measure has been back since it last set the shock off, or nearly did.
  private var isArmed = true
  /// State: the first measurement of the present stretch across the level.
  private var acrossSince: SimTime?
  /// State: set off, and not over.
  private var isUnderWay = false
  /// State: end of the rest.
  private var restsUntil = SimTime.zero
  /// Counter: crossings that were drawn for, and those that set the shock off.
  private var crossings: UInt32 = 0
  private var begun = 0

  /// Takes in what a measurement says.
  ///
  /// - Parameters:
  ///   - isOn: whether the shock has begun and is not over.
  ///   - endsWhenBack: whether the way back ends it.
  ///   - isLucky: the draw for the crossing of a number, from 1.
  mutating func look(
    _ value: Double, at now: SimTime, _ condition: ShockCondition, isOn: Bool, endsWhenBack: Bool,
    isLucky: (_ crossing: UInt32) -> Bool
  ) -> Move {
    acrossSince = condition.isAcross(value) ? acrossSince ?? now : nil
    if condition.isBack(value) {
      isArmed = true
      if isUnderWay, isOn, endsWhenBack { return .end }
    }
    guard isArmed, !isUnderWay, begun < condition.times, now >= restsUntil,
      let acrossSince, now - acrossSince >= condition.held
    else { return .wait }
    isArmed = false
    crossings += 1
    guard isLucky(crossings) else { return .wait }
    begun += 1
    isUnderWay = true
    return .begin
  }

  /// The shock is over; it rests.
  mutating func end(at now: SimTime, restingFor coolDown: SimDuration) {
    isUnderWay = false
    restsUntil = now + coolDown
  }
}
