/// What a check found out about one scenario.
public struct ScenarioCheck: Sendable {
  public let now: Reference
  /// Nil where there is none yet.
  public let reference: Reference?
  /// Every metric that has values in both; empty where there is no reference.
  public let shifts: [MeasureShift]
  /// What cannot be compared with the reference, in sentences.
  public let losses: [String]
  public let assertions: [AssertionResult]
  /// Wall time of the run [s].
  public let seconds: Double

  public init(
    now: Reference, reference: Reference?, assertions: [AssertionResult], seconds: Double
  ) {
    self.now = now
    self.reference = reference
    self.assertions = assertions
    self.seconds = seconds
    shifts = reference?.shifts(to: now) ?? []
    losses = reference?.losses(to: now) ?? []
  }

  public var name: String { now.scenario }

  /// Whether every number is the one of the reference.
  public var isEqual: Bool { reference?.resultDigest == now.resultDigest }

  /// Why replicates could not be compared one by one; nil where they were.
  public var whyUnpaired: String? { isEqual ? nil : reference?.whyUnpaired(with: now) }

  /// Metrics that moved by more than luck.
  public var moved: [MeasureShift] { shifts.filter(\.hasMoved) }

  /// Assertions that do not hold, or are not shown to.
  public var unmet: [AssertionResult] { assertions.filter { $0.verdict != .passed } }

  /// Whether the numbers are those of the reference, but for luck.
  public var matchesReference: Bool {
    isEqual || reference != nil && moved.isEmpty && losses.isEmpty && isComparable
  }

  /// Whether replicates are enough to tell a shift from luck where a metric differs.
  ///
  /// With two no shift is found however large it is, since nothing says how much luck spreads.
  public var isComparable: Bool {
    if shifts.isEmpty { return false }
    let fewest = min(now.replicates.count, reference?.replicates.count ?? 0)
    return fewest >= Self.leastReplicates || shifts.allSatisfy { $0.difference == 0 }
  }

  static let leastReplicates = 3

  public var hasPassed: Bool { matchesReference && unmet.isEmpty }

  /// Why a new reference is made; nil where the old one still says it all.
  public var reasonToUpdate: String? {
    guard let reference else { return "first reference" }
    guard isEqual else {
      let cause = whyUnpaired.map { "; \($0)" } ?? ""
      return "\(moved.count) of \(shifts.count) metrics moved beyond luck\(cause)"
    }
    if reference.scenarioDigest != now.scenarioDigest {
      return "the scenario was written differently; no number changed"
    }
    return nil
  }
}
