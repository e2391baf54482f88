import Experiments
import Foundation

/// `timing.json`: how long it took and on what; the one file that differs between equal runs.
public struct Timing: Sendable {
  let wallSeconds: Double
  let events: Int
  let threads: Int

  /// - Parameter events: events handled in this time, without those of parts that were taken up.
  public init(wallSeconds: Double, events: Int, threads: Int) {
    self.wallSeconds = wallSeconds
    self.events = events
    self.threads = threads
  }

  var json: JSONValue {
    .object([
      ("wall_seconds", .number(wallSeconds)),
      ("events_per_second", .number(wallSeconds > 0 ? Double(events) / wallSeconds : .nan)),
      ("threads", .integer(threads)),
      ("peak_bytes", .number(Watch.peakResidentBytes())),
      ("machine", Self.machine),
    ])
  }

  /// What the program runs on.
  static var machine: JSONValue {
    let machine = ProcessInfo.processInfo
    return .object([
      ("system", .string(machine.operatingSystemVersionString)),
      ("processors", .integer(machine.activeProcessorCount)),
      ("memory_bytes", .unsigned(machine.physicalMemory)),
    ])
  }
}
