import Foundation
public import Testing

extension Tag {
  /// Tests that need a release build and minutes; they run where `DEPINSIM_SLOW_TESTS` is set.
  @Tag public static var slow: Self
}

/// Whether the slow tests were asked for.
public enum Slow {
  public static let isOn = ProcessInfo.processInfo.environment["DEPINSIM_SLOW_TESTS"] != nil
}
