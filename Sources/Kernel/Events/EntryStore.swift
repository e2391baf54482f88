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
  /// State: place of the first entry, which begins a chunk.
  @usableFromInline var first: UInt32 = 0
  /// State: place after the last entry; 0 while the list is empty.
  @usableFromInline var end: UInt32 = 0

  @inlinable
  init() {}

  @inlinable var isEmpty: Bool { end == 0 }
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
  /// State: top of the stack of free chunks, where there is one.
  @usableFromInline var free: UInt32 = 0
  /// State: height of that stack.
  @usableFromInline var freeCount = 0

  /// Parameter: entries in a chunk, a power of two.
  @inlinable static var chunk: UInt32 { 64 }

  /// Parameter: chunks that must be free when a list is spread: each new list may waste one, and
  /// the one being read is still in use.
  @inlinable static var spare: Int { 17 }

  @inlinable
  init() {}

  /// Makes room for `capacity` entries in lists, of which each may waste most of one chunk.
  mutating func reserve(_ capacity: Int, lists: Int) {
    let chunks = capacity / Int(Self.chunk) + lists + Self.spare
    next.reserveCapacity(chunks)
    entries.reserveCapacity(chunks * Int(Self.chunk))
  }

  /// Appends in amortised O(1).
  @inlinable @inline(__always)
  mutating func append(_ entry: Entry, to list: inout EntryList) {
    if list.end % Self.chunk == 0 { extend(&list, filler: entry) }
    entries[Int(list.end)] = entry
    list.end &+= 1
    list.smallestKey = min(list.smallestKey, entry.key)
  }

  /// Places of the first chunk of a list that is not empty.
  @inlinable
  static func firstPlaces(of list: EntryList) -> Range<Int> {
    let isOnly = list.first / chunk == (list.end &- 1) / chunk
    return Int(list.first)..<Int(isOnly ? list.end : list.first &+ chunk)
  }

  /// Drops the first chunk of a list that is not empty.
  @inlinable
  mutating func removeFirstChunk(of list: inout EntryList) {
    Self.removeFirstChunk(of: &list, &next, &free)
    freeCount &+= 1
  }

  /// The bits in which some key of a list that is not empty differs from a given one.
  @inlinable
  func bits(of list: EntryList, differingFrom key: UInt64) -> UInt64 {
    var bits: UInt64 = 0
    var rest = list
    while true {
      let places = Self.firstPlaces(of: rest)
      for place in places { bits |= entries[place].key ^ key }
      if places.upperBound == Int(list.end) { return bits }
      rest.first = next[Int(rest.first / Self.chunk)] &* Self.chunk
    }
  }

  /// Moves the entries of a list that is not empty, in order, to 16 empty ones, the first of them
  /// given: by the four bits of their keys above `shift`.
  @inlinable
  mutating func spread(
    _ list: EntryList, by shift: UInt64, into lists: inout [256 of EntryList], from first: Int
  ) {
    provide(Self.spare, filler: entries[Int(list.first)])
    freeCount &-= Self.spread(list, by: shift, into: &lists, from: first, &entries, &next, &free)
  }
}

extension EntryStore {
  /// Returns how many chunks more are in use.
  @inlinable
  static func spread(
    _ list: EntryList, by shift: UInt64, into lists: inout [256 of EntryList], from first: Int,
    _ entries: inout [Entry], _ next: inout [UInt32], _ free: inout UInt32
  ) -> Int {
    var entries = entries.mutableSpan
    var list = list
    var taken = 0
    while !list.isEmpty {
      for place in firstPlaces(of: list) {
        let entry = entries[place]
        let index = first + Int(truncatingIfNeeded: (entry.key >> shift) % 16)
        if lists[index].end % chunk == 0 {
          extend(&lists[index], &next, &free)
          taken &+= 1
        }
        entries[Int(lists[index].end)] = entry
        lists[index].end &+= 1
        lists[index].smallestKey = min(lists[index].smallestKey, entry.key)
      }
      removeFirstChunk(of: &list, &next, &free)
      taken &-= 1
    }
    return taken
  }

  @inlinable @inline(never)
  mutating func extend(_ list: inout EntryList, filler: Entry) {
    provide(1, filler: filler)
    Self.extend(&list, &next, &free)
    freeCount &-= 1
  }

  /// Gives a list one more chunk, from a stack that is not empty.
  @inlinable
  static func extend(_ list: inout EntryList, _ next: inout [UInt32], _ free: inout UInt32) {
    let added = free
    free = next[Int(added)]
    if list.isEmpty {
      list.first = added &* chunk
    } else {
      next[Int(list.end / chunk) - 1] = added
    }
    list.end = added &* chunk
  }

  @inlinable
  static func removeFirstChunk(
    of list: inout EntryList, _ next: inout [UInt32], _ free: inout UInt32
  ) {
    let removed = list.first / chunk
    let following = next[Int(removed)]
    next[Int(removed)] = free
    free = removed
    if removed == (list.end &- 1) / chunk {
      list = EntryList()
    } else {
      list.first = following &* chunk
    }
  }

  /// Raises the stack to `count` chunks; the filler only gives fresh memory a value.
  @inlinable
  mutating func provide(_ count: Int, filler: Entry) {
    while freeCount < count {
      let chunk = UInt32(next.count)
      precondition(chunk < UInt32.max / Self.chunk, "the queue holds fewer than 2³² events")
      entries.append(contentsOf: repeatElement(filler, count: Int(Self.chunk)))
      next.append(free)
      free = chunk
      freeCount += 1
    }
  }
}
