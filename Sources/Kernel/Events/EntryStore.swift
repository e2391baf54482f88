/// One pending event and the integer that ranks it; 16 bytes where the event is 8.
@usableFromInline
struct QueueEntry<Event: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  /// Microseconds × 8 + phase.
  @usableFromInline let key: UInt64
  @usableFromInline let event: Event

  @inlinable
  init(key: UInt64, event: Event) {
    self.key = key
    self.event = event
  }
}

/// A first-in first-out list of entries in an ``EntryStore``.
@usableFromInline
struct EntryList: BitwiseCopyable, Sendable {
  /// Cache: smallest key in the list; the largest integer while it is empty.
  @usableFromInline var smallestKey = UInt64.max
  /// State: place of the first entry, in its chunk.
  @usableFromInline var first: UInt32 = 0
  /// State: place after the last entry; a multiple of the chunk length when that chunk is full.
  @usableFromInline var end: UInt32 = 0
  @usableFromInline var count: UInt32 = 0

  @inlinable
  init() {}
}

/// Lists of entries that share one block of memory, cut into chunks.
///
/// A bucket of the queue is long for a while and then empty for a while; were each an array of its
/// own, each would keep the memory of its longest moment. Chunks instead go back to a common stack
/// and are taken again while still in the processor's cache.
@usableFromInline
struct EntryStore<Event: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline typealias Entry = QueueEntry<Event>

  /// State: chunk c holds the places `c × chunk ..< (c + 1) × chunk`.
  @usableFromInline var entries: [Entry] = []
  /// State: for each chunk, the one after it in its list or in the stack of free chunks.
  @usableFromInline var next: [UInt32] = []
  /// State: top of the stack of free chunks; `next.count` when there is none.
  @usableFromInline var free: UInt32 = 0

  /// Parameter: entries in a chunk, a power of two.
  @inlinable static var chunk: UInt32 { 32 }

  @inlinable
  init() {}

  /// Makes room for `capacity` entries in lists, of which each may waste most of one chunk.
  mutating func reserve(_ capacity: Int, lists: Int) {
    let chunks = capacity / Int(Self.chunk) + lists + 1
    next.reserveCapacity(chunks)
    entries.reserveCapacity(chunks * Int(Self.chunk))
  }

  /// Appends in amortised O(1).
  @inlinable
  mutating func append(_ entry: Entry, to list: inout EntryList) {
    if list.end % Self.chunk == 0 {
      let taken = takeChunk(filler: entry)
      if list.count == 0 {
        list.first = taken * Self.chunk
      } else {
        next[Int(list.end / Self.chunk) - 1] = taken
      }
      list.end = taken * Self.chunk
    }
    entries[Int(list.end)] = entry
    list.end &+= 1
    list.count &+= 1
    list.smallestKey = min(list.smallestKey, entry.key)
  }

  /// Takes the first entry of a list that is not empty and whose keys are all equal.
  @inlinable
  mutating func removeFirst(from list: inout EntryList) -> Event {
    let event = entries[Int(list.first)].event
    let chunk = list.first / Self.chunk
    list.count &-= 1
    list.first &+= 1
    if list.count == 0 {
      release(chunk)
      list = EntryList()
    } else if list.first % Self.chunk == 0 {
      list.first = next[Int(chunk)] * Self.chunk
      release(chunk)
    }
    return event
  }

  @inlinable
  mutating func release(_ chunk: UInt32) {
    next[Int(chunk)] = free
    free = chunk
  }

  /// Takes a free chunk, or adds one at the end; the filler only gives fresh memory a value.
  @inlinable
  mutating func takeChunk(filler: Entry) -> UInt32 {
    let chunk = free
    if Int(chunk) == next.count {
      precondition(chunk < UInt32.max / Self.chunk, "the queue holds fewer than 2³² events")
      entries.append(contentsOf: repeatElement(filler, count: Int(Self.chunk)))
      next.append(chunk + 1)
    }
    free = next[Int(chunk)]
    return chunk
  }
}
