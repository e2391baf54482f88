/// The words of one draw: opened, sampled once and dropped.
///
/// Opening costs nothing; each block of four words is computed when its first word is asked for.
/// The first uniform number of a draw is written out where it is asked for, so that its words stay
/// in registers and what the stream keeps of them is never written.
/// A draw may take 2¹⁸ words; more would run into the words of another and trap.
public struct RandomStream: Sendable, BitwiseCopyable {
  @usableFromInline let key: UInt64
  /// Parameter: the entity, which is the lower half of every counter.
  @usableFromInline let entity: UInt64
  /// Parameter: the upper half of the counter of block 0: the index, then the purpose.
  @usableFromInline let upper: UInt64
  /// State: the words left of the current block, the next one lowest.
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var high: UInt64 = 0
  /// State: how many they are.
  @usableFromInline var left: UInt8 = 0
  /// State: number of the block after the current one.
  @usableFromInline var block: UInt64 = 0

  @inlinable @inline(__always)
  init(key: UInt64, purpose: Purpose, entity: UInt64, index: UInt32) {
    self.key = key
    self.entity = entity
    upper = UInt64(index) | UInt64(purpose.rawValue) << 48
  }

  /// The next 32 bits.
  @inlinable
  public mutating func next() -> UInt32 {
    if left == 0 { refill() }
    let word = UInt32(truncatingIfNeeded: low)
    low = low >> 32 | high << 32
    high >>= 32
    left -= 1
    return word
  }

  /// The next 64 bits, the first word lowest.
  @inlinable @inline(__always)
  public mutating func nextWord64() -> UInt64 {
    if left == 0 { refill() }
    guard left > 1 else { return nextWord64AcrossBlocks() }
    let word = low
    low = high
    left -= 2
    return word
  }

  /// A number of the open interval (0, 1): an odd multiple of 2⁻⁵³, each as likely as the others.
  @inlinable @inline(__always)
  public mutating func uniform() -> Double {
    (Double(nextWord64() >> 12) + 0.5) * 0x1p-52
  }

  /// A whole number of `0 ..< n`, each exactly as likely as the others.
  ///
  /// Multiplication with rejection (Lemire, "Fast random integer generation in an interval", 2019).
  @inlinable
  public mutating func below(_ n: UInt32) -> UInt32 {
    precondition(n > 0, "there is no whole number below 0")
    var product = UInt64(next()) * UInt64(n)
    if UInt32(truncatingIfNeeded: product) < n {
      // The 2³² words leave 2³² mod n over; as many low halves are refused.
      let surplus = (0 &- n) % n
      while UInt32(truncatingIfNeeded: product) < surplus {
        product = UInt64(next()) * UInt64(n)
      }
    }
    return UInt32(truncatingIfNeeded: product >> 32)
  }

  @inlinable @inline(__always)
  mutating func refill() {
    precondition(block < 1 << 16, "one draw may take at most 2¹⁸ words")
    (low, high) = Philox4x32.block(low: entity, high: upper | block << 32, key: key)
    left = 4
    block += 1
  }

  @usableFromInline @inline(never)
  mutating func nextWord64AcrossBlocks() -> UInt64 {
    let low = UInt64(next())
    return low | UInt64(next()) << 32
  }
}
