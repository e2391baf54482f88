public import Scenarios

/// In how many replicates of a variant an assertion holds.
public struct AssertionResult: Sendable {
  /// What the replicates say about the share that was asked for.
  public enum Verdict: String, Sendable {
    case passed, failed
    /// More replicates are needed to tell.
    case notShown = "not shown"
  }

  /// The first replicate in which it did not hold.
  public struct Breach: Sendable, Equatable {
    public let replicate: Int
    public let day: Double
    /// Value that broke it; NaN where something did not come.
    public let value: Double
  }

  public let assertion: Assertion
  public let variant: String
  /// Replicates in which it holds.
  public let held: Int
  /// Replicates whose rows tell.
  public let judged: Int
  /// Lower end of Wilson's 95 % interval for the share; NaN below two replicates.
  public let low: Double
  /// Upper end of Wilson's 95 % interval for the share; NaN below two replicates.
  public let high: Double
  public let breach: Breach?

  /// All of them must hold where all were asked for; otherwise the interval decides.
  public var verdict: Verdict {
    guard judged > 0 else { return .notShown }
    if assertion.share == 1 { return held == judged ? .passed : .failed }
    return low >= assertion.share ? .passed : high < assertion.share ? .failed : .notShown
  }
}

extension AssertionResult {
  /// - Parameter outcomes: one a replicate.
  init(
    _ assertion: Assertion, variant: String,
    _ outcomes: [(replicate: Int, outcome: AssertionMonitor.Outcome)]
  ) {
    self.assertion = assertion
    self.variant = variant
    held = outcomes.count { $0.outcome == .held }
    judged = outcomes.count { $0.outcome != .unmeasured }
    let interval = ConfidenceInterval.wilson(successes: held, of: judged)
    (low, high) = (interval.low, interval.high)
    breach =
      outcomes.lazy.compactMap { replicate, outcome in
        guard case .broken(let day, let value) = outcome else { return nil }
        return Breach(replicate: replicate, day: day, value: value)
      }.first
  }
}
