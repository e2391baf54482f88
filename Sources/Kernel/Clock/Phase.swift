/// The rank of an event among those of one instant: 0 runs first, 7 last.
///
/// What the ranks mean is the model's to say; the kernel only orders them.
public struct Phase: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8

  @inlinable
  public init(rawValue: UInt8) {
    precondition(rawValue < 8, "a phase is 0 ... 7, because it shares the queue's key with time")
    self.rawValue = rawValue
  }

  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }
}
