/// A counter-based generator: a keyed bijection of 128-bit counters whose results look random.
///
/// Ten rounds of Philox 4×32 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011, §4.3). It has no state, so any draw can be had alone, in any order.
public enum Philox4x32 {
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (word0, word1, word2, word3) = (counter[0], counter[1], counter[2], counter[3])
    var (key0, key1) = (key[0], key[1])
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
    return SIMD4(word0, word1, word2, word3)
  }
}
