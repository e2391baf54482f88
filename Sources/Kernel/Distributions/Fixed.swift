/// A constant; it uses up no luck.
public struct Fixed: Hashable, Sendable, BitwiseCopyable {
  public let value: Double

  @inlinable
  public init(_ value: Double) {
    self.value = value
  }

  @inlinable
  public func sample(using stream: inout RandomStream) -> Double { value }

  public var mean: Double { value }

  public var variance: Double { 0 }
}
