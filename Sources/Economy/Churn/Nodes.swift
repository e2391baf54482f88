import Kernel

/// A potential node; its slot is its place for the whole run.
///
/// What most events touch of a node stands in one row of 16 bytes, so that a million of them take
/// little of the processor's caches.
struct NodeRow: BitwiseCopyable, Sendable {
  /// State: its job while it serves, its place among the idle nodes while it is idle.
  var link: Int32 = -1
  /// Raised whenever the node leaves: events scheduled before are stale.
  var generation: UInt32 = 0
  /// Sessions begun: index of the draws.
  var sessions: UInt32 = 0
  private(set) var state = NodeState.absent
  /// Parameter: columns of its operator's type and of its hardware class.
  let type: UInt8
  let hardware: UInt8

  init(type: Int, hardware: Int) {
    self.type = UInt8(type)
    self.hardware = UInt8(hardware)
  }

  /// Starts a job.
  mutating func begin(_ job: Int) {
    step(.assigned)
    link = Int32(job)
  }

  /// Takes one step of a node's life; our mistake where there is no such step.
  mutating func step(_ input: NodeInput) {
    guard let next = state.after(input) else {
      preconditionFailure("a node that is \(state) cannot be \(input)")
    }
    state = next
  }
}

/// What a node did since the last settlement; stretches that still run are added there.
struct NodeWork: BitwiseCopyable, Sendable {
  /// Counter: time online [µs]. A session that runs has been entered as minus its start, or as minus
  /// the last settlement, so that adding the present gives what it is now.
  var online: Int64 = 0
  /// Counter: time of jobs that were done or lost [µs], and micro-dollars of those done.
  var busy: Int64 = 0
  var owed: Int64 = 0
}

/// What a node's failures need; asked for only where something fails.
struct Wear: BitwiseCopyable, Sendable {
  /// State: operating time left until the next failure at the start of the session; zero where it
  /// is not drawn yet or nothing fails.
  var untilFailure = SimDuration.zero
  var sessionStart = SimTime.zero
  /// Failures suffered: index of the draws.
  var failures: UInt32 = 0
}
