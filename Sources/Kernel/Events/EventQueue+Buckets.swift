extension EventQueue {
  @inlinable @inline(__always)
  mutating func insert(_ entry: QueueEntry<Event>) {
    if entry.key < nearEnd, near.isFull { giveBackNear() }
    if entry.key < nearEnd {
      near.insert(entry)
    } else {
      insertInBucket(entry)
    }
  }

  @inlinable @inline(__always)
  mutating func insertInBucket(_ entry: QueueEntry<Event>) {
    let index = bucket(of: entry.key)
    store.append(entry, to: &buckets[index])
    occupied[index / 64] |= 1 << UInt64(index % 64)
  }

  /// The bucket of a key not below `base`; `base` itself counts as differing in digit 0.
  @inlinable
  func bucket(of key: UInt64) -> Int {
    let digit = (63 - ((key ^ base) | 1).leadingZeroBitCount) / 4
    return digit * 16 + Int(truncatingIfNeeded: (key >> UInt64(digit * 4)) % 16)
  }

  /// Moves the near entries, with which no more fit, to buckets; these are of lower digits than the
  /// one they came from, and empty.
  @inlinable @inline(never)
  mutating func giveBackNear() {
    base = last
    nearEnd = last
    for place in near.places.indices { insertInBucket(near.places[place]) }
    near.head = near.places.count
  }

  /// Fills the empty near entries from the first bucket in use; false where nothing is due by then.
  @inlinable @inline(never)
  mutating func fillNear(until latest: Int64) -> Bool {
    var index = Self.firstBucket(in: occupied)
    guard index < buckets.count, Int64(buckets[index].smallestKey / 8) <= latest else {
      return false
    }
    base = buckets[index].smallestKey
    var places = EntryStore<Event>.firstPlaces(of: buckets[index])
    // The keys of a bucket of digit 0 are equal, so that a part of it will do.
    while index >= 16, places.upperBound != Int(buckets[index].end) {
      index = spread(index)
      places = EntryStore<Event>.firstPlaces(of: buckets[index])
    }
    near.fill(with: store.entries, in: places)
    fillCount &+= 1
    store.removeFirstChunk(of: &buckets[index])
    if buckets[index].isEmpty { markEmpty(index) }
    let free = UInt64(index / 16 * 4)
    nearEnd = index < 16 ? base : ((base >> free) + 1) << free
    return true
  }

  /// Moves the entries of a bucket to lower digits; returns the bucket where the smallest key is.
  @inlinable
  mutating func spread(_ index: Int) -> Int {
    let list = buckets[index]
    buckets[index] = EntryList()
    markEmpty(index)
    let bits = store.bits(of: list, differingFrom: base) | 1
    let digit = (63 - bits.leadingZeroBitCount) / 4
    let first = digit * 16
    let shift = UInt64(digit * 4)
    store.spread(list, by: shift, into: &buckets, from: first)
    for index in first..<first + 16 where !buckets[index].isEmpty {
      occupied[index / 64] |= 1 << UInt64(index % 64)
    }
    return first + Int(truncatingIfNeeded: (base >> shift) % 16)
  }

  @inlinable
  mutating func markEmpty(_ index: Int) {
    occupied[index / 64] &= ~(1 << UInt64(index % 64))
  }

  /// The first bucket in use; 256 where there is none.
  @inlinable
  static func firstBucket(in occupied: [4 of UInt64]) -> Int {
    var word = 0
    while word < 4, occupied[word] == 0 { word += 1 }
    return word == 4 ? 256 : word * 64 + occupied[word].trailingZeroBitCount
  }
}
