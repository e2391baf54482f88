import Kernel
import Scenarios

@testable import Economy

/// A replicate that is run event by event, and the draws that can be read off what happens.
struct SteppedRun {
  /// An entity and which of its draws is meant.
  struct Draw: Hashable {
    let entity: UInt64
    let index: UInt32
  }

  /// Potential arrivals by class, in order; whether they became jobs is another matter.
  private(set) var arrivals: [[SimTime]]
  /// Work of the jobs that came, by identity [GPU-h].
  private(set) var work: [Draw: Double] = [:]
  /// Length of the sessions that ran to their end, and of the times away [µs].
  private(set) var sessions: [Draw: SimDuration] = [:]
  private(set) var absences: [Draw: SimDuration] = [:]
  private var leftAt: [Int: SimTime] = [:]
  private var cameAt: [Int: SimTime] = [:]

  private(set) var model: NetworkModel
  private var queue = EventQueue<NetworkEvent>()

  /// Runs a variant to its end.
  init(
    _ variant: Variant, days: Double, seed: UInt64 = 1, replicate: UInt32 = 1
  ) {
    model = NetworkModel(
      state: NetworkState(
        stages: variant.stages.map { ($0.day, $0.settings) }, horizon: .days(days),
        measureEvery: .days(1), luck: Luck(seed: seed, replicate: replicate)))
    arrivals = Array(repeating: [], count: model.state.lines.count)
    model.state.enter(&queue)
    model.state.open(&queue)
    while let event = queue.next(until: .days(days)) { step(event) }
  }

  var state: NetworkState { model.state }

  private mutating func step(_ event: NetworkEvent) {
    let slot = event.slot
    switch event.kind {
    case .jobArrived: arrivals[slot].append(queue.now)
    case .nodeOffline where !event.isStale(model.state.nodes[slot].generation):
      sessions[draw(ofNode: slot, -1)] = queue.now - (cameAt[slot] ?? .zero)
      leftAt[slot] = queue.now
    case .nodeOnline where !event.isStale(model.state.nodes[slot].generation):
      if let left = leftAt[slot] { absences[draw(ofNode: slot)] = queue.now - left }
    case .nodeOffline, .nodeOnline, .jobFinished, .jobAbandoned, .lossDetected, .nodeFailed,
      .nodeRepaired, .nodesArrived, .operatorDecision, .oracleReading, .settlement, .marketStep,
      .healthCheck, .measurement, .flowReport, .unlock, .amendment, .shockOn, .shockOff,
      .nodeDrains, .nodeRestarted, .operatorLeaves, .outageBegins, .outageEnds, .proof,
      .newGeneration,
      .nodeVerified:
      break
    }
    model.handle(event, &queue)
    switch event.kind {
    case .jobArrived: noteWork()
    case .nodeOnline, .nodeRepaired:
      if !event.isStale(model.state.nodes[slot].generation) { cameAt[slot] = queue.now }
    case .nodesArrived: for node in state.operators.nodeRange(slot) { cameAt[node] = queue.now }
    default: break
    }
  }

  /// The draw that the sessions begun so far point at.
  private func draw(ofNode slot: Int, _ shift: Int = 0) -> Draw {
    let begun = Int(model.state.nodes[slot].sessions)
    return Draw(entity: model.state.nodeIdentities[slot], index: UInt32(begun + shift))
  }

  private mutating func noteWork() {
    let jobs = model.state.jobs
    for slot in 0..<jobs.slots where jobs[slot].arrival == queue.now {
      work[Draw(entity: jobs[slot].identity, index: 0)] = jobs[slot].work
    }
  }
}

extension Dictionary where Value: Equatable {
  /// How many keys both have.
  func overlap(with other: Self) -> Int { keys.count { other[$0] != nil } }

  /// How many of these have different values.
  func disagreements(with other: Self) -> Int {
    count { key, value in other[key].map { $0 != value } == true }
  }
}
