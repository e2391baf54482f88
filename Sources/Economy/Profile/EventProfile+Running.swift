import Kernel

extension EventProfile {
  /// Runs as `Simulation.run(until:)` does, and books what each event took.
  ///
  /// A loop of its own, so that the ordinary one need not ask whether there is a profile.
  mutating func run(_ simulation: inout Simulation<NetworkModel>, until horizon: SimTime) {
    var before = tryEmptyEvents()
    while let event = simulation.queue.next(until: horizon) {
      let taken = clock()
      let stale = simulation.model.state.stale
      simulation.model.handle(event, &simulation.queue)
      let handled = clock()
      note(
        event.kind, stale: simulation.model.state.stale - stale, queue: taken - before,
        handling: handled - taken)
      before = handled
    }
  }
}
