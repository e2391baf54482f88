import Kernel

/// Where a job in its slot stands among the copies of one.
struct CopyPlace: BitwiseCopyable, Sendable {
  /// Group, or -1 where it has no copies, and number in it.
  var group: Int32 = -1
  var number: UInt8 = 0
  /// Its node is lost, and nobody has noticed.
  var isUnnoticed = false
}

/// The copies of one job.
struct CopyGroup: BitwiseCopyable, Sendable {
  enum Result: UInt8, Sendable { case none, right, wrong }

  /// Parameter: column of its class of demand.
  let kind: UInt8
  /// Parameter: key of the luck of the job, and how many must finish and agree.
  let identity: UInt64
  /// State: changes at the end of a burn-in alone.
  var arrival: SimTime
  let needed: Int
  /// State: next unused group.
  var next: Int32 = -1
  /// State, by number of copy: slot of the job, operator that runs it or has, what came of it.
  var members = InlineArray<32, Int32>(repeating: -1)
  var owners = InlineArray<32, Int32>(repeating: -1)
  var nodes = InlineArray<32, Int32>(repeating: -1)
  var results = InlineArray<32, Result>(repeating: .none)
  var held = InlineArray<32, Int64>(repeating: 0)
  /// Counter: dollars that attempts before the last kept for what they saved [micro-dollars].
  var spent: Int64 = 0
  /// Counter: copies so far.
  var issued = 0
  /// State: a result is accepted, or nobody waits for one.
  var isClosed = false
  /// State: copies that run or have finished, since when, and since when the job is served.
  var atWork = 0
  var since = SimTime.zero
  var hasStarted = false

  init(kind: Int, identity: UInt64, arrival: SimTime, needed: Int) {
    self.kind = UInt8(kind)
    self.identity = identity
    self.arrival = arrival
    self.needed = needed
  }

  func count(_ result: Result) -> Int {
    (0..<issued).count { results[$0] == result }
  }

  /// Copies that are still on their way.
  var pending: Int { (0..<issued).count { members[$0] >= 0 } }
}
