/// The source of every draw of one replicate.
///
/// A draw is a function of seed, replicate, purpose, entity and index, and of nothing else: not of
/// the draws before it, the order of events, or the policy under test.
public struct Luck: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline let key: SIMD2<UInt32>

  /// The key is a Philox block of seed and replicate. For one seed it behaves like a random function
  /// of the replicate: a thousand replicates share a key with a chance below 10⁻¹³.
  @inlinable
  public init(seed: UInt64, replicate: UInt32) {
    let counter = SIMD4(
      UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32), replicate, 0)
    let block = Philox4x32.block(counter: counter, key: SIMD2(0x6465_7069, 0x6E73_696D))
    key = SIMD2(block[0], block[1])
  }

  /// Opens the words of one draw.
  ///
  /// The index has a meaning (attempt of a job, session of a node, epoch of a decision); it never
  /// counts the draws so far.
  @inlinable
  public func stream(_ purpose: Purpose, entity: UInt64, index: UInt32 = 0) -> RandomStream {
    RandomStream(key: key, purpose: purpose, entity: entity, index: index)
  }
}
