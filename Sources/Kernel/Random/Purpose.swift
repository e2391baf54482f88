/// What a draw is for; its number keeps draws of different kinds apart for ever.
public struct Purpose: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }
}
