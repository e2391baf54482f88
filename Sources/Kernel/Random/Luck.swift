/// The source of every draw of one replicate.
///
/// A draw is a function of seed, replicate, purpose, entity and index, and of nothing else: not of
/// the draws before it, the order of events, or the policy under test.
public struct Luck: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline let key: UInt64

  /// The key is a Philox block of seed and replicate. For one seed it behaves like a random function
  /// of the replicate: a thousand replicates share a key with a chance below 10⁻¹³.
  @inlinable
  public init(seed: UInt64, replicate: UInt32) {
    key = Philox4x32.block(low: seed, high: UInt64(replicate), key: 0x6E73_696D_6465_7069).low
  }

  /// Opens the words of one draw.
  ///
  /// The index has a meaning (attempt of a job, session of a node, epoch of a decision); it never
  /// counts the draws so far.
  @inlinable @inline(__always)
  public func stream(_ purpose: Purpose, entity: UInt64, index: UInt32 = 0) -> RandomStream {
    RandomStream(key: key, purpose: purpose, entity: entity, index: index)
  }
}
