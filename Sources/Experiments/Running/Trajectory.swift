public import Economy
public import Kernel
public import Scenarios

/// One replicate as the runner sees it. ``NetworkRun`` is the real one; tests bring toys.
protocol Trajectory {
  /// Where time goes; nil where nobody asked.
  var profile: EventProfile? { get set }
  /// Leaves a warm-up out of the summary; said before the run.
  mutating func leaveOut(until end: SimTime)
  mutating func run(until time: SimTime) throws(InvariantFailure)
  mutating func takeSeries() -> [SeriesRow]
  mutating func takeFlows() -> [FlowRow]
  func breakdown() -> [BreakdownRow]
  func survival() -> [SurvivalRow]
  func summary() -> [Double]
  var events: EventCounts { get }
  var warnings: [String] { get }
}

extension NetworkRun: Trajectory {}

/// Makes the trajectory of a replicate of a variant up to a horizon.
typealias TrajectorySource =
  @Sendable (_ variant: Variant, _ replicate: Int, _ horizon: SimTime)
  -> any Trajectory

extension Plan {
  /// The real economy under this plan's calendar, seed and measuring interval.
  public func networkRun(
    _ variant: Variant, replicate: Int, horizon: SimTime
  ) -> NetworkRun {
    var burnIn = SimDuration.zero
    if case .horizon(let days) = analysis { burnIn = .days(Double(days)) }
    return NetworkRun(
      stages: variant.stages.map { ($0.day, $0.settings) }, start: start, horizon: horizon,
      measureEvery: measureEvery, burnIn: burnIn, seed: seed, replicate: UInt32(replicate))
  }
}
