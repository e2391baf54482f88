public import Economy
public import Experiments
import Scenarios

extension ResultFolder {
  /// Stores what is needed to repeat a run whose books did not balance.
  ///
  /// - Parameter command: the command that repeats this replicate alone.
  /// - Returns: the folder of the bundle.
  public func store(
    _ failure: InvariantFailure, of unit: WorkUnit, in plan: Plan, command: String
  ) throws(SinkError) -> String {
    let folder = "\(path)/\(Contents.partial)/failure"
    try FileSystem.makeFolder(folder)
    let report = """
      \(failure.message)

      scenario: \(plan.name) (\(plan.digest))
      variant: \(plan.variants[unit.variant].name)
      replicate: \(unit.replicate)
      seed: \(plan.seed)
      version: \(Provenance.version), results \(Provenance.resultsVersion), \
      numerics \(Provenance.numerics)
      repeat with: \(command)

      \(failure.report)

      """
    for (name, text) in [("report.txt", report), ("scenario.json5", plan.effectiveText)] {
      let file = try OutputFile("\(folder)/\(name)")
      try file.write(text)
      _ = try file.finish()
    }
    return folder
  }
}
