public import Economy
public import Experiments
public import Scenarios

/// Why a benchmark gave no figure.
public enum BenchmarkError: Error {
  /// No folder with the project's scenarios was found; where it was looked for.
  case noProject([String])
  case scenario(ScenarioError)
  case experiment(ExperimentError)
  /// The books did not balance: a mistake of the program.
  case invariant(InvariantFailure)
  case interrupted
}
