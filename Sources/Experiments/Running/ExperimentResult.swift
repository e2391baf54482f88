/// What an experiment found: a plain value that tables and files are made of.
public struct ExperimentResult: Sendable {
  /// The plan as it was run, calibrated variants in place.
  public let plan: Plan
  /// Outcomes in the order of ``Plan/units``.
  public let outcomes: [ReplicateOutcome]
  /// What was matched, in the order of variants.
  public let calibrations: [CalibrationResult]
  /// What was fitted to observations, in the order of variants.
  public let fits: [FitResult]

  public init(
    plan: Plan, outcomes: [ReplicateOutcome], calibrations: [CalibrationResult] = [],
    fits: [FitResult] = []
  ) {
    precondition(outcomes.count == plan.units.count, "an experiment has one outcome a unit")
    self.plan = plan
    self.outcomes = outcomes
    self.calibrations = calibrations
    self.fits = fits
  }

  /// Outcomes of the replicates of one variant, ascending.
  public func outcomes(ofVariant variant: Int) -> ArraySlice<ReplicateOutcome> {
    let count = plan.replicates.count
    return outcomes[variant * count..<(variant + 1) * count]
  }

  /// Values of one measure over the replicates of one variant; NaN where undefined.
  public func values(of measure: Int, inVariant variant: Int) -> [Double] {
    outcomes(ofVariant: variant).map { $0.summary[measure] }
  }
}
