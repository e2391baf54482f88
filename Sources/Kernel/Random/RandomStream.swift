/// The words of one draw: opened, sampled once and dropped.
///
/// Opening costs nothing; each block of four words is computed when its first word is asked for.
/// A draw may take 2¹⁸ words; more would run into the words of another and trap.
public struct RandomStream: Sendable, BitwiseCopyable {
  @usableFromInline let key: SIMD2<UInt32>
  /// Parameter: the counter of block 0.
  @usableFromInline let counter: SIMD4<UInt32>
  /// State: the words left of the current block, the next one lowest.
  @usableFromInline var words: UInt128 = 0
  /// State: how many they are.
  @usableFromInline var left: UInt8 = 0
  /// State: number of the block after the current one.
  @usableFromInline var block: UInt32 = 0

  @inlinable
  init(key: SIMD2<UInt32>, purpose: Purpose, entity: UInt64, index: UInt32) {
    self.key = key
    counter = SIMD4(
      UInt32(truncatingIfNeeded: entity),
      UInt32(truncatingIfNeeded: entity >> 32),
      index,
      UInt32(purpose.rawValue) << 16)
  }

  /// The next 32 bits.
  @inlinable
  public mutating func next() -> UInt32 {
    if left == 0 { refill() }
    let word = UInt32(truncatingIfNeeded: words)
    words >>= 32
    left -= 1
    return word
  }

  /// The next 64 bits, the first word lowest.
  @inlinable
  public mutating func nextWord64() -> UInt64 {
    let low = UInt64(next())
    return low | UInt64(next()) << 32
  }

  /// A number of the open interval (0, 1): an odd multiple of 2⁻⁵³, each as likely as the others.
  @inlinable
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

  @inlinable
  mutating func refill() {
    precondition(block < 1 << 16, "one draw may take at most 2¹⁸ words")
    var blockCounter = counter
    blockCounter[3] |= block
    let fresh = Philox4x32.block(counter: blockCounter, key: key)
    let low = UInt64(fresh[0]) | UInt64(fresh[1]) << 32
    let high = UInt64(fresh[2]) | UInt64(fresh[3]) << 32
    words = UInt128(high) << 64 | UInt128(low)
    left = 4
    block += 1
  }
}
