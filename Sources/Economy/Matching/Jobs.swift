import Kernel

/// Where a job stands.
enum JobState: UInt8, CaseIterable, Sendable {
  case free, waiting, running
  /// Its node is lost and nobody has noticed.
  case lost
}

/// Jobs in columns; slots are used again when a job has left.
struct Jobs: Sendable {
  /// Parameter: class, identity, time of arrival, work [GPU-h of speed 1].
  private(set) var kind: [UInt8] = []
  private(set) var identity: [UInt64] = []
  private(set) var arrival: [SimTime] = []
  var work: [Double] = []
  /// Parameter: what the job pays in all, where a trace says so [micro-dollars]; else -1.
  private(set) var fixedPrice: [Int64] = []
  /// State.
  var state: [JobState] = []
  var generation: [UInt32] = []
  var attempts: [UInt32] = []
  var node: [Int32] = []
  var start: [SimTime] = []
  /// State: dollars in escrow for the attempt that runs [micro-dollars].
  var deposit: [Int64] = []
  /// Order in which jobs came, and neighbours in the line.
  private(set) var order: [UInt64] = []
  var next: [Int32] = []
  var previous: [Int32] = []
  private var unused: [Int32] = []
  private var arrived: UInt64 = 0
  /// Counter: all deposits of jobs that run [micro-dollars].
  var deposits: Int64 = 0

  mutating func add(
    kind: Int, identity: UInt64, at arrival: SimTime, work: Double, fixedPrice: Int64 = -1
  ) -> Int {
    arrived += 1
    guard let reused = unused.popLast() else {
      self.kind.append(UInt8(kind))
      self.identity.append(identity)
      self.arrival.append(arrival)
      self.work.append(work)
      self.fixedPrice.append(fixedPrice)
      state.append(.waiting)
      generation.append(0)
      attempts.append(0)
      node.append(-1)
      start.append(.zero)
      deposit.append(0)
      order.append(arrived)
      next.append(-1)
      previous.append(-1)
      return state.count - 1
    }
    let slot = Int(reused)
    self.kind[slot] = UInt8(kind)
    self.identity[slot] = identity
    self.arrival[slot] = arrival
    self.work[slot] = work
    self.fixedPrice[slot] = fixedPrice
    state[slot] = .waiting
    attempts[slot] = 0
    node[slot] = -1
    deposit[slot] = 0
    order[slot] = arrived
    return slot
  }

  /// Frees the slot; every event that still names the job is stale from now on.
  mutating func remove(_ slot: Int) {
    generation[slot] &+= 1
    state[slot] = .free
    unused.append(Int32(slot))
  }
}

/// Jobs of one class that wait, in order: a list threaded through the jobs' own columns.
struct WaitingLine: Sendable {
  private(set) var head: Int32 = -1
  private var tail: Int32 = -1

  mutating func append(_ job: Int, _ jobs: inout Jobs) {
    jobs.previous[job] = tail
    jobs.next[job] = -1
    if tail >= 0 { jobs.next[Int(tail)] = Int32(job) } else { head = Int32(job) }
    tail = Int32(job)
  }

  mutating func prepend(_ job: Int, _ jobs: inout Jobs) {
    jobs.next[job] = head
    jobs.previous[job] = -1
    if head >= 0 { jobs.previous[Int(head)] = Int32(job) } else { tail = Int32(job) }
    head = Int32(job)
  }

  mutating func remove(_ job: Int, _ jobs: inout Jobs) {
    let before = jobs.previous[job]
    let after = jobs.next[job]
    if before >= 0 { jobs.next[Int(before)] = after } else { head = after }
    if after >= 0 { jobs.previous[Int(after)] = before } else { tail = before }
  }
}
