/// The first entries of a queue, in order, ready to be taken.
///
/// They stand at the end of a fixed number of places, so that taking one and adding one that is due
/// soon both touch the front only.
@usableFromInline
struct NearEntries<Event: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline typealias Entry = QueueEntry<Event>

  /// State: the places from `head` on hold the entries; empty until the first are filled in.
  @usableFromInline var places: [Entry] = []
  /// State: place of the first entry; `capacity` when there is none.
  @usableFromInline var head = Self.capacity

  /// Parameter: most entries at once; they are counted in bytes and filled in by half of it.
  @inlinable static var capacity: Int { 128 }

  @inlinable
  init() {}

  @inlinable var isEmpty: Bool { head == Self.capacity }

  @inlinable var isFull: Bool { head == 0 }

  /// Adds an entry behind those with its key; there must have been entries, and room is left.
  @inlinable
  mutating func insert(_ entry: Entry) {
    head -= 1
    var place = head
    var places = places.mutableSpan
    while place + 1 < places.count, places[place + 1].key <= entry.key {
      places[place] = places[place + 1]
      place += 1
    }
    places[place] = entry
  }

  /// Fills the empty places with a part of some entries in order; those with one key stay in theirs.
  @inlinable
  mutating func fill(with entries: [Entry], in part: Range<Int>) {
    if places.isEmpty { places = Array(repeating: entries[0], count: Self.capacity) }
    head = Self.capacity - part.count
    // Up to some eight entries, insertion alone is quicker.
    if part.count > 8 {
      Self.scatter(entries, part, into: &places)
    } else {
      Self.copy(entries, part, into: &places)
    }
    Self.sort(&places, from: head)
  }
}

extension NearEntries {
  @inlinable
  static func copy(_ entries: [Entry], _ part: Range<Int>, into places: inout [Entry]) {
    var places = places.mutableSpan
    let offset = places.count - part.upperBound
    for number in part { places[number + offset] = entries[number] }
  }

  /// Brings entries nearly into order: by the first six bits in which their keys differ.
  @inlinable
  static func scatter(_ entries: [Entry], _ part: Range<Int>, into places: inout [Entry]) {
    let entries = entries.span.extracting(part)
    var places = places.mutableSpan
    let first = entries[0].key
    var differing: UInt64 = 63
    for number in entries.indices { differing |= entries[number].key ^ first }
    let shift = UInt64(58 - differing.leadingZeroBitCount)

    var counts = [64 of UInt8](repeating: 0)
    for number in entries.indices {
      counts[Int(truncatingIfNeeded: (entries[number].key >> shift) % 64)] &+= 1
    }
    // Each count becomes the place of the next entry with that value.
    var place = UInt8(truncatingIfNeeded: places.count - entries.count)
    for value in counts.indices {
      let count = counts[value]
      counts[value] = place
      place &+= count
    }
    for number in entries.indices {
      let entry = entries[number]
      let value = Int(truncatingIfNeeded: (entry.key >> shift) % 64)
      places[Int(counts[value])] = entry
      counts[value] &+= 1
    }
  }

  /// Sorts by insertion.
  @inlinable
  static func sort(_ places: inout [Entry], from head: Int) {
    var places = places.mutableSpan
    for end in head + 1..<places.count {
      let entry = places[end]
      var place = end
      while place > head, places[place - 1].key > entry.key {
        places[place] = places[place - 1]
        place -= 1
      }
      places[place] = entry
    }
  }
}
