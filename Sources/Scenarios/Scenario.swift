public import Configuration
public import Economy
public import Kernel

/// A checked scenario: what to run, for how long, and what to compare.
public struct Scenario: Sendable {
  /// The name of the file without its extension.
  public let name: String
  /// What the scenario represents and what it leaves out.
  public let about: String
  /// The date of day 0.
  public let start: CalendarDate
  public let horizonDays: Double
  public let measureEveryDays: Double
  public let seed: UInt64
  public let replicates: Int
  public let analysis: Analysis
  /// The networks to compare, in file order; one named `base` where the file names none.
  public let variants: [Variant]
  /// Index of the variant that the others are compared with.
  public let baseline: Int
  /// What looks doubtful though it can be run.
  public let warnings: [Issue]
  /// Observed series to lay beside the simulated ones.
  public let histories: [History]
  /// Claims that `check` holds runs to.
  public let assertions: [Assertion]
  /// Every file read, the scenario first.
  public let files: [FileDigest]
  /// The texts that warnings point into.
  public let sources: [SourceFile]

  /// The merged tree with the settings of the command line applied.
  let tree: Node
  /// Cache: the tree of each variant, to read it again, with another value or for its records.
  let trees: [Node]
}

extension Scenario {
  /// The merged tree with the settings of the command line applied, as canonical JSON.
  ///
  /// Written anew each time it is asked for, as the digest is: checking a scenario needs neither.
  public var effectiveText: String { tree.json(indented: true) + "\n" }

  /// SHA-256 of the effective text and of every table it reads.
  public var digest: String {
    let tables = tree.tables.map { "\($0.path) \($0.digest)\n" }.joined()
    return SHA256.hex(effectiveText + tables)
  }
}

/// One of the networks that a scenario compares.
public struct Variant: Sendable {
  public let name: String
  /// What holds from each day on; the first stage begins at day 0.
  public let stages: [Stage]
  /// The number to match to another variant before this one is run.
  public let calibration: Calibration?
  /// Index of the variant that this one is compared with; nil: the scenario's baseline.
  public internal(set) var baseline: Int?
  /// The numbers to fit to observations before the variant is run.
  public internal(set) var fit: Fit? = nil
}

/// What holds from a day until the next amendment.
public struct Stage: Sendable {
  public let day: Double
  public let settings: EconomySettings
}

/// Asks for one number of a variant to be fitted, so that a measure equals that of another variant.
public struct Calibration: Sendable, Equatable {
  /// Key path of the number.
  public let key: String
  /// Name of the measure that must agree.
  public let measure: String
  public let fromDay: Double
  public let toDay: Double
  /// The variant whose measure is the target.
  public let equals: String
  /// Largest relative difference that counts as equal.
  public let tolerance: Double
}

/// An observed series.
public struct History: Sendable, Equatable {
  /// An observation on a day since the start.
  public struct Point: Sendable, Equatable {
    public let day: Double
    public let value: Double
  }

  public let name: String
  public let measure: String
  /// The variant that stands for what happened; nil for the baseline.
  public let variant: String?
  public let points: [Point]
  /// Observations before this day were used to choose parameters; nil where none were.
  public let fittedUntilDay: Double?
}

/// A file and the digest of its bytes.
public struct FileDigest: Sendable, Equatable {
  /// The path from the folder of the scenario.
  public let path: String
  /// All of its bytes, which are UTF-8.
  let text: String

  public var sha256: String { SHA256.hex(text) }
}
