public import Economy
public import Kernel
public import Scenarios

/// One replicate as the runner sees it. ``NetworkRun`` is the real one; tests bring toys.
protocol Trajectory {
  /// Where time goes; nil where nobody asked.
  var profile: EventProfile? { get set }
  /// Leaves a warm-up out of the summary; said before the run.
  mutating func leaveOut(until end: SimTime)
  /// Runs the events up to `time`, or the first `most` of them; whether none is left.
  mutating func run(until time: SimTime, atMost most: Int) throws(InvariantFailure) -> Bool
  mutating func takeSeries() -> [SeriesRow]
  mutating func takeFlows() -> [FlowRow]
  func breakdown() -> [BreakdownRow]
  func survival() -> [SurvivalRow]
  func summary() -> [Double]
  var events: EventCounts { get }
  var warnings: [String] { get }
}

extension NetworkRun: Trajectory {}

/// Makes the trajectory of a replicate of a variant up to a horizon, and looks meanwhile whether
/// that is still wanted.
typealias TrajectorySource =
  @Sendable (
    _ variant: Variant, _ replicate: Int, _ horizon: SimTime,
    _ look: () throws(ExperimentError) -> Void
  ) throws(ExperimentError) -> any Trajectory

extension Plan {
  /// The real economy under this plan's calendar, seed and measuring interval.
  public func networkRun(
    _ variant: Variant, replicate: Int, horizon: SimTime
  ) -> NetworkRun {
    networkRun(variant, replicate: replicate, horizon: horizon, look: { () throws(Never) in })
  }

  /// - Parameter look: called now and then until the network is open; what it throws ends that.
  public func networkRun<Stop: Error>(
    _ variant: Variant, replicate: Int, horizon: SimTime, look: () throws(Stop) -> Void
  ) throws(Stop) -> NetworkRun {
    var burnIn = SimDuration.zero
    if case .horizon(let days) = analysis { burnIn = .days(Double(days)) }
    return try NetworkRun(
      stages: variant.stages.map { ($0.day, $0.settings) }, start: start, horizon: horizon,
      measureEvery: measureEvery, burnIn: burnIn, seed: seed, replicate: UInt32(replicate),
      look: look)
  }
}
