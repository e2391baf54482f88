/// What an event-driven model does: it handles one event at a time and schedules the next.
public protocol Model: ~Copyable {
  /// Eight bytes at most, so that a queue entry is sixteen.
  associatedtype Event: BitwiseCopyable & Sendable

  /// Brings the model to `queue.now` and acts on the event.
  mutating func handle(_ event: Event, _ queue: inout EventQueue<Event>)
}

/// A model together with its pending events; where the model can be copied, a copy is a fork.
public struct Simulation<M: Model & ~Copyable>: ~Copyable {
  public var model: M
  public var queue: EventQueue<M.Event>

  @inlinable
  public init(model: consuming M, queue: EventQueue<M.Event> = EventQueue()) {
    self.model = model
    self.queue = queue
  }

  /// Runs every event up to the horizon, those at the horizon itself included, or the first `most`
  /// of them.
  ///
  /// Returns the number of events handled, fewer than `most` where none is left. The clock stays at the last of them, so a later call
  /// with a later horizon goes on as if there had been one call.
  @inlinable
  @discardableResult
  public mutating func run(until horizon: SimTime, atMost most: Int = .max) -> Int {
    var handled = 0
    while handled < most, let event = queue.next(until: horizon) {
      model.handle(event, &queue)
      handled += 1
    }
    return handled
  }
}

extension Simulation: Copyable where M: Copyable {}
extension Simulation: Sendable where M: Sendable & ~Copyable {}
