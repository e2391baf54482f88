/// The pending events of a run, in total order: time, phase, order of scheduling.
///
/// A monotone radix heap (Ahuja, Mehlhorn, Orlin and Tarjan, "Faster algorithms for the shortest
/// path problem", 1990, §2). A discrete-event run never schedules into its past, so an entry may
/// wait in the bucket named by the highest hexadecimal digit in which its key differs from the key
/// taken last, and by its own value of that digit. The first bucket in use then holds the smallest
/// keys; opening it moves its entries to lower digits, at most 15 times in the life of an entry.
/// Equal keys share every bucket and are only ever appended, so they leave in the order they came.
///
/// Cost: amortised O(1) for a given spread of delays. Nothing is allocated until the number of
/// pending events passes its largest value so far. A copy is a fork: both run on, independently.
public struct EventQueue<Event: BitwiseCopyable & Sendable>: Sendable {
  /// State: the entries of all buckets.
  @usableFromInline var store = EntryStore<Event>()
  /// State: bucket 16 d + v holds the keys whose digit d, the highest that differs, is v.
  @usableFromInline var buckets = [EntryList](repeating: EntryList(), count: 256)
  /// Cache: one bit a bucket, set where it is not empty.
  @usableFromInline var occupied: [4 of UInt64] = [0, 0, 0, 0]
  /// State: key of the event taken last.
  @usableFromInline var last: UInt64 = 0
  /// Counter: events added since the queue was made.
  @usableFromInline var added = 0
  /// Counter: events taken since the queue was made.
  @usableFromInline var taken = 0

  public init() {}

  /// Makes room for a number of pending events, so that the run need not grow its memory.
  public init(reserving capacity: Int) {
    store.reserve(capacity, lists: buckets.count)
  }

  /// Time of the event taken last; zero before the first.
  @inlinable
  public var now: SimTime { SimTime(microseconds: Int64(last / 8)) }

  /// Phase of the event taken last; 0 before the first.
  @inlinable
  public var phase: Phase { Phase(rawValue: UInt8(last % 8)) }

  /// Events scheduled since the queue was made, pending or not.
  @inlinable
  public var scheduled: Int { added }

  /// Events pending.
  @inlinable
  public var count: Int { added - taken }

  @inlinable
  public var isEmpty: Bool { added == taken }

  /// Adds an event to those of a time and phase, behind the ones already there.
  ///
  /// An event for `now` in an earlier phase than the current one is put off by one tick (1 µs).
  /// Times before `now` or after ``SimTime/farFuture`` are mistakes of the model and trap.
  @inlinable
  public mutating func schedule(_ event: Event, at time: SimTime, phase: Phase) {
    precondition(
      time <= .farFuture, "an event must be scheduled at or before the far future, 2⁶⁰ µs")
    precondition(time >= now, "an event must be scheduled at or after the current time")
    var key = UInt64(time.microseconds) * 8 + UInt64(phase.rawValue)
    if key < last { key += 8 }
    insert(QueueEntry(key: key, event: event))
    added += 1
  }

  /// Takes the first event at or before the horizon, in any phase, and moves the clock to it.
  ///
  /// Nil where there is none; the clock then stays, so that events may still be scheduled anywhere
  /// after it. What lies at ``SimTime/farFuture`` is never taken.
  @inlinable
  public mutating func next(until horizon: SimTime) -> Event? {
    guard let index = firstBucketInUse, horizon >= .zero else { return nil }
    let key = buckets[index].smallestKey
    guard key / 8 <= UInt64(horizon.microseconds), key / 8 < Self.never else { return nil }
    last = key
    taken += 1
    return index < 16 ? takeFirst(from: index) : open(index)
  }
}

extension EventQueue {
  /// Time of what never happens [µs].
  @inlinable static var never: UInt64 { UInt64(SimTime.farFuture.microseconds) }

  /// The bucket of a key not below `last`; `last` itself counts as differing in digit 0.
  @inlinable
  func bucket(of key: UInt64) -> Int {
    let digit = (63 - ((key ^ last) | 1).leadingZeroBitCount) / 4
    return digit * 16 + Int(truncatingIfNeeded: (key >> UInt64(digit * 4)) % 16)
  }

  @inlinable
  var firstBucketInUse: Int? {
    for word in 0..<4 where occupied[word] != 0 {
      return word * 64 + occupied[word].trailingZeroBitCount
    }
    return nil
  }

  @inlinable
  mutating func insert(_ entry: QueueEntry<Event>) {
    let index = bucket(of: entry.key)
    store.append(entry, to: &buckets[index])
    occupied[index / 64] |= 1 << UInt64(index % 64)
  }

  @inlinable
  mutating func markEmpty(_ index: Int) {
    occupied[index / 64] &= ~(1 << UInt64(index % 64))
  }

  /// Takes the first event of a bucket of digit 0, whose keys are all equal.
  @inlinable
  mutating func takeFirst(from index: Int) -> Event {
    let event = store.removeFirst(from: &buckets[index])
    if buckets[index].count == 0 { markEmpty(index) }
    return event
  }

  /// Takes the first event with the key `last` out of a bucket and moves the others to the buckets
  /// that are theirs now; these are of lower digits and empty, so order among equals is kept.
  @inlinable
  mutating func open(_ index: Int) -> Event {
    let list = buckets[index]
    buckets[index] = EntryList()
    markEmpty(index)
    // The entry given back; until it has been met, any will do.
    var first = store.entries[Int(list.first)]
    var isMet = false
    var place = list.first
    var left = list.count
    while left > 0 {
      let chunk = place / EntryStore<Event>.chunk
      let end = place &+ min(left, EntryStore<Event>.chunk)
      left &-= end &- place
      while place < end {
        let entry = store.entries[Int(place)]
        place &+= 1
        if entry.key != last || isMet {
          insert(entry)
        } else {
          first = entry
          isMet = true
        }
      }
      place = store.next[Int(chunk)] &* EntryStore<Event>.chunk
      store.release(chunk)
    }
    return first.event
  }
}
