import Experiments
import Kernel
import Scenarios

/// `run.json`: everything that decided the bytes beside it, and the digest of each of them.
enum RunRecord {
  static func json(
    _ result: ExperimentResult, command: String, warnings: [String], files: [WrittenFile]
  ) -> JSONValue {
    let plan = result.plan
    let fits = result.fits.map(fit)
    let members: [(String, JSONValue)] = [
      ("program", .string("depinsim")),
      ("version", .string(Provenance.version)),
      ("results_version", .integer(Provenance.resultsVersion)),
      ("toolchain", .string(Provenance.toolchain)),
      ("numerics", .string(Provenance.numerics)),
      ("command", .string(command)),
      ("scenario", .string(plan.name)),
      ("scenario_digest", .string(plan.digest)),
      ("start", .string(plan.start.description)),
      ("horizon_days", .number(plan.horizonDays)),
      ("measure_every_days", .number(plan.measureEvery.inDays)),
      ("seed", .unsigned(plan.seed)),
      ("analysis", analysis(plan)),
      ("replicates", .array(plan.replicates.map { .integer($0) })),
      ("variants", .strings(plan.variants.map(\.name))),
      ("baseline", .string(plan.variants[plan.baseline].name)),
      ("calibrations", .array(result.calibrations.map(calibration))),
      ("events", .array(plan.variants.indices.map { events(result, variant: $0) })),
      ("warnings", .strings(warnings)),
      ("files", .array(files.map(file))),
      ("effective", .string(plan.effectiveText)),
    ]
    return .object(members + (fits.isEmpty ? [] : [("fits", .array(fits))]))
  }

  private static func fit(_ fit: FitResult) -> JSONValue {
    .object([
      ("variant", .string(fit.variant)),
      ("histories", .strings(fit.histories)),
      ("dates", .integer(fit.dates)),
      ("distance", .string(fit.distance.rawValue)),
      ("initial_loss", .number(fit.initialLoss)),
      ("loss", .number(fit.loss)),
      ("trials", .integer(fit.trials)),
      (
        "numbers",
        .array(
          fit.numbers.map { number in
            .object([
              ("key", .string(number.key.path)),
              ("from", .number(number.key.lowest)),
              ("to", .number(number.key.highest)),
              ("initial_value", .number(number.initial)),
              ("value", .number(number.value)),
            ])
          })
      ),
    ])
  }

  private static func analysis(_ plan: Plan) -> JSONValue {
    switch plan.analysis {
    case .horizon(let days):
      .object([("rule", .string("horizon")), ("burn_in_days", .integer(days))])
    case .steadyState(let measures):
      .object([
        ("rule", .string("steadyState")), ("measures", .strings(measures)),
        ("warm_up_days", .number(plan.warmUp?.inDays ?? 0)),
      ])
    }
  }

  private static func calibration(_ calibration: CalibrationResult) -> JSONValue {
    .object([
      ("variant", .string(calibration.variant)),
      ("key", .string(calibration.key)),
      ("measure", .string(calibration.measure)),
      ("equals", .string(calibration.equals)),
      ("initial_value", .number(calibration.initialValue)),
      ("value", .number(calibration.value)),
      ("factor", .number(calibration.factor)),
      ("ratio", .number(calibration.ratio)),
      ("tolerance", .number(calibration.tolerance)),
      ("within_tolerance", .bool(calibration.isWithinTolerance)),
      ("rounds", .integer(calibration.rounds)),
    ])
  }

  private static func events(_ result: ExperimentResult, variant: Int) -> JSONValue {
    let tallies = result.outcomes(ofVariant: variant).map(\.events)
    let kinds = tallies.first?.kinds ?? []
    return .object([
      ("variant", .string(result.plan.variants[variant].name)),
      ("total", .integer(tallies.reduce(0) { $0 + $1.total })),
      ("stale", .integer(tallies.reduce(0) { $0 + $1.stale })),
      (
        "kinds",
        .object(
          kinds.indices.map { index in
            (kinds[index].name, .integer(tallies.reduce(0) { $0 + $1.kinds[index].count }))
          })
      ),
    ])
  }

  private static func file(_ file: WrittenFile) -> JSONValue {
    .object([
      ("name", .string(file.name)),
      ("bytes", .integer(file.bytes)),
      ("sha256", .string(file.sha256)),
    ])
  }
}
