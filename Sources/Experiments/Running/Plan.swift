public import Kernel
public import Scenarios

/// A scenario together with the options of one command: everything that decides the bytes of a
/// result, and nothing else.
public struct Plan: Sendable {
  /// Name of the scenario.
  public let name: String
  /// Paragraph of the scenario about itself.
  public let about: String
  /// Calendar date of day 0.
  public let start: CalendarDate
  /// Length of a run [days].
  public let horizonDays: Double
  /// Time between two rows of a series.
  public let measureEvery: SimDuration
  public let seed: UInt64
  /// What the question is about.
  public let analysis: Analysis
  /// End of what the summaries leave out, once pilots have found it; nil: nothing is left out.
  public internal(set) var warmUp: SimTime?
  /// Numbers of the replicates to run, counted from 1, ascending.
  public let replicates: [Int]
  /// Replicates that calibration runs on, 1 to this: the scenario's own number, so that a
  /// replicate is the same alone, among few and among many.
  let pilots: Int
  /// Variants in the order of the file; calibration replaces entries.
  public internal(set) var variants: [Variant]
  /// Values that calibration gave to the keys of variants, aligned with ``variants``.
  public internal(set) var calibratedValues: [Double?]
  /// Values that fits gave to the keys of variants, by index of the variant; empty before.
  public internal(set) var fittedValues: [Int: [Double]] = [:]
  /// Index of the variant that the others are compared with.
  public let baseline: Int
  /// Observed series to set beside the simulated ones.
  public internal(set) var histories: [History]
  /// Digest of the effective scenario and of every file it reads.
  public let digest: String
  /// Scenario as canonical text, options of the command applied.
  public let effectiveText: String

  /// Every run of the plan: replicates of the first variant, then of the second, and so on.
  public var units: [WorkUnit] {
    variants.indices.flatMap { variant in
      replicates.map { WorkUnit(variant: variant, replicate: $0) }
    }
  }

  /// Index of the variant that one is compared with; its own where there is nothing to compare.
  public func baseline(of variant: Int) -> Int { variants[variant].baseline ?? baseline }

  /// End of every run.
  public var horizon: SimTime { .days(horizonDays) }
}

extension Plan {
  /// Applies the options of a command to a scenario.
  public init(_ scenario: Scenario, options: RunOptions) {
    let count = options.replicates ?? scenario.replicates
    name = scenario.name
    about = scenario.about
    start = scenario.start
    horizonDays = options.horizonDays ?? scenario.horizonDays
    measureEvery = .days(scenario.measureEveryDays)
    seed = options.seed ?? scenario.seed
    analysis = scenario.analysis
    warmUp = nil
    pilots = scenario.replicates
    replicates = options.onlyReplicate.map { [$0] } ?? Array(1...max(1, count))
    variants = scenario.variants
    calibratedValues = Array(repeating: nil, count: variants.count)
    baseline = scenario.baseline
    histories = scenario.histories
    digest = scenario.digest
    effectiveText = scenario.effectiveText
  }
}

/// One replicate of one variant: the smallest piece of work that is started, kept or repeated.
public struct WorkUnit: Hashable, Sendable {
  /// Index into ``Plan/variants``.
  public let variant: Int
  /// Number of the replicate, counted from 1.
  public let replicate: Int

  public init(variant: Int, replicate: Int) {
    self.variant = variant
    self.replicate = replicate
  }
}
