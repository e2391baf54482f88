import Economy
import Foundation
import Synchronization

/// Adds up what a command spends its time on; told by several tasks at once.
///
/// It stands beside the number of threads: it decides no byte of a result.
public final class Profiler: Sendable {
  /// Work around the runs.
  public enum Stage: CaseIterable, Sendable {
    case reading, calibration, opening, statistics, writing
  }

  private let clock: @Sendable () -> UInt64
  private let stages = Mutex<[Stage: UInt64]>([:])
  private let events = Mutex<EventProfile?>(nil)

  /// - Parameter clock: gives a time that never goes back [ns].
  public init(clock: @escaping @Sendable () -> UInt64 = Profiler.monotonicNanoseconds) {
    self.clock = clock
  }

  /// Time since an instant of no meaning [ns]; `ContinuousClock` takes several times as long to
  /// read.
  public static let monotonicNanoseconds: @Sendable () -> UInt64 = {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// A profile for a run about to begin.
  func begin() -> EventProfile { EventProfile(clock: clock) }

  /// Takes in the profile of a run that has ended.
  func add(_ profile: EventProfile) {
    events.withLock { sum in
      sum?.add(profile)
      sum = sum ?? profile
    }
  }

  /// What was told so far.
  public var profile: RunProfile {
    RunProfile(stages: stages.withLock { $0 }, events: events.withLock { $0 })
  }

  fileprivate func time<Value, Failure: Error>(
    _ stage: Stage, _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let begin = clock()
    defer {
      let taken = clock() - begin
      stages.withLock { $0[stage, default: 0] += taken }
    }
    return try work()
  }
}

extension Profiler? {
  /// Does some work, and books the time it took where there is a profiler.
  public func time<Value, Failure: Error>(
    _ stage: Profiler.Stage, _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    guard let self else { return try work() }
    return try self.time(stage, work)
  }
}
