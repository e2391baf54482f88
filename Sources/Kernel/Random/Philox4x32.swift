/// A counter-based generator: a keyed bijection of 128-bit counters whose results look random.
///
/// Ten rounds of Philox 4×32 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011, §4.3). It has no state, so any draw can be had alone, in any order.
public enum Philox4x32 {
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    let (low, high) = block(
      low: UInt64(counter[0]) | UInt64(counter[1]) << 32,
      high: UInt64(counter[2]) | UInt64(counter[3]) << 32,
      key: UInt64(key[0]) | UInt64(key[1]) << 32)
    return SIMD4(
      UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32),
      UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
  }

  /// The same with words in pairs, the first of each lowest, which the processor keeps in registers.
  @inlinable @inline(__always)
  static func block(low: UInt64, high: UInt64, key: UInt64) -> (low: UInt64, high: UInt64) {
    var (word0, word1) = (UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32))
    var (word2, word3) = (UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
    var (key0, key1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
    for _ in 0..<10 {
      let left = UInt64(word0) &* 0xD251_1F53
      let right = UInt64(word2) &* 0xCD9E_8D57
      word0 = UInt32(truncatingIfNeeded: right >> 32) ^ word1 ^ key0
      word1 = UInt32(truncatingIfNeeded: right)
      word2 = UInt32(truncatingIfNeeded: left >> 32) ^ word3 ^ key1
      word3 = UInt32(truncatingIfNeeded: left)
      key0 &+= 0x9E37_79B9
      key1 &+= 0xBB67_AE85
    }
    return (UInt64(word0) | UInt64(word1) << 32, UInt64(word2) | UInt64(word3) << 32)
  }
}
