import Synchronization

/// A request to stop, raised by a signal handler and read between slices of a run.
public final class Interrupt: Sendable {
  private let raised = Atomic<Bool>(false)

  public init() {}

  /// Asks the run to stop; safe inside a signal handler.
  public func raise() {
    raised.store(true, ordering: .relaxed)
  }

  public var isRaised: Bool {
    raised.load(ordering: .relaxed)
  }
}
