public import Economy

/// Why an experiment ended without a result.
public enum ExperimentError: Error {
  /// A signal asked for it.
  case interrupted
  /// A bound of the run was crossed.
  case limit(LimitError)
  /// Rows could not be stored.
  case sink(SinkError)
  /// The books of a replicate did not balance: a mistake of the program.
  case invariant(WorkUnit, InvariantFailure)
  /// A variant has no steady state to ask about.
  case unsteady(Unsteadiness)
  /// A variant could not be matched to another.
  case calibration(CalibrationError)
}
