import Experiments
import Synchronization

/// Remembers the last progress it was told.
final class Latest: Sendable {
  private let value = Mutex<RunProgress?>(nil)

  var progress: RunProgress? { value.withLock { $0 } }

  func set(_ progress: RunProgress) { value.withLock { $0 = progress } }
}
