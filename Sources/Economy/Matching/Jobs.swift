import Kernel

/// A job in its slot: what its events touch, in one row of 80 bytes.
struct JobRow: BitwiseCopyable, Sendable {
  /// Parameter: key of its luck.
  let identity: UInt64
  private(set) var arrival: SimTime
  /// State: start of the attempt that runs.
  private(set) var start = SimTime.zero
  /// Work of the attempt [GPU-h of speed 1].
  var work: Double
  /// State: dollars in escrow for the attempt that runs [micro-dollars].
  var deposit: Int64 = 0
  /// Parameter: what the job pays in all, where a trace says so [micro-dollars]; else -1.
  let fixedPrice: Int64
  /// Parameter: order in which jobs came.
  fileprivate(set) var order: UInt64 = 0
  /// State: node that it runs on, or -1; -2 - n while it waits in the line of node n.
  private(set) var node: Int32 = -1
  /// Raised at every turn of its life: events scheduled before are stale.
  fileprivate(set) var generation: UInt32 = 0
  private(set) var attempts: UInt32 = 0
  /// State: neighbours in the line while it waits; -1 at the ends.
  fileprivate(set) var next: Int32 = -1
  fileprivate(set) var previous: Int32 = -1
  /// Parameter: column of its class of demand.
  let kind: UInt8

  init(
    kind: Int, identity: UInt64, at arrival: SimTime, work: Double, fixedPrice: Int64 = -1
  ) {
    self.kind = UInt8(kind)
    self.identity = identity
    self.arrival = arrival
    self.work = work
    self.fixedPrice = fixedPrice
  }

  /// Starts an attempt.
  mutating func begin(on node: Int, at now: SimTime, deposit: Int64) {
    attempts += 1
    generation &+= 1
    self.node = Int32(node)
    start = now
    self.deposit = deposit
  }

  /// Counts its times from a later zero.
  fileprivate mutating func shift(by span: SimDuration) {
    arrival = SimTime(microseconds: arrival.microseconds - span.microseconds)
    start = SimTime(microseconds: start.microseconds - span.microseconds)
  }
  /// Joins or leaves the line of a node.
  mutating func wait(at node: Int) { self.node = Int32(-2 - node) }
  mutating func leaveQueue() { node = -1 }

  /// The node in whose line it waits, or nil.
  var queueNode: Int? { node <= -2 ? Int(-2 - node) : nil }

  /// Ends an attempt whose node went away; the deposit has been given back.
  mutating func lose() {
    generation &+= 1
    node = -1
  }
}

/// The jobs that are there; slots are used again when a job has left.
struct Jobs: Sendable {
  private var rows: [JobRow] = []
  /// State: a slot that no job has, or -1; `next` leads to the others.
  private var unused: Int32 = -1
  private var arrived: UInt64 = 0
  /// Counter: all deposits of jobs that run [micro-dollars].
  var deposits: Int64 = 0

  mutating func reserve(_ slots: Int) {
    rows.reserveCapacity(slots)
  }

  /// Slots, used or not.
  var slots: Int { rows.count }

  /// Slots that no job has, the one to be used next first.
  var unusedSlots: [Int] {
    Array(sequence(first: unused) { self.rows[Int($0)].next }.prefix { $0 >= 0 }).map(Int.init)
  }

  subscript(job: Int) -> JobRow {
    _read { yield rows[job] }
    _modify { yield &rows[job] }
  }

  @inline(__always)
  mutating func add(_ job: JobRow) -> Int {
    arrived += 1
    var row = job
    row.order = arrived
    if unused < 0 {
      rows.append(row)
      return rows.count - 1
    }
    let slot = Int(unused)
    unused = rows[slot].next
    row.generation = rows[slot].generation
    rows[slot] = row
    return slot
  }

  /// Counts all times from a later zero; those of unused slots mean nothing.
  mutating func shift(by span: SimDuration) {
    for job in rows.indices { rows[job].shift(by: span) }
  }

  /// Frees the slot; every event that still names the job is stale from now on.
  @inline(__always)
  mutating func remove(_ job: Int) {
    rows[job].generation &+= 1
    rows[job].next = unused
    unused = Int32(job)
  }
}

/// Jobs of one class that wait, in order: a list threaded through the jobs' own rows.
struct WaitingLine: Sendable {
  private(set) var head: Int32 = -1
  private var tail: Int32 = -1

  mutating func append(_ job: Int, _ jobs: inout Jobs) {
    jobs[job].previous = tail
    jobs[job].next = -1
    if tail >= 0 { jobs[Int(tail)].next = Int32(job) } else { head = Int32(job) }
    tail = Int32(job)
  }

  mutating func prepend(_ job: Int, _ jobs: inout Jobs) {
    jobs[job].next = head
    jobs[job].previous = -1
    if head >= 0 { jobs[Int(head)].previous = Int32(job) } else { tail = Int32(job) }
    head = Int32(job)
  }

  mutating func remove(_ job: Int, _ jobs: inout Jobs) {
    let before = jobs[job].previous
    let after = jobs[job].next
    if before >= 0 { jobs[Int(before)].next = after } else { head = after }
    if after >= 0 { jobs[Int(after)].previous = before } else { tail = before }
  }
}
