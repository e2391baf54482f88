import Experiments
import Kernel
import Scenarios

/// What must be equal for a stored part to stand for a unit of a plan.
enum PartKey {
  /// Digest of everything that decides the rows of one unit. The number of replicates is not among
  /// it: adding some keeps the old ones.
  static func digest(_ unit: WorkUnit, of plan: Plan) -> String {
    let variant = plan.variants[unit.variant]
    let calibrated = plan.calibratedValues[unit.variant]?.description ?? "none"
    let fitted = plan.fittedValues[unit.variant].map { ["fitted \($0)"] } ?? []
    let facts =
      [
        "results \(Provenance.resultsVersion)", "numerics \(Provenance.numerics)",
        "scenario \(plan.digest)", "name \(plan.name)", "seed \(plan.seed)",
        "start \(plan.start)", "horizon \(plan.horizon.microseconds)",
        "measure \(plan.measureEvery.microseconds)", "variant \(unit.variant) \(variant.name)",
        "calibrated \(calibrated)", "replicate \(unit.replicate)",
      ] + fitted
    var hash = SHA256()
    hash.update(Array(facts.joined(separator: "\n").utf8))
    return hash.hexDigest
  }
}
