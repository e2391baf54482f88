/// One quantity that every run reports: its name, unit, formula, and how it is aggregated.
///
/// The order of ``all`` is the order of the columns of `timeseries.csv` and of the rows of
/// `summary.csv`. Names are added freely and never changed.
public struct Measure: Sendable {
  /// How a measure behaves when intervals are put together.
  public enum Kind: String, Sendable {
    /// An amount per interval; the whole run is the sum.
    case flow
    /// A state at the end of an interval; the whole run is its last value.
    case stock
    /// A state averaged over time.
    case level
    /// A sum divided by another sum; the whole run divides the sums of the run.
    case ratio
    /// The largest value so far.
    case extreme
    /// An ordered category; summaries give shares of replicates, never a mean.
    case grade
  }

  /// How the interval over replicates is made.
  public enum Interval: String, Sendable {
    /// Student's t on the values.
    case student
    /// Student's t on the logarithms; the mean is geometric.
    case studentOfLogs = "student of logs"
    /// Bias-corrected and accelerated bootstrap of the mean.
    case bootstrap = "BCa bootstrap"
    /// Wilson's interval for the share of replicates at or above each grade.
    case wilson
  }

  public let name: String
  public let unit: String
  public let kind: Kind
  public let interval: Interval
  public let formula: String
  /// The formula at work: the measure over a stretch of time, NaN where it is undefined.
  let value: @Sendable (Totals) -> Double

  init(
    _ name: String, _ unit: String, _ kind: Kind, _ formula: String,
    _ interval: Interval? = nil, _ value: @escaping @Sendable (Totals) -> Double
  ) {
    self.name = name
    self.unit = unit
    self.kind = kind
    self.formula = formula
    self.value = value
    self.interval =
      interval
      ?? {
        switch kind {
        case .flow, .stock, .level: .student
        case .ratio, .extreme: .bootstrap
        case .grade: .wilson
        }
      }()
  }
}
