import Testing

@testable import Kernel

struct EventQueueTests {
  @Test func `an entry takes sixteen bytes`() {
    #expect(MemoryLayout<QueueEntry<UInt64>>.stride == 16)
  }

  @Test func `events at one instant leave by phase and then in the order they were scheduled`() {
    var queue = EventQueue<Int>()
    for number in 0..<100 {
      queue.schedule(number, at: .days(1), phase: Phase(rawValue: UInt8(number % 4)))
    }
    let expected = (0..<4).flatMap { phase in stride(from: phase, to: 100, by: 4) }
    #expect(drain(&queue) == expected)
    #expect(queue.now == .days(1))
    #expect(queue.phase == Phase(rawValue: 3))
  }

  @Test(arguments: 0..<60)
  func `the queue agrees with a sorted list`(seed: UInt64) {
    var luck = Luck(seed: seed, replicate: 0).stream(Purpose(rawValue: 0), entity: 0)
    var queue = EventQueue<Int>()
    var list = SortedList()
    for number in 0..<400 {
      let time = queue.now + delay(&luck)
      let phase = Phase(rawValue: UInt8(luck.below(8)))
      queue.schedule(number, at: time, phase: phase)
      list.schedule(number, at: time, phase: phase)
      // Up to three attempts, so that the number pending wanders.
      for _ in 0..<luck.below(4) {
        let horizon = luck.below(4) == 0 ? SimTime.days(1e6) : queue.now + delay(&luck)
        #expect(queue.next(until: horizon) == list.next(until: horizon), "seed \(seed)")
        #expect(queue.now == list.now && queue.phase == list.phase, "seed \(seed)")
      }
      #expect(queue.count == list.pending.count, "seed \(seed)")
    }
    #expect(queue.scheduled == 400)
    #expect(drain(&queue) == list.drain(), "seed \(seed)")
    #expect(queue.isEmpty)
  }

  /// Crowds at one instant and between neighbouring ones, more than are near at once.
  @Test(arguments: 0..<20)
  func `crowds leave in the order of a stable sort`(seed: UInt64) {
    var luck = Luck(seed: seed, replicate: 1).stream(Purpose(rawValue: 0), entity: 0)
    var queue = EventQueue<Int>()
    var scheduled: [(time: SimTime, number: Int)] = []
    var left: [Int] = []
    for burst in 0..<30 {
      let size = Int(luck.below(300))
      let spread = UInt32(1) << luck.below(20)
      let start = queue.now + SimDuration(microseconds: Int64(luck.below(1000)))
      for number in 0..<size {
        let time = start + SimDuration(microseconds: Int64(luck.below(spread)))
        scheduled.append((time, burst * 1000 + number))
        queue.schedule(burst * 1000 + number, at: time, phase: .first)
      }
      for _ in 0..<luck.below(280) {
        guard let event = queue.next(until: .farFuture) else { break }
        left.append(event)
      }
    }
    left += drain(&queue)
    scheduled.sort { ($0.time, $0.number) < ($1.time, $1.number) }
    #expect(left == scheduled.map(\.number), "seed \(seed)")
  }

  @Test func `an event for an earlier phase of now runs at the next tick`() {
    var queue = EventQueue<Int>()
    queue.schedule(1, at: .days(1), phase: Phase(rawValue: 5))
    #expect(queue.next(until: .days(2)) == 1)
    queue.schedule(2, at: .days(1), phase: Phase(rawValue: 0))
    queue.schedule(3, at: .days(1), phase: Phase(rawValue: 5))
    queue.schedule(4, at: .days(1), phase: Phase(rawValue: 6))
    #expect(queue.next(until: .days(1)) == 3)
    #expect(queue.next(until: .days(1)) == 4)
    #expect(queue.next(until: .days(1)) == nil)
    #expect(queue.next(until: .days(2)) == 2)
    #expect(queue.now.microseconds == SimTime.days(1).microseconds + 1)
    #expect(queue.phase == Phase(rawValue: 0))
  }

  @Test func `a horizon leaves the time before the next event open`() {
    var queue = EventQueue<Int>()
    queue.schedule(1, at: .days(1), phase: Phase(rawValue: 7))
    queue.schedule(3, at: .days(9), phase: Phase(rawValue: 0))
    #expect(queue.next(until: .days(1)) == 1)
    #expect(queue.next(until: .days(5)) == nil)
    #expect(queue.now == .days(1))
    queue.schedule(2, at: .days(2), phase: Phase(rawValue: 1))
    #expect(drain(&queue) == [2, 3])
  }

  @Test func `a copy is a fork`() {
    var queue = EventQueue<Int>(reserving: 10)
    for number in 0..<50 { queue.schedule(number, at: .days(Double(number % 7)), phase: .first) }
    _ = queue.next(until: .days(1))
    var fork = queue
    fork.schedule(99, at: .days(3), phase: .first)
    let rest = drain(&queue)
    #expect(rest.count == 49 && !rest.contains(99))
    #expect(drain(&fork).filter { $0 != 99 } == rest)
  }

  @Test func `what is scheduled in the far future never happens`() {
    var queue = EventQueue<Int>()
    queue.schedule(1, at: .days(1) + .forever, phase: .first)
    #expect(queue.next(until: .farFuture) == nil)
    #expect(queue.count == 1)
  }

  @Test func `a queue at work allocates nothing`() {
    var queue = EventQueue<Int>()
    var luck = Luck(seed: 1, replicate: 0).stream(Purpose(rawValue: 0), entity: 0)
    for number in 0..<200 { queue.schedule(number, at: queue.now + delay(&luck), phase: .first) }
    func hold(_ times: Int) {
      for _ in 0..<times {
        guard let event = queue.next(until: .farFuture) else { return }
        queue.schedule(event, at: queue.now + .seconds(luck.uniform()), phase: .first)
      }
    }
    hold(2000)
    let chunks = queue.store.next.count
    hold(4000)
    #expect(queue.count == 200)
    // Each of 256 lists wastes at most one chunk of 64; 17 more are ready when a list is spread.
    #expect(queue.store.next.count <= 200 / 64 + 256 + 17)
    #expect(queue.store.next.count <= chunks + 16)
  }

  @Test func `scheduling in the past traps`() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue<Int>()
      queue.schedule(1, at: .days(2), phase: Phase(rawValue: 0))
      _ = queue.next(until: .days(3))
      queue.schedule(2, at: .days(1), phase: Phase(rawValue: 0))
    }
  }

  @Test func `scheduling past the far future traps`() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue<Int>()
      queue.schedule(1, at: SimTime(microseconds: (1 << 60) + 1), phase: Phase(rawValue: 0))
    }
  }
}

extension Phase {
  fileprivate static var first: Phase { Phase(rawValue: 0) }
}

/// Takes every event there is.
private func drain(_ queue: inout EventQueue<Int>) -> [Int] {
  var events: [Int] = []
  while let event = queue.next(until: .farFuture) { events.append(event) }
  return events
}

/// A delay of any order of magnitude from nothing to a thousand years, often exactly repeated.
private func delay(_ luck: inout RandomStream) -> SimDuration {
  let size = Int64(1) << Int64(luck.below(55))
  return switch luck.below(4) {
  case 0: .zero
  case 1: SimDuration(microseconds: Int64(luck.below(4)))
  case 2: SimDuration(microseconds: size)
  default: SimDuration(microseconds: Int64(Double(size) * luck.uniform()))
  }
}

/// The queue's contract, as plainly as it can be written.
private struct SortedList {
  struct Entry {
    let time: SimTime
    let phase: Phase
    let order: Int
    let event: Int

    func isBefore(_ other: Entry) -> Bool {
      (time, phase, order) < (other.time, other.phase, other.order)
    }
  }

  var pending: [Entry] = []
  var now = SimTime.zero
  var phase = Phase(rawValue: 0)
  var order = 0

  mutating func schedule(_ event: Int, at time: SimTime, phase: Phase) {
    let isLate = time == now && phase < self.phase
    let time = isLate ? time + SimDuration(microseconds: 1) : time
    pending.append(Entry(time: time, phase: phase, order: order, event: event))
    order += 1
  }

  mutating func next(until horizon: SimTime) -> Int? {
    guard let index = pending.indices.min(by: { pending[$0].isBefore(pending[$1]) }),
      pending[index].time <= horizon
    else { return nil }
    let entry = pending.remove(at: index)
    (now, phase) = (entry.time, entry.phase)
    return entry.event
  }

  mutating func drain() -> [Int] {
    pending.sorted { $0.isBefore($1) }.map(\.event)
  }
}
