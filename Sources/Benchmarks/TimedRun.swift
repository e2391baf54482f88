import Economy
import Experiments
import Kernel

/// One replicate of the first variant of a plan, with the clock on.
///
/// It goes to the horizon in slices and drops the rows, as the ordinary runner does when it has
/// written them.
struct TimedRun {
  private(set) var run: NetworkRun
  /// Wall time of setting up [s].
  let openingSeconds: Double
  /// Wall time of the run itself [s].
  private(set) var seconds = 0.0
  private let horizon: SimTime

  init(_ plan: Plan, replicate: Int, _ interrupt: Interrupt) throws(BenchmarkError) {
    let begin = ContinuousClock.now
    run = try plan.networkRun(plan.variants[0], replicate: replicate, horizon: plan.horizon) {
      () throws(BenchmarkError) in
      if interrupt.isRaised { throw .interrupted }
    }
    openingSeconds = (ContinuousClock.now - begin) / .seconds(1)
    horizon = plan.horizon
  }

  /// - Parameter look: sees the network after each slice.
  mutating func finish(
    slice: SimDuration, _ interrupt: Interrupt, look: (NetworkRun) -> Void = { _ in }
  ) throws(BenchmarkError) {
    let begin = ContinuousClock.now
    var end = SimTime.zero
    repeat {
      guard !interrupt.isRaised else { throw .interrupted }
      end = min(end + slice, horizon)
      do throws(InvariantFailure) {
        try run.run(until: end)
      } catch {
        throw .invariant(error)
      }
      _ = run.takeSeries()
      _ = run.takeFlows()
      look(run)
    } while end < horizon
    seconds = (ContinuousClock.now - begin) / .seconds(1)
  }

  /// A measure over the whole run.
  func value(_ measure: String) -> Double {
    Measure.index(of: measure).map { run.summary()[$0] } ?? .nan
  }
}
