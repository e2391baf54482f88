import Kernel

/// The whole network on one clock: sends each event to the subject that it belongs to.
struct NetworkModel: Model, Sendable {
  typealias Queue = EventQueue<NetworkEvent>

  var state: NetworkState

  @inline(__always)
  mutating func handle(_ event: NetworkEvent, _ queue: inout Queue) {
    state.begin(event, queue.now)
    if queue.fills != state.readAhead.fills { state.readAhead(&queue) }
    let slot = event.slot
    switch event.kind {
    case .jobArrived: state.arrive(class: slot, &queue)
    case .jobFinished: state.isStale(job: slot, event) ? () : state.finish(job: slot, &queue)
    case .jobAbandoned: state.isStale(job: slot, event) ? () : state.abandon(job: slot, &queue)
    case .lossDetected: state.isStale(job: slot, event) ? () : state.requeue(job: slot, &queue)
    case .nodeOffline:
      state.isStale(node: slot, event) ? () : state.endSession(of: slot, &queue)
    case .nodeFailed: state.isStale(node: slot, event) ? () : state.fail(node: slot, &queue)
    case .nodeOnline:
      state.isStale(node: slot, event) ? () : state.startSession(of: slot, .returned, &queue)
    case .nodeRepaired: state.finishRepair(of: slot, isStale: event, &queue)
    case .nodesArrived: state.activate(operator: slot, &queue)
    case .operatorDecision: state.decide(operator: slot, &queue)
    case .oracleReading: state.readOracle(at: queue.now)
    case .settlement: state.settle(&queue)
    case .marketStep: state.stepMarket(&queue)
    case .healthCheck: state.checkHealth(&queue)
    case .measurement: state.measure(&queue)
    case .flowReport: state.reportFlows(&queue)
    case .unlock: state.unlock(slot, event, queue.now)
    case .amendment: state.amend(to: slot, &queue)
    case .shockOn: state.shock(slot, begins: true, &queue)
    case .shockOff: state.shock(slot, begins: false, &queue)
    case .nodeDrains: state.isStale(node: slot, event) ? () : state.drain(node: slot, &queue)
    case .nodeRestarted:
      state.isStale(node: slot, event) ? () : state.endRepair(of: slot, &queue)
    case .operatorLeaves: state.leave(operator: slot, &queue)
    case .outageBegins: state.beginOutage(in: slot, &queue)
    case .outageEnds: state.endOutage(slot, &queue)
    case .proof: state.challengeFakes(&queue)
    case .newGeneration: state.supersede(hardware: slot)
    case .nodeVerified:
      state.isStale(node: slot, event) ? () : state.verify(node: slot, &queue)
    }
  }
}
