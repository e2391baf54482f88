import Experiments
import Foundation

/// `timing.json`: how long it took and on what; the one file that differs between equal runs.
public struct Timing: Sendable {
  let wallSeconds: Double
  let threads: Int

  public init(wallSeconds: Double, threads: Int) {
    self.wallSeconds = wallSeconds
    self.threads = threads
  }

  func json(events: Int) -> JSONValue {
    let machine = ProcessInfo.processInfo
    return .object([
      ("wall_seconds", .number(wallSeconds)),
      ("events_per_second", .number(wallSeconds > 0 ? Double(events) / wallSeconds : .nan)),
      ("threads", .integer(threads)),
      ("peak_bytes", .number(Watch.peakResidentBytes())),
      (
        "machine",
        .object([
          ("system", .string(machine.operatingSystemVersionString)),
          ("processors", .integer(machine.activeProcessorCount)),
          ("memory_bytes", .unsigned(machine.physicalMemory)),
        ])
      ),
    ])
  }
}
