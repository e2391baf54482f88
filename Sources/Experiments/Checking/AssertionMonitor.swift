import Economy
import Kernel
import Scenarios

/// Judges a claim about one replicate while its rows pass by.
struct AssertionMonitor: Sendable {
  /// What the rows say about the claim.
  enum Outcome: Sendable, Equatable {
    case held
    /// Broken on a day, by a value of the measure; NaN where something did not come.
    case broken(day: Double, value: Double)
    /// No row said anything.
    case unmeasured
  }

  private let assertion: Assertion
  /// State: what is known; nil while rows may still decide.
  private var settled: Outcome?
  /// State: whether a row had a value of the measure that the claim is about.
  private var isMeasured = false
  /// State: the last day looked at.
  private var lastDay = Double.nan
  /// State: the day that the time of a `within` is counted from; nil where none is running.
  private var waitingSince: Double?
  /// State: whether the event came in time after the day from which one was counted.
  private var hasMet = false

  init(_ assertion: Assertion) {
    self.assertion = assertion
    if case .within(_, _, whenever: nil) = assertion.claim { waitingSince = assertion.after }
  }

  mutating func note(_ rows: [SeriesRow]) {
    for row in rows where settled == nil {
      let day = row.time.inDays
      guard day >= assertion.after, day <= assertion.before ?? .infinity else { continue }
      lastDay = day
      judge(row, day)
    }
  }

  /// What holds after the last row.
  var outcome: Outcome {
    if let settled { return settled }
    switch assertion.claim {
    case .always: return isMeasured ? .held : .unmeasured
    case .eventually, .until:
      return isMeasured ? .broken(day: lastDay, value: .nan) : .unmeasured
    case .within(_, _, whenever: nil): return .unmeasured
    // A time that still runs says nothing.
    case .within: return isMeasured && (hasMet || waitingSince == nil) ? .held : .unmeasured
    }
  }
}

extension AssertionMonitor {
  private mutating func judge(_ row: SeriesRow, _ day: Double) {
    switch assertion.claim {
    case .always(let condition):
      if holds(condition, row) == false { breaks(condition, row, day) }
    case .eventually(let condition):
      if holds(condition, row) == true { settled = .held }
    case .until(let condition, let event):
      if holds(event, row) == true {
        settled = .held
      } else if holds(condition, row) == false {
        breaks(condition, row, day)
      }
    case .within(let days, let event, let trigger):
      judge(row, day, days, event, trigger)
    }
  }

  private mutating func judge(
    _ row: SeriesRow, _ day: Double, _ days: Double, _ event: Assertion.Condition,
    _ trigger: Assertion.Condition?
  ) {
    let hasCome = holds(event, row) == true
    if hasCome, day <= (waitingSince ?? day) + days {
      if waitingSince != nil { hasMet = true }
      waitingSince = nil
      if trigger == nil { settled = .held }
      return
    }
    if waitingSince == nil, let trigger, holds(trigger, row) == true { waitingSince = day }
    // A row on the last day of the time, or after it, decides.
    if let since = waitingSince, day >= since + days {
      settled = .broken(day: day, value: hasCome ? .nan : value(event, row))
    }
  }

  /// Whether a condition holds in a row; nil where its measure is undefined.
  private mutating func holds(_ condition: Assertion.Condition, _ row: SeriesRow) -> Bool? {
    let value = value(condition, row)
    guard value.isFinite else { return nil }
    isMeasured = true
    return condition.holds(for: value)
  }

  private func value(_ condition: Assertion.Condition, _ row: SeriesRow) -> Double {
    Measure.index(of: condition.measure).map { row.values[$0] } ?? .nan
  }

  private mutating func breaks(
    _ condition: Assertion.Condition, _ row: SeriesRow, _ day: Double
  ) {
    settled = .broken(day: day, value: value(condition, row))
  }
}
