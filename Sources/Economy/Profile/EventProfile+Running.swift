import Kernel

extension EventProfile {
  /// Runs as `Simulation.run(until:)` does, and books what each event took.
  ///
  /// A loop of its own, so that the ordinary one need not ask whether there is a profile.
  mutating func run(
    _ simulation: inout Simulation<NetworkModel>, until horizon: SimTime, atMost most: Int = .max
  ) -> Int {
    var before = tryEmptyEvents()
    var handled = 0
    while handled < most, let event = simulation.queue.next(until: horizon) {
      let taken = clock()
      let stale = simulation.model.state.stale
      simulation.model.handle(event, &simulation.queue)
      let done = clock()
      note(
        event.kind, stale: simulation.model.state.stale - stale, queue: taken - before,
        handling: done - taken)
      before = done
      handled += 1
    }
    return handled
  }
}
