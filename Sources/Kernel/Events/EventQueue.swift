/// The pending events of a run, in total order: time, phase, order of scheduling.
///
/// A monotone radix heap (Ahuja, Mehlhorn, Orlin and Tarjan, "Faster algorithms for the shortest
/// path problem", 1990, §2) with a sorted front. A discrete-event run never schedules into its
/// past, so an entry may wait in the bucket named by the highest hexadecimal digit in which its key
/// differs from the smallest, and by its own value of that digit. The first bucket in use then
/// holds the smallest keys. A long one is spread over lower digits, at most 15 times in the life of
/// an entry; a short one is sorted, and its entries are near: taken one by one, and joined by what
/// is scheduled among them. Equal keys share every bucket and are only ever put behind each other,
/// so they leave in the order they came.
///
/// Cost: amortised O(1) for a given spread of delays. Nothing is allocated until the number of
/// pending events passes its largest value so far. A copy is a fork: both run on, independently.
public struct EventQueue<Event: BitwiseCopyable & Sendable>: Sendable {
  /// State: the first entries in order, all those with keys below `nearEnd`.
  @usableFromInline var near = NearEntries<Event>()
  @usableFromInline var nearEnd: UInt64 = 0
  /// State: the entries of all buckets.
  @usableFromInline var store = EntryStore<Event>()
  /// State: bucket 16 d + v holds the keys whose digit d, the highest that differs from `base`, is v.
  ///
  /// Inside the queue (4 KiB), so that a push does not ask whether they are shared. Only mutating
  /// functions may read them: in a getter the compiler copies the queue first.
  @usableFromInline var buckets = [256 of EntryList](repeating: EntryList())
  /// Cache: one bit a bucket, set where it is not empty.
  @usableFromInline var occupied: [4 of UInt64] = [0, 0, 0, 0]
  /// State: the smallest key when the near entries were last filled in or given back.
  @usableFromInline var base: UInt64 = 0
  /// State: key of the event taken last.
  @usableFromInline var last: UInt64 = 0
  /// Counter: events added since the queue was made.
  @usableFromInline var added = 0
  /// Counter: events taken since the queue was made.
  @usableFromInline var taken = 0
  /// Counter: how often events were put in order, ready to be taken.
  @usableFromInline var fillCount = 0

  public init() {}

  /// Makes room for a number of pending events, so that the run need not grow its memory.
  public init(reserving capacity: Int) {
    store.reserve(capacity, lists: 256)
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

  /// How often the next few dozen events were put in order; ``nearCount`` of them are known then.
  ///
  /// A model whose state is larger than the processor's caches may read ahead what they will touch.
  @inlinable
  public var fills: Int { fillCount }

  /// Events whose order is known, unless others are scheduled before them.
  @inlinable
  public var nearCount: Int { near.places.count - near.head }

  /// The event that comes after `number` others. Requires `number < nearCount`.
  @inlinable
  public func nearEvent(_ number: Int) -> Event { near.places[near.head + number].event }

  /// Takes the first event at or before the horizon, in any phase, and moves the clock to it.
  ///
  /// Nil where there is none; the clock then stays, so that events may still be scheduled anywhere
  /// after it. What lies at ``SimTime/farFuture`` is never taken.
  @inlinable
  public mutating func next(until horizon: SimTime) -> Event? {
    let latest = min(horizon.microseconds, SimTime.farFuture.microseconds - 1)
    if near.isEmpty, !fillNear(until: latest) { return nil }
    let entry = near.places[near.head]
    guard Int64(entry.key / 8) <= latest else { return nil }
    near.head += 1
    last = entry.key
    taken += 1
    return entry.event
  }
}
