import Economy
import Foundation
import Synchronization

/// How far a command has come.
public struct RunProgress: Sendable, Equatable {
  /// Simulated days done, over all replicates.
  public internal(set) var days: Double
  /// Simulated days to do, over all replicates.
  public internal(set) var totalDays: Double
  /// Events handled.
  public internal(set) var events: Int

  public init(days: Double = 0, totalDays: Double = 0, events: Int = 0) {
    self.days = days
    self.totalDays = totalDays
    self.events = events
  }
}

/// Watches over running replicates: counts their progress and stops them at a limit or a signal.
public final class Watch: Sendable {
  private let limits: RunLimits
  private let interrupt: Interrupt
  private let report: @Sendable (RunProgress) -> Void
  private let progress = Mutex(RunProgress())
  private let begin = ContinuousClock.now
  private let hasFailed = Atomic<Bool>(false)

  /// - Parameter report: told of every slice, one call at a time.
  public init(
    limits: RunLimits = RunLimits(), interrupt: Interrupt = Interrupt(),
    report: @escaping @Sendable (RunProgress) -> Void = { _ in }
  ) {
    self.limits = limits
    self.interrupt = interrupt
    self.report = report
  }

  /// Wall time since the watch was made [s].
  public var elapsedSeconds: Double { (ContinuousClock.now - begin) / .seconds(1) }

  /// Events handled so far, pilots included.
  public var events: Int { progress.withLock { $0.events } }

  /// Stops the other replicates after one has failed.
  func stop() {
    hasFailed.store(true, ordering: .relaxed)
  }

  /// Announces work [simulated days].
  func expect(days: Double) {
    progress.withLock { $0.totalDays += days }
  }

  /// Books a slice of a replicate, then stops the run if a bound was crossed.
  func advance(days: Double, events: Int, bytesWritten: Int) throws(ExperimentError) {
    let events = progress.withLock { progress in
      progress.days += days
      progress.events += events
      report(progress)
      return progress.events
    }
    try look()
    try check(.events, Double(events), limit: Double(limits.events))
    try check(.disk, Double(bytesWritten), limit: Double(limits.diskBytes))
  }

  /// Stops where a signal or a failure elsewhere asked for it.
  func checkInterrupt() throws(ExperimentError) {
    if interrupt.isRaised || hasFailed.load(ordering: .relaxed) { throw .interrupted }
  }

  /// Stops at a signal, or where time or memory have run out.
  func look() throws(ExperimentError) {
    try checkInterrupt()
    try check(.wallTime, elapsedSeconds, limit: limits.wallSeconds)
    try check(.memory, Self.peakResidentBytes(), limit: Double(limits.memoryBytes))
  }

  /// Stops before a network is opened that the memory cannot hold, so many of them at once.
  func checkRoom(
    for settings: EconomySettings, seed: UInt64, replicate: Int, atOnce networks: Int
  ) throws(ExperimentError) {
    let (limit, networks) = (Double(limits.memoryBytes), Double(networks))
    let bytes = try NetworkRun.leastBytes(
      of: settings, seed: seed, replicate: UInt32(replicate), among: limit / networks
    ) { () throws(ExperimentError) in try checkInterrupt() }
    try check(.memory, bytes * networks, limit: limit)
  }

  private func check(
    _ quantity: LimitError.Quantity, _ reached: Double, limit: Double
  ) throws(ExperimentError) {
    guard reached > limit else { return }
    throw .limit(LimitError(quantity: quantity, limit: limit, reached: reached))
  }

  /// Largest resident size of this process so far [bytes].
  public static func peakResidentBytes() -> Double {
    var usage = rusage()
    #if os(Linux)
      getrusage(RUSAGE_SELF.rawValue, &usage)
      return Double(usage.ru_maxrss) * 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss)
    #endif
  }
}
